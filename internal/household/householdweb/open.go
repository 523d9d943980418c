package householdweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// openForm is the form of a new household, or of who follows in its units (from set).
type openForm struct {
	form    *page.Form
	from    *household.Household
	rooms   string // of from
	owner   string // of from, as it is called
	choices []choice
	cars    []page.Option // of those who leave
	people  []line
	more    bool // one more person was just asked for
}

// line is one person of a form: the beginning of his fields' names, and who he may be already.
type line struct {
	prefix string
	no     int
	known  []household.Known
	fresh  bool // has the cursor
}

const newPath = "/households/new"

func (p Pages) newHousehold(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	values := page.Values{}
	values.Set("kind", string(household.OwnerHome))
	values.Set("people.0.part", string(household.Owner))
	if id := estate.ParseUnitID(r.URL.Query().Get("unit")); id != 0 {
		u, err := estate.FindUnit(ctx, q, scope(r), id)
		if err != nil {
			return err
		}
		values.Set("rooms", u.Code)
		values.Set(page.FieldEstate, ref.Text(u.Estate))
		owned, err := household.OfUnit(ctx, q, scope(r), u.ID)
		if err != nil {
			return err
		}
		owns := !slices.ContainsFunc(owned, func(y household.Years) bool { return y.InForce() && y.Kind.Owns() })
		values.Set("kind", string(household.KindFor(u.Kind, owns)))
		if !owns {
			values.Set("people.0.part", string(household.Tenant))
		}
	}
	return p.renderOpen(w, r, openForm{form: page.NewForm(newPath, values)})
}

func (p Pages) openHousehold(w http.ResponseWriter, r *http.Request) error {
	typed := page.Typed(r)
	if typed.Get("more") != "" {
		return p.oneMore(w, r, openForm{form: page.NewForm(newPath, typed)})
	}
	var in household.OpenIn
	wrong := page.Decode(r, &in)
	in.Estate = opform.Estate(r)
	var f errs.Fields
	units, choices, err := resolve(r.Context(), p.Door.DB.Read(), in.Estate, typed, &f)
	if err != nil {
		return err
	}
	if in.Units = units; len(units) == 0 {
		in.Units = []estate.UnitID{0} // so that the operation looks at the rest too
		f.Check(typed.Get("rooms") != "", "rooms", "household.error.units")
	}
	form := openForm{choices: choices}
	known, err := p.doubles(r, in.Estate, in.People, typed, &f)
	if err != nil {
		return err
	}
	return p.send(w, r, &form, known, gather(wrong, f.Err()), func(opts ...op.Option) (household.ID, error) {
		res, err := op.Run(r.Context(), p.Door, household.Open, in, opts...)
		return res.Out, err
	}, newPath)
}

// send carries out what a form asks for when nothing is wrong with it, else gathers what the operation finds wrong too and
// shows the form again.
func (p Pages) send(w http.ResponseWriter, r *http.Request, form *openForm, known map[int][]household.Known, wrong error, run func(...op.Option) (household.ID, error), action string) error {
	if wrong != nil && !errs.Is(wrong, errs.Invalid) {
		return wrong
	}
	opts := []op.Option{op.Reason(page.Typed(r).Get(opform.FieldReason))}
	if token := page.TokenOf(r); token != "" {
		opts = append(opts, op.Token([]byte(token)))
	}
	if wrong != nil {
		opts = []op.Option{op.Dry()}
	}
	id, err := run(opts...)
	if wrong == nil && err == nil {
		return p.Kit.Redirect(w, r, id.Path())
	}
	if err = gather(wrong, err); !errs.Is(err, errs.Invalid) {
		return err
	}
	form.form = page.Refused(action, page.Typed(r), err)
	form.people = lines(form.form.Values, known)
	return p.renderOpen(w, r, *form)
}

// oneMore shows a form again with a line for one more person.
func (p Pages) oneMore(w http.ResponseWriter, r *http.Request, f openForm) error {
	n := f.form.Values.Count("people")
	f.form.Values.Set("people."+strconv.Itoa(n)+".part", string(household.Family))
	f.people = lines(f.form.Values, nil)
	f.people[len(f.people)-1].fresh, f.more = true, true
	return p.renderOpen(w, r, f)
}

// doubles finds, for each person typed, who has his numbers already; one that the person has not decided about is noted.
// A decision for somebody known puts that party in the place of what was typed.
func (p Pages) doubles(r *http.Request, e access.EstateID, people []household.PersonIn, typed page.Values, f *errs.Fields) (map[int][]household.Known, error) {
	return p.alike(r, e, people, 0, typed, f)
}

// alike is doubles where the first few people are looked for by their names too.
func (p Pages) alike(r *http.Request, e access.EstateID, people []household.PersonIn, named int, typed page.Values, f *errs.Fields) (map[int][]household.Known, error) {
	found := map[int][]household.Known{}
	for i := range people {
		known, err := household.KnownAs(r.Context(), p.Door.DB.Read(), p.Door.Vault, e, people[i], p.today())
		if err == nil && i < named {
			var same []household.Known
			same, err = household.Namesakes(r.Context(), p.Door.DB.Read(), e, people[i].Name)
			known = append(known, slices.DeleteFunc(same, func(k household.Known) bool {
				return slices.ContainsFunc(known, func(o household.Known) bool { return o.Party == k.Party })
			})...)
		}
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			continue
		}
		found[i] = known
		field := "people." + strconv.Itoa(i) + ".known"
		people[i].Party = 0
		for _, k := range known {
			if typed.Get(field) == ref.Text(k.Party) {
				people[i].Party = k.Party
			}
		}
		if people[i].Party == 0 && typed.Get(field) != another {
			f.Add(field, "household.error.known", known[0].Name)
		}
	}
	return found, nil
}

