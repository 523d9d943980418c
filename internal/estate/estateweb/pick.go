package estateweb

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// pickField is a field in which somebody is named, and, once several people fit, the choice among them. Its value is the
// text; the person chosen stands in name_id.
func (p Pages) pickField(ctx context.Context, e access.EstateID, f *page.Form, in page.Input) ([]page.Input, error) {
	in.Hint, in.Suggest = i18n.T(ctx, "party.pick.hint"), "/pick/party/"+in.Name
	fields := []page.Input{in}
	if f.Err == nil || f.Value(in.Name) == "" {
		return fields, nil
	}
	options, err := p.fitting(ctx, e, f.Value(in.Name))
	if err == nil && len(options) > 1 {
		fields = append(fields, pickInput(ctx, in.Name, options))
	}
	return fields, err
}

func pickInput(ctx context.Context, name string, options []page.Option) page.Input {
	return page.Input{Name: name + "_id", Label: i18n.T(ctx, "party.pick.choose"), Kind: page.Radio, Options: options}
}

// fitting are the people of an estate whom what was typed names.
func (p Pages) fitting(ctx context.Context, e access.EstateID, typed string) ([]page.Option, error) {
	found, err := p.picks(ctx, e, typed)
	options := make([]page.Option, len(found))
	for i, one := range found {
		options[i] = page.Option{Value: ref.Text(one.ID), Label: one.Label}
	}
	return options, err
}

func (p Pages) picks(ctx context.Context, e access.EstateID, typed string) ([]estate.Pick, error) {
	return estate.Picks(ctx, p.Door.DB.Read(), p.Door.Vault, access.From(ctx).Scope(access.Desk, e), typed, page.Today(ctx))
}

// picked is the person a field names: the one chosen, or the only one who fits. Nothing typed is nobody.
func (p Pages) picked(ctx context.Context, e access.EstateID, name, typed string, chosen estate.PartyID, f *errs.Fields) (estate.PartyID, error) {
	if strings.TrimSpace(typed) == "" {
		return 0, nil
	}
	found, err := p.picks(ctx, e, typed)
	if err != nil {
		return 0, err
	}
	return estate.Picked(found, name, chosen, f), nil
}

// unitNamed is the unit a field names, in any notation of its code. Nothing typed is none.
func (p Pages) unitNamed(ctx context.Context, e access.EstateID, name, typed string, f *errs.Fields) (estate.UnitID, error) {
	if strings.TrimSpace(typed) == "" {
		return 0, nil
	}
	u, err := estate.UnitTyped(ctx, p.Door.DB.Read(), e, name, typed, f)
	if u == nil {
		return 0, err
	}
	return u.ID, err
}

// suggest offers the people who fit while a field is being typed into.
func (p Pages) suggest(w http.ResponseWriter, r *http.Request) error {
	ctx, name := r.Context(), r.PathValue("field")
	e := access.Chosen(ctx)
	if e == access.Company {
		e = estate.ParseID[access.EstateID](r.URL.Query().Get(page.FieldEstate))
	}
	var options []page.Option
	if e != access.Company { // whom a name means is not known before the estate is
		var err error
		if options, err = p.fitting(ctx, e, r.URL.Query().Get(name)); err != nil {
			return err
		}
	}
	return p.Kit.Render(w, r, http.StatusOK, suggestions(pickInput(ctx, name, options)))
}

// read decodes a form into its struct and looks up what it names; every mistake of both comes back together.
func read(r *http.Request, into any, lookUp func(f *errs.Fields) error) error {
	var f errs.Fields
	if err := page.Decode(r, into); err != nil {
		e := errs.As(err)
		if len(e.Fields) == 0 {
			return err
		}
		for _, wrong := range e.Fields {
			f.Add(wrong.Name, wrong.Key, wrong.Args...)
		}
	}
	if err := lookUp(&f); err != nil {
		return err
	}
	return f.Err()
}
