// Package holidayweb is the page of the days off: what is known of each year, and where the yearly notice is pasted in.
//
// It may import holiday and page. Always true: a notice is shown as it was read before it is recorded.
package holidayweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/holiday"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// NavHolidays is the key of the page in the navigation.
const NavHolidays = "holidays"

// Pages are the pages of the days off.
type Pages struct {
	Kit  *page.Kit
	Door *op.Door
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(holiday.MayRecord(), mux, "GET "+holiday.Path, p.show)
	p.Kit.For(holiday.MayRecord(), mux, "POST "+holiday.Path, p.record)
}

// view is the page with a notice as far as it has been read.
type view struct {
	form    *page.Form
	years   []holiday.Year
	read    holiday.Year // Year 0 while none was read
	changes []string     // the days that it would change
	known   bool         // the year is known already
	done    holiday.Recorded
}

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	return p.render(w, r, http.StatusOK, view{form: page.NewForm(holiday.Path, page.Values{})})
}

func (p Pages) record(w http.ResponseWriter, r *http.Request) error {
	var in holiday.NoticeIn
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	v := view{form: page.NewForm(holiday.Path, page.Typed(r))}
	year, rows, err := cn.ParseNotice(in.Text)
	if err == nil {
		v.read = holiday.Year{Year: year, Rows: spans(rows)}
		if err = p.compare(r.Context(), &v, rows); err != nil {
			return err
		}
	}
	if err == nil && page.Typed(r).Get("confirmed") == "" {
		return p.render(w, r, http.StatusOK, v)
	}
	done, err := opform.Run(r, p.Door, holiday.RecordNotice, in, "")
	if errs.Is(err, errs.Invalid) {
		v.form = page.Refused(holiday.Path, page.Typed(r), err)
		return p.render(w, r, http.StatusUnprocessableEntity, v)
	}
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, view{form: page.NewForm(holiday.Path, page.Values{}), done: done.Out})
}

// compare fills in what a notice would change.
func (p Pages) compare(ctx context.Context, v *view, rows []cn.CalendarRow) error {
	was, err := holiday.Calendar(ctx, p.Door.DB.Read())
	if err != nil {
		return err
	}
	will, err := cn.NewCalendar(rows...)
	if err != nil {
		return err
	}
	if v.known = was.Known(v.read.Year); v.known {
		for _, d := range holiday.Differing(was, will, v.read.Year) {
			v.changes = append(v.changes, d.String())
		}
	}
	return nil
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, status int, v view) (err error) {
	if v.years, err = holiday.Years(r.Context(), p.Door.DB.Read()); err != nil {
		return err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: i18n.T(r.Context(), "holiday.title"), Nav: NavHolidays, Err: v.form.Err, Body: body(v)})
}

// spans leaves the statutory days out: the notice does not name them.
func spans(rows []cn.CalendarRow) (named []cn.CalendarRow) {
	for _, row := range rows {
		if row.Kind != cn.Statutory {
			named = append(named, row)
		}
	}
	return named
}

func days(ctx context.Context, row cn.CalendarRow) string {
	if row.From == row.To {
		return row.From.String()
	}
	return i18n.T(ctx, "holiday.to", row.From.String(), row.To.String())
}

func yearName(ctx context.Context, y holiday.Year) string {
	return i18n.T(ctx, "holiday.year", strconv.Itoa(y.Year))
}

func kind(ctx context.Context, row cn.CalendarRow) string {
	if row.Kind == cn.Workday {
		return i18n.T(ctx, "holiday.work")
	}
	return i18n.T(ctx, "holiday.free")
}

func list(days []string) string { return strings.Join(days, ", ") }
