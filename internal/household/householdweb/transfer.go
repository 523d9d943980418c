package householdweb

import (
	"net/http"

	"hudang/internal/household"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

func (p Pages) newTransfer(w http.ResponseWriter, r *http.Request) error {
	f, err := p.transferForm(r)
	if err != nil {
		return err
	}
	values := page.Values{}
	values.Set("people.0.part", string(household.Owner))
	f.form = page.NewForm(f.from.ID.Path()+"/transfer", values)
	return p.renderOpen(w, r, f)
}

func (p Pages) transferForm(r *http.Request) (openForm, error) {
	h, err := p.household(r)
	if err != nil {
		return openForm{}, err
	}
	ctx, q := r.Context(), p.Door.DB.Read()
	details, err := household.Details(ctx, q, h.ID)
	if err != nil {
		return openForm{}, err
	}
	t, err := household.TracesOf(ctx, q, h, details[h.ID])
	return openForm{from: h, rooms: details[h.ID].Rooms(h), owner: details[h.ID].Called(), cars: carsOf(t, details[h.ID])}, err
}

// transferHousehold closes the household that sold and opens that of the new owners, in one step (D1, D8).
func (p Pages) transferHousehold(w http.ResponseWriter, r *http.Request) error {
	f, err := p.transferForm(r)
	if err != nil {
		return err
	}
	typed, action := page.Typed(r), f.from.ID.Path()+"/transfer"
	if typed.Get("more") != "" {
		f.form = page.NewForm(action, typed)
		return p.oneMore(w, r, f)
	}
	in := household.TransferIn{ID: f.from.ID}
	wrong := page.Decode(r, &in)
	in.Kind = f.from.Kind
	var mistakes errs.Fields
	known, err := p.doubles(r, f.from.Estate, in.People, typed, &mistakes)
	if err != nil {
		return err
	}
	seen, err := page.SeenOf(r)
	if err != nil {
		return err
	}
	return p.send(w, r, &f, known, gather(wrong, mistakes.Err()), func(opts ...op.Option) (household.ID, error) {
		res, err := op.Run(r.Context(), p.Door, household.Transfer, in, append(opts, op.Seen(seen[refOf(f.from)]))...)
		return res.Out, err
	}, action)
}
