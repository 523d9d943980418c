package archive

import (
	"context"
	"database/sql"
	"errors"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/list"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// FindVolume is one volume of a scope; NotFound for one outside it.
func FindVolume(ctx context.Context, q db.Querier, s access.Scope, id VolumeID) (*Volume, error) {
	return record.Find[Volume](ctx, q, s, id)
}

// FindItem is one item of a scope; NotFound for one outside it.
func FindItem(ctx context.Context, q db.Querier, s access.Scope, id ItemID) (*Item, error) {
	return record.Find[Item](ctx, q, s, id)
}

// ItemsIn are a volume's items, the voided ones too, as they came in.
func ItemsIn(ctx context.Context, q db.Querier, s access.Scope, v VolumeID) (rows []ItemRow, err error) {
	return rows, papersOf(q, s).Where("?TableAlias.volume = ?", v).OrderExpr("?TableAlias.id").Model(&rows).Scan(ctx)
}

// SumsIn are the keyed digests of the files that a volume holds: a file that is there already has one of them.
func SumsIn(ctx context.Context, q db.Querier, v VolumeID) (map[string]bool, error) {
	var rows []Blob
	err := q.Select(&rows).Column("sum").Where("volume = ?", v).Scan(ctx)
	sums := make(map[string]bool, len(rows))
	for _, b := range rows {
		sums[string(b.Sum)] = true
	}
	return sums, err
}

// openVolumeOf is the open volume of a class about a subject; 0 for none.
func openVolumeOf(ctx context.Context, q db.Querier, subject ref.Ref, class string) (VolumeID, error) {
	v := &Volume{}
	err := q.Select(v).Where("subject_kind = ?", subject.Kind).Where("subject = ?", subject.ID).
		Where("class = ?", class).Where("state = ?", Open).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return v.ID, err
}

// holding are the papers in force that hold files with these sums, the oldest first; one of them may be left out.
func holding(ctx context.Context, q db.Querier, s access.Scope, sums [][]byte, except ItemID) (rows []Twin, err error) {
	return rows, evidence.Within(q.Select((*Item)(nil)), s).
		Join("JOIN archive_page AS p ON p.leaf_of = ?TableAlias.current").Join("JOIN archive_blob AS b ON b.id = p.blob").
		Where("b.sum IN (?)", bun.List(sums)).Where("?TableAlias.voided IS NULL").Where("?TableAlias.id <> ?", except).
		ColumnExpr("?TableAlias.id AS item, ?TableAlias.title, b.sum AS sum").
		ColumnExpr("(SELECT title FROM archive_volume WHERE id = ?TableAlias.volume) AS volume_title").
		GroupExpr("?TableAlias.id, ?TableAlias.title, ?TableAlias.volume, b.sum").OrderExpr("?TableAlias.id").Limit(200).Scan(ctx, &rows)
}

// lastVersion is the number of an item's newest version; 0 for none.
func lastVersion(ctx context.Context, q db.Querier, id ItemID) (int64, error) {
	var no int64
	err := q.Select((*Version)(nil)).ColumnExpr("COALESCE(MAX(no), 0)").Where("item = ?", id).Scan(ctx, &no)
	return no, err
}

// pagesOf are the pages of an item's version in force, in their order.
func pagesOf(ctx context.Context, q db.Querier, i *Item) ([]Page, error) {
	var rows []Page
	err := q.Select(&rows).Where("leaf_of = ?", i.Current).OrderExpr("seq").Scan(ctx)
	return rows, err
}

// FilesOf are the files whose pages stand in an item's version in force, in the order of their pages.
func FilesOf(ctx context.Context, q db.Querier, i *Item) ([]Blob, error) {
	var rows []Blob
	err := q.Select(&rows).Join("JOIN archive_page AS p ON p.blob = ?TableAlias.id").Where("p.leaf_of = ?", i.Current).
		GroupExpr("?TableAlias.id").OrderExpr("MIN(p.seq)").Scan(ctx)
	return rows, err
}

// fileOf is a file of any version of an item; NotFound for another item's.
func fileOf(ctx context.Context, q db.Querier, item ItemID, id BlobID) (*Blob, error) {
	b := &Blob{}
	err := q.Select(b).Where("?TableAlias.id = ?", id).
		Where("EXISTS (SELECT 1 FROM archive_page AS p JOIN archive_version AS v ON v.id = p.leaf_of WHERE p.blob = ?TableAlias.id AND v.item = ?)", item).
		Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	return b, err
}

// PageAt is the n-th page of an item, from 1, with its file.
func PageAt(ctx context.Context, q db.Querier, i *Item, n int) (*Page, *Blob, error) {
	p := &Page{}
	err := q.Select(p).Where("leaf_of = ?", i.Current).Where("seq = ?", n).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, errs.E(errs.NotFound, "error.not_found")
	}
	if err != nil {
		return nil, nil, err
	}
	b := &Blob{}
	b.ID = p.Blob
	return p, b, q.Select(b).WherePK().Scan(ctx)
}

