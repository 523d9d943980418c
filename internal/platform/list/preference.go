package list

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
)

// Preference is what a person made of a list for himself. It changes what he sees, never what he may see.
type Preference struct {
	Chosen bool     // he chose columns: what is shown is shown on a narrow screen too
	Hidden []string // keys of the columns he left out
	Views  []OwnView
}

// OwnView is a view a person saved: filters, order and tab under a name.
type OwnView struct{ Name, Query string }

// The bounds of what a person may keep.
const (
	mostViews       = 10 // of one list
	longestViewName = 12 // characters: it stands on a tab
)

// Choice is a column in the menu that leaves columns out.
type Choice struct {
	Key, Label string
	Shown      bool
}

// Preference is what an account made of the list.
func (l *List[T]) Preference(ctx context.Context, q db.Querier, account int64) (*Preference, error) {
	return preferenceOf(ctx, q, account, l.Name)
}

// ChooseColumns keeps for an account which of the columns it sees are shown. A column it does not see now stays as it was.
func (l *List[T]) ChooseColumns(ctx context.Context, d *op.Door, who Reader, shown []string) error {
	old, err := preferenceOf(ctx, d.DB.Read(), who.Actor.Account, l.Name)
	if err != nil {
		return err
	}
	seen := l.given(request{}).within(who).Columns
	hidden := slices.DeleteFunc(old.Hidden, func(key string) bool {
		return slices.ContainsFunc(seen, func(c Column[T]) bool { return c.Key == key })
	})
	for _, c := range seen[1:] {
		if !slices.Contains(shown, c.Key) {
			hidden = append(hidden, c.Key)
		}
	}
	return putColumns(ctx, d.DB, who.Actor.Account, l.Name, strings.Join(hidden, ","))
}

// ResetColumns shows an account the list's own columns again.
func (l *List[T]) ResetColumns(ctx context.Context, d *op.Door, who Reader) error {
	return dropColumns(ctx, d.DB, who.Actor.Account, l.Name)
}

// SaveView keeps what an address asks of the list as a view of an account's own. One of the same name is replaced.
func (l *List[T]) SaveView(ctx context.Context, d *op.Door, who Reader, name string, asked url.Values) error {
	name, err := viewName(name)
	if err != nil {
		return err
	}
	query := l.canonical(l.parse(who, asked))
	if query == "" {
		return errs.E(errs.Invalid, "list.error.view_empty")
	}
	p, err := preferenceOf(ctx, d.DB.Read(), who.Actor.Account, l.Name)
	if err != nil {
		return err
	}
	if len(p.Views) >= mostViews && p.named(name) < 0 {
		return errs.E(errs.Invalid, "list.error.views", mostViews)
	}
	return putView(ctx, d.DB, who.Actor.Account, l.Name, OwnView{name, query}, d.Clock.Now().UnixMicro())
}

// RenameView gives one of an account's own views another name; a name that is taken is refused.
func (l *List[T]) RenameView(ctx context.Context, d *op.Door, who Reader, old, name string) error {
	name, err := viewName(name)
	if err != nil || name == old {
		return err
	}
	p, err := preferenceOf(ctx, d.DB.Read(), who.Actor.Account, l.Name)
	if err != nil {
		return err
	}
	if p.named(name) >= 0 {
		return errs.E(errs.Invalid, "list.error.view_taken", name)
	}
	return renameView(ctx, d.DB, who.Actor.Account, l.Name, old, name)
}

// DeleteView ends one of an account's own views.
func (l *List[T]) DeleteView(ctx context.Context, d *op.Door, who Reader, name string) error {
	return dropView(ctx, d.DB, who.Actor.Account, l.Name, name)
}

func viewName(typed string) (string, error) {
	name := strings.TrimSpace(typed)
	if n := len([]rune(name)); n == 0 || n > longestViewName {
		return "", errs.E(errs.Invalid, "list.error.view_name", longestViewName)
	}
	return name, nil
}

func (p Preference) named(name string) int {
	return slices.IndexFunc(p.Views, func(v OwnView) bool { return v.Name == name })
}

// canonical is what a request asks, whatever page of it: equal requests give equal texts.
func (l *List[T]) canonical(r request) string {
	r.page = 1
	return l.values(r).Encode()
}

// choices are the columns a reader may leave out, with those he did. The first is the row's name and always there.
func (l *List[T]) choices(who Reader, label func(key string) string) []Choice {
	var all []Choice
	for _, c := range l.given(request{}).within(who).Columns[1:] {
		all = append(all, Choice{c.Key, label(c.Label), !slices.Contains(who.Prefer.Hidden, c.Key) && (who.Prefer.Chosen || !c.Extra)})
	}
	return all
}

// prefer is the list with the columns a reader chose. On a telephone a row is a card, and stays short.
func (l *List[T]) prefer(p *Preference) *List[T] {
	chosen := *l
	if p == nil || !p.Chosen {
		chosen.Columns = slices.DeleteFunc(slices.Clone(l.Columns), func(c Column[T]) bool { return c.Extra })
		return &chosen
	}
	chosen.Columns = nil
	for i, c := range l.Columns {
		if i > 0 && slices.Contains(p.Hidden, c.Key) {
			continue
		}
		if c.Narrow == Wide {
			c.Narrow = NoPhone
		}
		chosen.Columns = append(chosen.Columns, c)
	}
	return &chosen
}

// ownTabs adds the reader's own views behind the list's tabs, each with its count. The one that is asked for is the current
// tab. A list without tabs gets one that leads back to all of it.
func (l *List[T]) ownTabs(ctx context.Context, q db.Querier, who Reader, r request, v *View) error {
	if who.Prefer == nil || len(who.Prefer.Views) == 0 {
		return nil
	}
	here := l.canonical(r)
	if len(v.Tabs) == 0 {
		v.Tabs = []Tab{{Label: i18n.T(ctx, "list.all"), Href: l.Path, Current: true}}
	}
	for _, own := range who.Prefer.Views {
		asked, err := url.ParseQuery(own.Query)
		if err != nil {
			return err
		}
		of := l.parse(who, asked)
		n := counted(v.Total, v.More)
		if l.canonical(of) == here {
			v.Own = own.Name
		} else if n, err = l.beside(ctx, q, who, of, of.tab, v); err != nil {
			return err
		}
		v.Tabs = append(v.Tabs, Tab{Label: own.Name, Href: l.href(of, func(*request) {}), Count: n})
	}
	for i, t := range v.Tabs {
		if v.Own != "" {
			v.Tabs[i].Current = t.Label == v.Own && i >= len(v.Tabs)-len(who.Prefer.Views)
		}
	}
	return nil
}
