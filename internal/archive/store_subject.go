package archive

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Held is an item as another room shows it: in force, it is a line of a checklist that is there.
type Held struct {
	Item     ItemID   `bun:"item"`
	Volume   VolumeID `bun:"volume"`
	Title    string   `bun:"title"`
	Paper    string   `bun:"paper"` // code of the checklist line it fills; may be empty
	Formed   Formed   `bun:"formed"`
	Carrier  Carrier  `bun:"carrier"`
	Original Original `bun:"original"`
	Copies   int64    `bun:"copies"`
	Pages    int64    `bun:"pages"`
	Verified string   `bun:"verified"` // local date a copy was compared with its original
	Stage    Stage    `bun:"stage"`
	Place    string   `bun:"place"`
	Filed    string   `bun:"filed"` // local date it reached the stage of filing
	Sight    Sight    `bun:"sight"`
	Voided   string   `bun:"voided"` // local date; empty for one in force
}

// ItemsOf are the items in force of the volumes about subjects, within a scope, as they came in: one query for each kind of
// subject, however many there are. A subject without papers is not in the map.
func ItemsOf(ctx context.Context, q db.Querier, s access.Scope, subjects ...ref.Ref) (map[ref.Ref][]Held, error) {
	return itemsOf(ctx, q, s, "?TableAlias.voided IS NULL", subjects)
}

// VoidedOf are the voided items of the volumes about subjects, likewise: they count for nothing, and are still told of.
func VoidedOf(ctx context.Context, q db.Querier, s access.Scope, subjects ...ref.Ref) (map[ref.Ref][]Held, error) {
	return itemsOf(ctx, q, s, "?TableAlias.voided IS NOT NULL", subjects)
}

func itemsOf(ctx context.Context, q db.Querier, s access.Scope, which string, subjects []ref.Ref) (map[ref.Ref][]Held, error) {
	found := map[ref.Ref][]Held{}
	for kind, ids := range byKind(subjects) {
		var rows []struct {
			Held    `bun:",extend"`
			Subject int64 `bun:"subject"`
		}
		err := withSight(heldBy(evidence.Within(q.Select((*Item)(nil)), s), kind, ids)).Where(which).
			ColumnExpr("v.subject AS subject, ?TableAlias.id AS item, ?TableAlias.volume, ?TableAlias.title, COALESCE(?TableAlias.paper, '') AS paper").
			ColumnExpr("COALESCE(?TableAlias.formed, '') AS formed, ?TableAlias.carrier, ?TableAlias.original, ?TableAlias.copies, ?TableAlias.pages").
			ColumnExpr("COALESCE(?TableAlias.verified, '') AS verified, ?TableAlias.stage, COALESCE(?TableAlias.place, '') AS place, COALESCE(?TableAlias.filed, '') AS filed, COALESCE(?TableAlias.voided, '') AS voided").
			OrderExpr("?TableAlias.id").Scan(ctx, &rows)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			at := ref.Ref{Kind: kind, ID: r.Subject}
			found[at] = append(found[at], r.Held)
		}
	}
	return found, nil
}

func heldBy(q *bun.SelectQuery, kind string, ids []int64) *bun.SelectQuery {
	return q.Join("JOIN archive_volume AS v ON v.id = ?TableAlias.volume").Where("v.subject_kind = ?", kind).
		Where("v.subject IN (?)", bun.List(ids))
}

// VolumesOf are the volumes about subjects, within a scope, by subject, the oldest first.
func VolumesOf(ctx context.Context, q db.Querier, s access.Scope, subjects ...ref.Ref) (map[ref.Ref][]Volume, error) {
	found := map[ref.Ref][]Volume{}
	for kind, ids := range byKind(subjects) {
		var rows []Volume
		err := evidence.Within(q.Select(&rows), s).Where("?TableAlias.subject_kind = ?", kind).
			Where("?TableAlias.subject IN (?)", bun.List(ids)).OrderExpr("?TableAlias.id").Scan(ctx)
		if err != nil {
			return nil, err
		}
		for _, v := range rows {
			found[v.About()] = append(found[v.About()], v)
		}
	}
	return found, nil
}

func byKind(subjects []ref.Ref) map[string][]int64 {
	kinds := map[string][]int64{}
	for _, r := range subjects {
		if !slices.Contains(kinds[r.Kind], r.ID) {
			kinds[r.Kind] = append(kinds[r.Kind], r.ID)
		}
	}
	return kinds
}

// VolumeRow is a volume in a list, with its estate, its code and how many papers it has.
type VolumeRow struct {
	Volume     `bun:",extend"`
	EstateName string `bun:"estate_name,scanonly"`
	Papers     int64  `bun:"papers,scanonly"`
	Code       string `bun:"label_code,scanonly"`
}

func volumesOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return label.With(evidence.Within(q.Select((*VolumeRow)(nil)), s).ColumnExpr("?TableColumns"), KindVolume).
		ColumnExpr(estate.NameColumn).
		ColumnExpr("(SELECT COUNT(*) FROM archive_item AS i WHERE i.volume = ?TableAlias.id AND i.voided IS NULL) AS papers")
}

func volumeLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	return q.Where("LOWER(?TableAlias.title) LIKE ? ESCAPE '!'", list.Like(typed))
}

func inState(state VolumeState) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.state = ?", state) }
}
