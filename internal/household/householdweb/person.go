package householdweb

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

const onlyPerson = "people.0."

func (p Pages) newPerson(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	values := page.Values{}
	values.Set(onlyPerson+"part", string(household.Family))
	if part := household.Part(r.URL.Query().Get("part")); slices.Contains(household.Parts, part) {
		values.Set(onlyPerson+"part", string(part))
	}
	return p.addPersonForm(w, r, h, page.NewForm(h.ID.Path()+"/people/new", values), nil)
}

func (p Pages) addPerson(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	var typed struct {
		Since  string               `form:"since"`
		People []household.PersonIn `form:"people"`
	}
	wrong := page.Decode(r, &typed)
	typed.People = append(typed.People, household.PersonIn{})[:1]
	var f errs.Fields
	known, err := p.doubles(r, h.Estate, typed.People, page.Typed(r), &f)
	if err != nil {
		return err
	}
	wrong = gather(wrong, f.Err())
	in := household.AddPersonIn{Household: h.ID, Since: typed.Since, PersonIn: typed.People[0]}
	if wrong == nil {
		_, err = opform.Run(r, p.Door, household.AddPerson, in, "")
	} else if errs.Is(wrong, errs.Invalid) {
		_, err = op.Run(r.Context(), p.Door, household.AddPerson, in, op.Dry())
	}
	err = gather(wrong, prefixed(err))
	to := h.ID.Path() + "?tab=people"
	if page.Typed(r).Get("again") != "" {
		to = h.ID.Path() + "/people/new?" + url.Values{"added": {in.Name}, "part": {string(in.Part)}}.Encode()
	}
	return opform.After(p.Kit, w, r, err, to, func(err error) error {
		return p.addPersonForm(w, r, h, page.Refused(h.ID.Path()+"/people/new", page.Typed(r), err), known[0])
	})
}

// prefixed names the fields of a person as the form does.
func prefixed(err error) error {
	if !errs.Is(err, errs.Invalid) {
		return err
	}
	var f errs.Fields
	for _, field := range errs.As(err).Fields {
		if field.Name != "since" && !strings.HasPrefix(field.Name, onlyPerson) {
			field.Name = onlyPerson + field.Name
		}
		f.Add(field.Name, field.Key, field.Args...)
	}
	return f.Err()
}

// addPersonForm is the form by which somebody comes into a household; known are those who have his numbers already.
func (p Pages) addPersonForm(w http.ResponseWriter, r *http.Request, h *household.Household, f *page.Form, known []household.Known) error {
	ctx := r.Context()
	a, _, err := p.formOf(ctx, h, "household.person.add.title", "?tab=people")
	if err != nil {
		return err
	}
	a.Clauses, a.Form, a.Edits, a.Save = []string{"A1", "C7"}, f, nil, i18n.T(ctx, "household.person.add")
	a.Next = &page.ButtonView{Label: i18n.T(ctx, "household.person.again"), Name: "again", Value: "1"}
	g := personGroup(ctx, f, "", line{prefix: onlyPerson, no: 1, known: known}, true)
	g.Fields = append(g.Fields, sinceField(ctx, "household.person.since"), recordweb.Reason(ctx))
	a.Groups = []recordweb.Group{g}
	if added := r.URL.Query().Get("added"); added != "" && f.Err == nil {
		a.Top = page.Notice(page.NoticeView{Kind: page.NoticeDone, Text: i18n.T(ctx, "household.person.added", added)})
	}
	return p.ShowForm(w, r, a)
}

// part is somebody's part in a household.
type part struct {
	household.Person
	h *household.Household
}

// occupancy is the part a request's address names.
func (p Pages) occupancy(r *http.Request) (part, error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	o, err := household.FindPerson(ctx, q, scope(r), ref.ParseID[household.OccupancyID](r.PathValue("id")))
	if err != nil {
		return part{}, err
	}
	h, err := household.Find(ctx, q, scope(r), o.Household)
	if err != nil {
		return part{}, err
	}
	details, err := household.Details(ctx, q, h.ID)
	for _, one := range details[h.ID].People {
		if one.ID == o.ID {
			return part{one, h}, err
		}
	}
	return part{h: h}, err
}