// Sight is how much of a paper's files can be seen: the least of them counts.
type Sight int64

// The degrees.
const (
	Unreadable Sight = iota + 1 // damaged or locked
	Waiting                     // nobody came to the end of looking at it yet
	Unshown                     // kept for download
	Partly                      // shown, but something may be missing
	Shown                       // shown, or on paper only
)

// sight says it of a row of archive_item.
const sight = "COALESCE((SELECT MIN(CASE WHEN b.state = 'broken' OR b.flags LIKE '%locked%' THEN 1 WHEN b.state = 'unseen' THEN 2 WHEN b.type NOT IN (?) THEN 3 WHEN b.state = 'doubtful' THEN 4 ELSE 5 END) " +
	"FROM archive_page AS p JOIN archive_blob AS b ON b.id = p.blob WHERE p.leaf_of = ?TableAlias.current), 5) AS sight"

func withSight(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr(sight, bun.List(filekind.Pictures))
}

// ItemRow is an item in a list, with its volume and estate.
type ItemRow struct {
	Item        `bun:",extend"`
	Sight       Sight  `bun:"sight,scanonly"`
	VolumeTitle string `bun:"volume_title,scanonly"`
	EstateName  string `bun:"estate_name,scanonly"`
}

func papersOf(q db.Querier, s access.Scope) *bun.SelectQuery {
	return withSight(evidence.Within(q.Select((*ItemRow)(nil)), s).ColumnExpr("?TableColumns")).
		ColumnExpr("(SELECT title FROM archive_volume WHERE id = ?TableAlias.volume) AS volume_title").
		ColumnExpr(estate.NameColumn)
}

// paperLike finds items by a part of their own title or of their volume's.
func paperLike(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	like := list.Like(typed)
	return q.Where("(LOWER(?TableAlias.title) LIKE ? ESCAPE '!' OR ?TableAlias.volume IN (SELECT id FROM archive_volume WHERE LOWER(title) LIKE ? ESCAPE '!'))", like, like)
}

// inStage narrows to the items in force at one stage.
func inStage(s Stage) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.voided IS NULL").Where("?TableAlias.stage = ?", s)
	}
}

func voided(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.voided IS NOT NULL") }

// since is the local date on which a row came to its stage.
const since = "CASE ?TableAlias.stage WHEN 'collect' THEN ?TableAlias.collected WHEN 'sort' THEN ?TableAlias.sorted " +
	"WHEN 'file' THEN ?TableAlias.filed ELSE ?TableAlias.used END"

// waiting is how many papers of an estate wait, and since when.
type waiting struct {
	Estate     access.EstateID `bun:"estate"`
	EstateName string          `bun:"estate_name"`
	Papers     int             `bun:"papers"`
	Oldest     string          `bun:"oldest"`
}

// papersIn counts the papers of a scope that are not voided.
func papersIn(ctx context.Context, q db.Querier, s access.Scope) (int64, error) {
	n, err := evidence.Within(q.Select((*Item)(nil)), s).Where("?TableAlias.voided IS NULL").Count(ctx)
	return int64(n), err
}

// waitingAt are the papers of a scope at some stages, by estate.
func waitingAt(ctx context.Context, q db.Querier, s access.Scope, stages ...Stage) ([]waiting, error) {
	var rows []waiting
	err := evidence.Within(q.Select((*Item)(nil)), s).Where("?TableAlias.voided IS NULL").
		Where("?TableAlias.stage IN (?)", bun.List(stages)).
		ColumnExpr("?TableAlias.estate AS estate").
		ColumnExpr(estate.NameColumn).
		ColumnExpr("COUNT(*) AS papers").ColumnExpr("MIN(?TableAlias.collected) AS oldest").
		GroupExpr("?TableAlias.estate").OrderExpr("oldest, ?TableAlias.estate").Scan(ctx, &rows)
	return rows, err
}
