package importsweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/household/householdweb"
	"hudang/internal/household/imports"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
)

// panelKey is the tab of a household's page that says what rosters told of it.
const panelKey = "imports"

// panelView is that tab: what is left over of the household, and the rows that told of it.
type panelView struct {
	left []leftItem
	rows []imports.LineRow
}

// leftItem is something left over, with the form that settles it here.
type leftItem struct {
	imports.LeftRow
	value page.MaskedView
	form  *page.Form
}

// Panel is the tab of a household's page.
func (p Pages) Panel() householdweb.Panel {
	return householdweb.Panel{Key: panelKey, Label: "left.panel", Posts: imports.MayImport(),
		Count: func(ctx context.Context, q db.Querier, s householdweb.Subject) (string, error) {
			n, err := imports.OpenLeft(ctx, q, s.Scope, 0, s.Household.ID)
			if n == 0 {
				return "", err
			}
			return strconv.FormatInt(n, 10), err
		},
		Body: p.panel}
}

func (p Pages) panel(r *http.Request, s householdweb.Subject) (templ.Component, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	left, err := imports.LeftOf(ctx, q, s.Scope, s.Household.ID)
	if err != nil {
		return nil, err
	}
	v := panelView{}
	for i := range left {
		item := leftItem{LeftRow: left[i], value: maskedweb.View(ctx, imports.LeftValue, &left[i].Left, left[i].Value, i18n.T(ctx, "left.value"))}
		if item.State == imports.LeftOpen {
			item.form = page.NewForm(item.ID.Path()+"/settle", page.Values{})
		}
		v.left = append(v.left, item)
	}
	v.rows, err = imports.OfHousehold(ctx, q, s.Scope, s.Household.ID)
	return panelBody(v), err
}

// Source tells a household's timeline by which rows of which rosters it came.
func (p Pages) Source() householdweb.Source {
	return householdweb.Source{Kind: panelKey, Label: "line.household.kind", Posts: imports.MayImport(), Load: told}
}

func told(ctx context.Context, q db.Querier, s householdweb.Subject) ([]householdweb.Moment, error) {
	rows, err := imports.OfHousehold(ctx, q, s.Scope, s.Household.ID)
	if err != nil {
		return nil, err
	}
	var moments []householdweb.Moment
	for len(rows) > 0 {
		first, n := rows[0], 1
		for n < len(rows) && rows[n].Import == first.Import && rows[n].Sheet == first.Sheet {
			n++
		}
		var numbers []string
		for _, r := range rows[:min(n, 12)] {
			numbers = append(numbers, r.Rows())
		}
		e := page.Event{Icon: "up", Title: i18n.T(ctx, first.Fate.Key()), Href: linesOfImport(first.Import) + "&row=" + first.Rows(),
			Text: i18n.T(ctx, "line.household", first.File, first.Sheet, strings.Join(numbers, i18n.T(ctx, "page.comma")))}
		if first.Undone() {
			e.State, e.Chip = page.Void, i18n.T(ctx, "import.state.undone")
		}
		moments = append(moments, householdweb.Moment{At: first.Uploads, Actor: first.Importer, Event: e})
		rows = rows[n:]
	}
	return moments, nil
}
