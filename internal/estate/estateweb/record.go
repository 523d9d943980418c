package estateweb

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/ref"
)

// recordView is the page of a party, a vehicle or a lease. Whose it is stands in the view log (D5).
type recordView struct {
	about   ref.Ref
	estate  access.EstateID
	head    page.HeadView
	notices []page.NoticeView
	groups  []page.FactGroup
	history []page.Event
}

// lineView is one row among a record's facts, with its acts.
type lineView struct {
	masked page.MaskedView
	text   string
	state  list.State
	chip   string
	note   string
	of     string // what the acts are about, for those who hear them
	acts   []page.Action
}

// record shows a record with its label: the code among its first facts, its print among what is seldom done.
func (p Pages) record(w http.ResponseWriter, r *http.Request, current string, v recordView) error {
	ctx := r.Context()
	code, err := label.Of(ctx, p.Door.DB.Read(), v.about)
	if err != nil {
		return err
	}
	v.groups[0].Facts = append(v.groups[0].Facts, labelweb.Facts(ctx, code)...)
	v.head.More = append(v.head.More, labelweb.Acts(ctx, v.estate, v.about)...)
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.head.Title, Current: current, About: v.about, Estate: v.estate, Body: recordBody(v)})
}

// told is a row whose history a record tells.
type told struct {
	row     evidence.Record
	of      func(historyweb.Was) string // what it was at a change, before what became of it; nil for the record itself
	columns []historyweb.Column
}

// historyOf is the history of a record: of all its rows, the newest first.
func (p Pages) historyOf(ctx context.Context, rows []told) ([]page.Event, error) {
	var all []page.Event
	for _, t := range rows {
		if t.of == nil {
			t.of = func(historyweb.Was) string { return "" }
		}
		events, err := historyweb.Named(ctx, p.Door, t.row, t.columns, t.of)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	slices.SortStableFunc(all, func(a, b page.Event) int { return strings.Compare(moment(b), moment(a)) })
	return all, nil
}

// moment is when an event was, to the minute.
func moment(e page.Event) string { return e.When + e.Who[max(0, len(e.Who)-len("15:04")):] }

// words shows a column by the words of a vocabulary, whose keys have a common beginning.
func words(key string) (show func(context.Context, any) string, typed func(context.Context, string) string) {
	typed = func(ctx context.Context, text string) string {
		if text == "" {
			return ""
		}
		return i18n.T(ctx, key+text)
	}
	return func(ctx context.Context, value any) string {
		text, _ := value.(string)
		return typed(ctx, text)
	}, typed
}

// column is a historyweb.Column of plain text.
func column(name, label string) historyweb.Column { return historyweb.Column{Name: name, Label: label} }

// choice is a column shown by the words of a vocabulary.
func choice(name, label, key string) historyweb.Column {
	show, typed := words(key)
	return historyweb.Column{Name: name, Label: label, Show: show, Typed: typed}
}
