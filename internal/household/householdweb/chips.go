package householdweb

import (
	"context"
	"strconv"
	"time"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
)

// chip is how something of a household stands, with the way to it.
type chip struct {
	state page.State
	text  string
	href  string
}

const leaseSoon = 30 // days before a lease's end from which it is shown

// chipsOf are the chips of a household; fresh is for how many days a check of its facts is good.
func chipsOf(ctx context.Context, v householdView, today string, fresh int64) []chip {
	if !v.InForce() {
		return []chip{{page.Void, i18n.T(ctx, "household.chip.over", v.Until), ""}}
	}
	var all []chip
	for _, l := range v.traces.Lets {
		if c, ok := leaseChip(ctx, l, today); ok {
			all = append(all, c)
		}
	}
	if v.lapse.Left != "" {
		all = append(all, chip{page.Late, v.lapse.Says(ctx), v.lapse.Lease.Path()})
	}
	waiting := 0
	for _, o := range v.traces.Observations {
		if o.State == household.Waiting {
			waiting++
		}
	}
	if waiting > 0 {
		all = append(all, chip{page.Due, i18n.T(ctx, "household.chip.observed", waiting), v.ID.Path() + "?kind=observed"})
	}
	all = append(all, chip{fileState(v.file), i18n.T(ctx, "household.chip.file", v.file.Have, v.file.Of), v.ID.Path() + "?tab=directory"})
	return append(all, checkedChip(ctx, v.Checked, today, fresh))
}

func leaseChip(ctx context.Context, l household.Let, today string) (chip, bool) {
	left, ok := daysUntil(today, l.ValidTo)
	switch {
	case !l.InForce() || !ok || left > leaseSoon:
		return chip{}, false
	case left < 0:
		return chip{page.Late, i18n.T(ctx, "household.chip.lease_over", -left), l.ID.Path()}, true
	}
	return chip{page.Due, i18n.T(ctx, "household.chip.lease", left), l.ID.Path()}, true
}

func fileState(f household.File) page.State {
	if f.Have < f.Of {
		return page.Due
	}
	return page.OK
}

func checkedChip(ctx context.Context, checked, today string, fresh int64) chip {
	if checked == "" {
		return chip{page.Unknown, i18n.T(ctx, "household.chip.unchecked"), ""}
	}
	state, text := page.OK, i18n.T(ctx, "household.chip.checked_now", checked)
	if months := monthsSince(checked, today); months > 0 {
		text = i18n.T(ctx, "household.chip.checked", months)
	}
	if days, ok := daysUntil(checked, today); ok && int64(days) > fresh {
		state = page.Late
	}
	return chip{state, text, ""}
}

// daysUntil counts the days from a local date to another; false when the other is no whole date.
func daysUntil(today, day string) (int, bool) {
	from, err := time.Parse(time.DateOnly, today)
	to, wrong := time.Parse(time.DateOnly, day)
	return int(to.Sub(from).Hours() / 24), err == nil && wrong == nil
}

// monthsSince counts whole months between two local dates.
func monthsSince(day, today string) int {
	from, err := time.Parse(time.DateOnly, day)
	to, wrong := time.Parse(time.DateOnly, today)
	if err != nil || wrong != nil {
		return 0
	}
	months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	if to.Day() < from.Day() {
		months--
	}
	return max(months, 0)
}

func directoryCount(v *householdView) func(context.Context, db.Querier, Subject) (string, error) {
	return func(context.Context, db.Querier, Subject) (string, error) {
		return strconv.Itoa(v.file.Have) + "/" + strconv.Itoa(v.file.Of), nil
	}
}

func peopleCount(v *householdView) func(context.Context, db.Querier, Subject) (string, error) {
	return func(context.Context, db.Querier, Subject) (string, error) {
		return strconv.Itoa(len(v.detail.People)), nil
	}
}

func (p Pages) tab(ctx context.Context, v *householdView, one Panel, s Subject, open bool) (page.Tab, error) {
	t := page.Tab{Label: i18n.T(ctx, one.Label), Href: v.ID.Path(), Current: open}
	if one.Key != "" {
		t.Href += "?tab=" + one.Key
	}
	if one.Count == nil {
		return t, nil
	}
	var err error
	t.Count, err = one.Count(ctx, p.Door.DB.Read(), s)
	return t, err
}

// area is a floor area as people read it; nothing for none.
func area(a estate.Area) string {
	if a == 0 {
		return ""
	}
	return a.String() + " ㎡"
}

// living counts the people of the household today; who moved out before is told of in its file only.
func (v householdView) living() int {
	n := 0
	for _, p := range v.detail.People {
		if p.InForce() {
			n++
		}
	}
	return n
}
