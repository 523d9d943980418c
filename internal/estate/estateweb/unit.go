package estateweb

import (
	"context"
	"net/http"
	"time"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// unitView is what the unit's page shows.
type unitView struct {
	unit    *estate.Unit
	end     *page.Form
	history []page.Event
	change  bool // the person may change it
	mayEnd  bool
}

func (p Pages) showUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	return p.renderUnit(w, r, http.StatusOK, u, page.NewForm(u.Path()+"/end", nil))
}

func (p Pages) renderUnit(w http.ResponseWriter, r *http.Request, status int, u *estate.Unit, end *page.Form) error {
	ctx := r.Context()
	history, err := p.history(ctx, u)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	_, change := actor.Holding(u.Estate, estate.MayChangeUnits())
	_, mayEnd := actor.Holding(u.Estate, estate.MayEndUnits())
	v := unitView{unit: u, end: end, history: history, change: change && u.InForce(), mayEnd: mayEnd}
	return p.Kit.Render(w, r, status, page.Page{Title: u.Code, Current: Current, Err: end.Err, Body: unitBody(v)})
}

// history tells the unit's changes, newest first, each with what was and who.
func (p Pages) history(ctx context.Context, u *estate.Unit) ([]page.Event, error) {
	q := p.Door.DB.Read()
	changes, err := p.Door.Log.History(ctx, q, "estate_unit", int64(u.ID), u.Owner())
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range changes {
		ids = append(ids, c.Leaf.Actor)
	}
	names, err := account.Names(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	events := make([]page.Event, len(changes))
	for i, c := range changes {
		at, who := time.UnixMicro(c.Leaf.At).In(clock.China), names[c.Leaf.Actor]
		if c.Leaf.Actor == 0 {
			who = i18n.T(ctx, "post.program")
		}
		events[i] = page.Event{When: at.Format(time.DateOnly), Icon: "swap", Title: i18n.T(ctx, "op."+c.Leaf.Name),
			Text: told(ctx, c), Who: who + " " + at.Format("15:04")}
	}
	return events, nil
}

// told says what a change altered, in words.
func told(ctx context.Context, c evidence.Change) string {
	text := c.Reason
	if c.Lost {
		return i18n.T(ctx, "unit.history.lost")
	}
	for _, col := range c.Columns {
		if c.Version == 1 || col.Name == "sorting" {
			continue
		}
		if text != "" {
			text += "  "
		}
		text += i18n.T(ctx, "unit.history.to", i18n.Key("unit.col."+col.Name), shown(ctx, col.Name, col.Old), shown(ctx, col.Name, col.New))
	}
	return text
}

// shown writes a stored value as the pages do.
func shown(ctx context.Context, column string, value any) string {
	switch v := value.(type) {
	case nil:
		return i18n.T(ctx, "unit.none")
	case int64:
		return estate.Area(v).String()
	case string:
		if column == "kind" {
			return i18n.T(ctx, "unit.kind."+v)
		}
		return v
	}
	return ""
}

func (p Pages) endUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	in := estate.EndUnitIn{ID: u.ID}
	err = page.Decode(r, &in)
	if err == nil {
		_, err = opform.Run(r, p.Door, estate.EndUnit, in, refOf(u))
	}
	return p.after(w, r, u, err, func(err error) error {
		return p.renderUnit(w, r, http.StatusUnprocessableEntity, u, page.Refused(u.Path()+"/end", page.Typed(r), err))
	})
}

func (p Pages) restoreUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	if _, err := opform.Run(r, p.Door, estate.RestoreUnit, u.ID, ""); err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, u.Path())
}