// another is the decision that somebody is not the one known by his number.
const another = "another"

func (p Pages) today() cn.Date { return cn.DateOf(p.Door.Clock.Now().In(clock.China)) }

// lines are the persons of a form, at least one.
func lines(values page.Values, known map[int][]household.Known) []line {
	all := make([]line, max(values.Count("people"), 1))
	for i := range all {
		all[i] = line{prefix: "people." + strconv.Itoa(i) + ".", no: i + 1, known: known[i]}
	}
	return all
}

func (p Pages) renderOpen(w http.ResponseWriter, r *http.Request, f openForm) error {
	if err := page.Resume(r.Context(), f.form); err != nil {
		return err
	}
	ctx := r.Context()
	if f.people == nil {
		f.people = lines(f.form.Values, nil)
	}
	a := recordweb.FormPage{Nav: NavHouseholds, Title: i18n.T(ctx, "household.open.title"), Clauses: []string{"A1", "D7"}, Form: f.form, Estate: true, Save: i18n.T(ctx, "household.open.do"),
		Back: page.Link{Label: i18n.T(ctx, "household.list.title"), Href: "/households"}, Groups: []recordweb.Group{f.property(ctx)}}
	if f.from != nil {
		a.Title, a.Lead, a.Edits = i18n.T(ctx, "household.transfer.title", f.rooms), i18n.T(ctx, "household.transfer.note", f.rooms, f.owner), &recordweb.Edited{Ref: refOf(f.from), Version: f.from.Version}
		a.Estate, a.Save, a.Back, a.Groups = false, i18n.T(ctx, "household.transfer.do"), page.Link{Label: f.rooms, Href: f.from.ID.Path()}, f.handing(ctx)
	}
	for _, l := range f.people {
		a.Groups = append(a.Groups, personGroup(ctx, f.form, i18n.T(ctx, "household.person.no", l.no), l, l.fresh))
	}
	a.Groups = append(a.Groups, recordweb.Group{Body: moreButton(i18n.T(ctx, "household.person.more"))})
	f.form.Wide = true
	return p.ShowForm(w, r, a)
}

// property are the fields of what a new household has.
func (f openForm) property(ctx context.Context) recordweb.Group {
	fields := append([]page.Input{{Name: "rooms", Label: i18n.T(ctx, "household.rooms"), Hint: i18n.T(ctx, "household.rooms.hint"), Focus: f.form.Value("rooms") == "" && !f.more}}, choiceFields(ctx, f.choices)...)
	return recordweb.Group{Title: i18n.T(ctx, "household.property"), Pairs: true, Fields: append(fields,
		page.Input{Name: "kind", Kind: page.Select, Label: i18n.T(ctx, "household.kind"), Options: kindOptions(ctx), Width: page.WidthMedium}, sinceField(ctx, "household.since"), stayField(ctx))}
}

// handing are the fields of a change of hands.
func (f openForm) handing(ctx context.Context) []recordweb.Group {
	groups := []recordweb.Group{{Pairs: true, Fields: []page.Input{
		{Name: "on", Kind: page.Date, Label: i18n.T(ctx, "household.transfer.on"), Hint: i18n.T(ctx, "household.until.hint"), Optional: true, Focus: !f.more},
		whyField(ctx, "household.transfer.why.hint"), stayField(ctx)}}}
	if len(f.cars) > 0 {
		groups = append(groups, recordweb.Group{Fields: []page.Input{carsField(ctx, "household.transfer.cars", "household.transfer.cars.hint", f.cars)}})
	}
	return groups
}

// carsField asks which vehicles of those who leave stay.
func carsField(ctx context.Context, label, hint string, cars []page.Option) page.Input {
	return page.Input{Name: "stays", Kind: page.Checks, Label: i18n.T(ctx, label), Hint: i18n.T(ctx, hint), Options: cars, Optional: true}
}

// known answers, while a form is filled, who has a number already: what appears below the field that was left.
func (p Pages) known(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		People []household.PersonIn `form:"people"`
	}
	if err := page.DecodeQuery(r, &in); err != nil {
		return p.Kit.Render(w, r, http.StatusOK, knownHere(nil)) // half typed: nothing to say yet
	}
	e := access.Chosen(r.Context())
	if id, err := strconv.ParseInt(r.URL.Query().Get(page.FieldEstate), 10, 64); err == nil && e == access.Company {
		e = access.EstateID(id)
	}
	at, err := strconv.Atoi(r.URL.Query().Get("line"))
	if err != nil || at < 0 || at >= len(in.People) || !scope(r).Covers(e) {
		return p.Kit.Render(w, r, http.StatusOK, knownHere(nil))
	}
	find := func() ([]household.Known, error) {
		if r.URL.Query().Get("named") != "" {
			return household.Namesakes(r.Context(), p.Door.DB.Read(), e, in.People[at].Name)
		}
		return household.KnownAs(r.Context(), p.Door.DB.Read(), p.Door.Vault, e, in.People[at], p.today())
	}
	all, err := find()
	if err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, knownHere(all))
}
