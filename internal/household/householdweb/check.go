package householdweb

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sign"
)

// extraLines are how many papers that the file has not can be written down at once.
const extraLines = 3

// checkView is the page on which a household's shelf is checked.
type checkView struct {
	*household.Household
	detail   household.Detail
	papers   []household.FiledPaper
	lacking  []string // required lines without a paper
	expected string
	form     *page.Form
	earlier  []household.Check
	names    map[int64]string
}

func (v checkView) rooms() string { return v.detail.Rooms(v.Household) }

func (p Pages) newCheck(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	return p.renderCheck(w, r, h, page.NewForm(h.ID.CheckPath(), nil))
}

func (p Pages) renderCheck(w http.ResponseWriter, r *http.Request, h *household.Household, form *page.Form) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	v := checkView{Household: h, form: wide(form)}
	details, err := household.Details(ctx, q, h.ID)
	if err != nil {
		return err
	}
	v.detail = details[h.ID]
	files, err := household.Files(ctx, q, page.Today(ctx), h)
	if err != nil {
		return err
	}
	file := files[h.ID]
	v.papers = file.OnShelf()
	for _, l := range file.Lines {
		if l.Missing() {
			v.lacking = append(v.lacking, l.Title)
		}
	}
	if v.expected, err = household.ExpectedOn(file); err != nil {
		return err
	}
	if v.earlier, err = household.ChecksOf(ctx, q, h.ID); err != nil {
		return err
	}
	var ids []int64
	for _, c := range v.earlier {
		ids = append(ids, c.By)
	}
	if v.names, err = account.Names(ctx, q, ids); err != nil {
		return err
	}
	title := i18n.T(ctx, "check.title", v.rooms())
	return p.Show(w, r, page.Page{Title: title, Nav: NavHouseholds, Err: form.Err, Body: checkBody(title, v), About: h.ID.Ref(), Estate: h.Estate})
}

// signCheck takes the sheet that was filled in. The password is looked at first, outside any transaction (design §3); a wrong one
// is told together with whatever else is wrong.
func (p Pages) signCheck(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	id, err := p.checked(r, h.ID)
	return opform.After(p.Kit, w, r, err, id.Path(), func(err error) error {
		return p.renderCheck(w, r, h, page.Refused(h.ID.CheckPath(), page.Typed(r), err))
	})
}

func (p Pages) checked(r *http.Request, h household.ID) (household.CheckID, error) {
	ctx := r.Context()
	var secret struct {
		Password string `form:"password,raw"`
	}
	in := household.CheckShelfIn{Household: h}
	if err := gather(page.Decode(r, &in), page.Decode(r, &secret)); err != nil {
		return 0, err
	}
	proof, wrong := account.Confirm(ctx, p.Door, account.From(ctx), "password", secret.Password)
	in.Proof = proof
	done, err := opform.Unless(wrong, r, p.Door, household.CheckShelf, in, "")
	return done.Out, err
}

// checkedView is a check's page: what was found, what became of the differences, and who signed.
type checkedView struct {
	*household.Check
	house   *household.Household
	detail  household.Detail
	lines   []household.CheckLine
	names   map[int64]string
	signed  []sign.Signature
	altered bool // the rows are not what was signed
	settles bool
	refused household.CheckLineID // whose settling came back
	form    *page.Form
}

func (v checkedView) rooms() string { return v.detail.Rooms(v.house) }

func (p Pages) check(r *http.Request) (*household.Check, error) {
	return household.FindCheck(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[household.CheckID](r.PathValue("id")))
}

func (p Pages) showCheck(w http.ResponseWriter, r *http.Request) error {
	c, err := p.check(r)
	if err != nil {
		return err
	}
	return p.renderChecked(w, r, c, 0, page.NewForm("", nil))
}

func (p Pages) renderChecked(w http.ResponseWriter, r *http.Request, c *household.Check, refused household.CheckLineID, form *page.Form) error {
	v, err := p.checkedView(r, c)
	if err != nil {
		return err
	}
	v.refused, v.form = refused, form
	title := i18n.T(r.Context(), "check.title", v.rooms())
	return p.Show(w, r, page.Page{Title: title, Nav: NavHouseholds, Err: form.Err, Body: checkedBody(title, v), About: c.Household.Ref(), Estate: c.Estate})
}

func (p Pages) checkedView(r *http.Request, c *household.Check) (v checkedView, err error) {
	ctx, q := r.Context(), p.Door.DB.Read()
	v = checkedView{Check: c}
	if v.house, err = household.Find(ctx, q, access.Only(c.Estate), c.Household); err != nil {
		return v, err
	}
	details, err := household.Details(ctx, q, c.Household)
	if err != nil {
		return v, err
	}
	v.detail = details[c.Household]
	if v.lines, err = household.LinesOfCheck(ctx, q, c.ID); err != nil {
		return v, err
	}
	if v.signed, err = sign.Of(ctx, q, c.ID.Ref()); err != nil {
		return v, err
	}
	ids := []int64{c.By}
	for _, s := range v.signed {
		ids = append(ids, s.Account)
		same, err := s.Covers(household.SheetOf(c, v.lines))
		if err != nil {
			return v, err
		}
		v.altered = v.altered || !same
	}
	for _, l := range v.lines {
		ids = append(ids, l.SettledBy)
	}
	_, v.settles = access.From(ctx).Holding(c.Estate, household.MayCheck())
	v.names, err = account.Names(ctx, q, ids)
	return v, err
}

func (p Pages) checkLine(r *http.Request) (*household.CheckLine, error) {
	return household.FindCheckLine(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[household.CheckLineID](r.PathValue("id")))
}

// settleAgain shows a check again with a difference whose settling was refused.
func (p Pages) settleAgain(w http.ResponseWriter, r *http.Request, l *household.CheckLine, f *page.Form) error {
	c, err := household.FindCheck(r.Context(), p.Door.DB.Read(), scope(r), l.Check)
	if err != nil {
		return err
	}
	return p.renderChecked(w, r, c, l.ID, f)
}

func refOfLine(l *household.CheckLine) string { return "check_line:" + ref.Text(l.ID) }

func settlePath(l *household.CheckLine) string {
	return "/shelf-checks/lines/" + ref.Text(l.ID) + "/settle"
}

// lineForm is the form that settles a difference: the one that came back, or an empty one.
func (v checkedView) lineForm(l *household.CheckLine) *page.Form {
	if l.ID == v.refused {
		return v.form
	}
	return page.NewForm(settlePath(l), nil)
}

// lineStates are how the findings look.
var lineStates = map[household.Finding]page.State{household.There: page.OK, household.Missing: page.Late, household.Count: page.Late, household.Extra: page.Due}

// resultOf is a check in one sentence.
func resultOf(ctx context.Context, c *household.Check) (page.State, string) {
	switch {
	case c.Wrong == 0:
		return page.OK, i18n.T(ctx, "check.same", c.Papers)
	case c.Unsettled == 0:
		return page.OK, i18n.T(ctx, "check.settled.all", c.Wrong)
	}
	return page.Late, i18n.T(ctx, "check.differs", c.Wrong, c.Unsettled)
}

func signatureText(ctx context.Context, v checkedView, s sign.Signature) string {
	return i18n.T(ctx, "check.signature", v.names[s.Account], i18n.Key(s.Role), clock.Moment(s.At))
}

func lackingText(ctx context.Context, all []string) string {
	return strings.Join(all, i18n.T(ctx, "household.time.and"))
}
