package recordweb

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

// View is the page of a record. Whose it is stands in the view log (D5).
type View struct {
	About   ref.Ref
	Estate  access.EstateID
	Head    page.HeadView
	Notices []page.NoticeView
	Groups  []page.FactGroup
	History []page.Event
}

// Line is one row among a record's facts, with its acts.
type Line struct {
	Masked page.MaskedView
	Text   string
	State  list.State
	Chip   string
	Note   string
	Of     string // what the acts are about, for those who hear them
	Acts   []page.Action
}

// ShowRecord answers with the page of a record, with its label: the code among its first facts, its print among what is seldom done.
func (s Site) ShowRecord(w http.ResponseWriter, r *http.Request, current string, v View) error {
	ctx := r.Context()
	code, err := label.Of(ctx, s.Door.DB.Read(), v.About)
	if err != nil {
		return err
	}
	v.Groups[0].Facts = append(v.Groups[0].Facts, labelweb.Facts(ctx, code)...)
	v.Head.More = append(v.Head.More, labelweb.Acts(ctx, v.Estate, v.About)...)
	return s.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.Head.Title, Nav: current, About: v.About, Estate: v.Estate, Body: recordBody(v)})
}

// Tracked is a row whose history a record tells.
type Tracked struct {
	Row     evidence.Record
	Of      func(historyweb.Was) string // what it was at a change, before what became of it; nil for the record itself
	Columns []historyweb.Column
}

// History is the history of a record: of all its rows, the newest first.
func (s Site) History(ctx context.Context, rows []Tracked) ([]page.Event, error) {
	var all []page.Event
	for _, t := range rows {
		if t.Of == nil {
			t.Of = func(historyweb.Was) string { return "" }
		}
		events, err := historyweb.Named(ctx, s.Door, t.Row, t.Columns, t.Of)
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

// Column is a historyweb.Column of plain text.
func Column(name, label string) historyweb.Column { return historyweb.Column{Name: name, Label: label} }

// Choice is a column shown by the words of a vocabulary.
func Choice(name, label, key string) historyweb.Column {
	show, typed := words(key)
	return historyweb.Column{Name: name, Label: label, Show: show, Typed: typed}
}

// LineFact is a line among a record's facts.
func LineFact(label string, v Line) page.Fact { return page.Fact{Label: label, Body: lineBody(v)} }
