// Package holiday keeps the yearly notices of days off, from which all terms in workdays are counted (design §5).
//
// The notices of the years that the program knew when it was made come with it (cn.ShippedYears); later ones are pasted in by
// the manager. It may import access, clock, cn, db, duty, errs, evidence, i18n, op, room.
// Always true: a year has one notice; what it replaced stays in the log, and whoever replaces it says why.
package holiday

import (
	"context"
	"embed"
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
)

//go:embed migrations/*.sql locales/*.json
var files embed.FS

// Path is the page of the days off.
const Path = "/settings/holidays"

var mayRecord = []access.Post{access.Manager, access.SystemAdmin}

// MayRecord are the posts that bring in a notice.
func MayRecord() []access.Post { return mayRecord }

// Module is what the package offers.
var Module = module.Module{
	Files: files, Tables: []evidence.Table{evidence.Of[notice]()}, Ops: []op.Any{RecordNotice},
	Duties: []duty.Source{{Posts: mayRecord, Kept: "yearMissing", Load: yearMissing}},
}

type noticeID int64

type notice struct {
	bun.BaseModel `bun:"table:holiday_notice,alias:notice"`
	evidence.Row[noticeID]
	Year   int    `bun:"year"`
	Body   string `bun:"body"`
	Reason string `bun:"reason"`
}

// Year is what is known of one year's days.
type Year struct {
	Year    int
	Rows    []cn.CalendarRow // free and worked spans by their first day; the statutory days are not among them
	Shipped bool             // they came with the program
}

// Years are the years whose days off are known, the latest first.
func Years(ctx context.Context, q db.Querier) ([]Year, error) {
	all, err := rows(ctx, q)
	if err != nil {
		return nil, err
	}
	byYear := map[int]*Year{}
	for _, r := range all {
		y := byYear[r.Year]
		if y == nil {
			y = &Year{Year: r.Year, Shipped: r.shipped}
			byYear[r.Year] = y
		}
		if r.Kind != cn.Statutory {
			y.Rows = append(y.Rows, r.CalendarRow)
		}
	}
	var years []Year
	for _, y := range byYear {
		slices.SortFunc(y.Rows, func(a, b cn.CalendarRow) int { return a.From.Compare(b.From) })
		years = append(years, *y)
	}
	slices.SortFunc(years, func(a, b Year) int { return b.Year - a.Year })
	return years, nil
}

// Calendar counts workdays by all notices known: those brought in, and those that came with the program for other years.
func Calendar(ctx context.Context, q db.Querier) (*cn.Calendar, error) {
	all, err := rows(ctx, q)
	if err != nil {
		return nil, err
	}
	plain := make([]cn.CalendarRow, len(all))
	for i, r := range all {
		plain[i] = r.CalendarRow
	}
	return cn.NewCalendar(plain...)
}

// row is a span of days, and whether it came with the program.
type row struct {
	cn.CalendarRow
	shipped bool
}

func rows(ctx context.Context, q db.Querier) ([]row, error) {
	notices, err := recorded(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []row
	brought := map[int]bool{}
	for _, n := range notices {
		_, found, err := cn.ParseNotice(n.Body)
		if err != nil {
			return nil, err
		}
		brought[n.Year] = true
		for _, r := range found {
			all = append(all, row{r, false})
		}
	}
	for _, r := range cn.ShippedYears() {
		if !brought[r.Year] {
			all = append(all, row{r, true})
		}
	}
	return all, nil
}
