package archive

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/db"
)

// volumesByID are volumes as they stand, whatever the scope: for the index, which asks for the scope itself.
func volumesByID(ctx context.Context, q db.Querier, ids []int64) (rows []*VolumeRow, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return rows, volumesOf(q, everywhere).Where("?TableAlias.id IN (?)", bun.List(ids)).Model(&rows).Scan(ctx)
}

// itemsByID are papers as they stand, as volumesByID.
func itemsByID(ctx context.Context, q db.Querier, ids []int64) (rows []*ItemRow, err error) {
	return rows, papersOf(q, everywhere).Where("?TableAlias.id IN (?)", bun.List(ids)).Model(&rows).Scan(ctx)
}

// volumesAfter lists volumes in the order of their ids.
func volumesAfter(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	return ids, q.Select((*Volume)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
}

// itemsAfter lists papers in the order of their ids.
func itemsAfter(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
	return ids, q.Select((*Item)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
}

// volumesAbout are the volumes about things of a kind.
func volumesAbout(ctx context.Context, q db.Querier, kind string, subjects []int64) (ids []int64, err error) {
	return ids, q.Select((*Volume)(nil)).Column("id").Where("subject_kind = ?", kind).Where("subject IN (?)", bun.List(subjects)).Scan(ctx, &ids)
}

// itemsAbout are the papers in them.
func itemsAbout(ctx context.Context, q db.Querier, kind string, subjects []int64) ([]int64, error) {
	volumes, err := volumesAbout(ctx, q, kind, subjects)
	if err != nil || len(volumes) == 0 {
		return nil, err
	}
	return itemsOfVolumes(ctx, q, volumes)
}

func itemsOfVolumes(ctx context.Context, q db.Querier, volumes []int64) (ids []int64, err error) {
	return ids, q.Select((*Item)(nil)).Column("id").Where("volume IN (?)", bun.List(volumes)).Scan(ctx, &ids)
}