func partOf(o household.Person) household.ChangePersonIn {
	return household.ChangePersonIn{Part: o.Part, Relation: o.Relation, Share: household.Percent(o.Share), Since: o.Since}
}

func (p Pages) editPerson(w http.ResponseWriter, r *http.Request) error {
	o, err := p.occupancy(r)
	if err != nil {
		return err
	}
	return p.personForms(w, r, o, nil, nil)
}

// personForms are the forms of somebody's part in a household: what is corrected, and his leaving. The one that came back is given.
func (p Pages) personForms(w http.ResponseWriter, r *http.Request, o part, change, leave *page.Form) error {
	ctx, path := r.Context(), personPath(o.ID)
	a, _, err := p.formOf(ctx, o.h, "", "?tab=people")
	if err != nil {
		return err
	}
	if a.History, err = historyweb.Of(ctx, p.Door, &o.Occupancy, occupancyColumns); err != nil {
		return err
	}
	now := page.Fill(partOf(o.Person))
	a.Form, a.Dialog = cmp.Or(change, page.NewForm(path+"/change", now)), cmp.Or(leave, page.NewForm(path+"/leave", nil))
	a.Edits = &recordweb.Edited{Ref: refOfPerson(o.ID), Version: o.Version, History: recordweb.Tracked{Row: &o.Occupancy, Columns: occupancyColumns}, Now: now}
	a.Title, a.Sub, a.Clauses, a.Save = o.Name, i18n.T(ctx, "household.part."+string(o.Part)), []string{"C7"}, i18n.T(ctx, "household.change.save")
	a.Actions = []page.Action{
		{Key: "party", Label: i18n.T(ctx, "household.person.party"), Href: o.Party.Path()},
		{Key: "leave", Label: i18n.T(ctx, "household.person.leave"), Href: "#leave", Danger: true}}
	a.Groups = []recordweb.Group{{Pairs: true, Fields: []page.Input{
		{Name: "part", Kind: page.Select, Label: i18n.T(ctx, "household.part"), Options: leads(ctx, o.h.Kind), Width: page.WidthMedium}, relationField(ctx, ""), shareField(ctx, ""),
		sinceField(ctx, "household.person.since"), recordweb.Reason(ctx)}}}
	a.Below = recordweb.Ask("leave", recordweb.FormPage{Title: i18n.T(ctx, "household.person.leave.title", o.Name, a.Back.Label), Form: a.Dialog, Edits: a.Edits,
		Save: i18n.T(ctx, "household.person.leave.do"), Danger: true, Keep: i18n.T(ctx, "household.person.stay"), Back: page.Link{Href: path},
		Groups: []recordweb.Group{{Fields: []page.Input{
			{Name: "on", Kind: page.Date, Label: i18n.T(ctx, "household.person.until"), Hint: i18n.T(ctx, "household.until.hint"), Optional: true}, whyField(ctx, "household.person.leave.hint")}}}})
	return p.ShowForm(w, r, a)
}

// relationField and shareField are fields of somebody's part in a household.
func relationField(ctx context.Context, prefix string) page.Input {
	return page.Input{Name: prefix + "relation", Label: i18n.T(ctx, "household.relation"), Hint: i18n.T(ctx, "household.relation.hint"), Optional: true, Width: page.WidthShort}
}

func shareField(ctx context.Context, prefix string) page.Input {
	return page.Input{Name: prefix + "share", Kind: page.Number, Label: i18n.T(ctx, "household.share"), Unit: "%", Optional: true}
}

// whyField asks why something ended.
func whyField(ctx context.Context, hint string) page.Input {
	return page.Input{Name: "why", Label: i18n.T(ctx, "household.why"), Hint: i18n.T(ctx, hint), Max: 200}
}

// leads are the parts offered first for a kind of household.
func leads(ctx context.Context, k household.Kind) []page.Option {
	options := partOptions(ctx)
	if k.Owns() {
		return options
	}
	return slices.DeleteFunc(options, func(o page.Option) bool { return o.Value == string(household.Owner) })
}
