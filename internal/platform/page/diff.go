package page

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// DiffView is a conflict: what was, what somebody else made of it, what I typed. It is the Detail of the form's error;
// ErrorSummary shows it, and what is chosen in it stands in the fields before anybody decodes them.
type DiffView struct {
	Title  string // who changed it and when
	Theirs string // heading of their column: name and time
	Mine   string // heading of mine
	Rows   []DiffRow
}

// DiffRow is a field of a conflict, as people read it and as the form sends it. What nobody changed on one side is as it was.
type DiffRow struct {
	Name, Label       string
	Was, Theirs, Mine string
	Now, Typed        []string
	Masked            Match // of a masked fact, whose texts are masks
}

// Match says whether the two sides of a masked fact agree, which their masks do not tell, as a key. Empty where the texts are the facts.
type Match string

// The values of Match.
const (
	Same    Match = "page.diff.agree"
	Differs Match = "page.diff.differ"
)

// Hidden fields of a conflict, before the name of the field they are about.
const (
	fieldDiff   = "_diff" // the names
	fieldTake   = "_take."
	fieldTheirs = "_theirs."
	fieldMine   = "_mine."
	takeTheirs  = "theirs"
	takeMine    = "mine"
)

// take is the side proposed: theirs where I changed nothing, or to what they did.
func (r DiffRow) take() string {
	if r.Masked == Same || r.Masked == "" && r.Mine == r.Was {
		return takeTheirs
	}
	return takeMine
}

// said is what stands at a choice, and what those hear who do not see its row and column.
func (r DiffRow) said(ctx context.Context, heading, text string) (shown, heard string) {
	if text == r.Was && r.Masked == "" {
		text = i18n.T(ctx, "page.diff.same")
	}
	return text, i18n.T(ctx, "page.diff.choice", r.Label, heading, text)
}

// diffOf is the conflict an error tells of, for a form to show; nil when it is none.
func diffOf(err error) *DiffView {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	if d, ok := e.Detail.(DiffView); ok {
		return &d
	}
	return nil
}

// settle puts what was chosen of a conflict into the fields: theirs, unless something else was typed there since.
func settle(form url.Values) {
	for _, name := range form[fieldDiff] {
		if form.Get(fieldTake+name) == takeTheirs && sameTexts(form[name], form[fieldMine+name]) {
			form[name] = form[fieldTheirs+name]
		}
		for _, hidden := range []string{fieldTake, fieldTheirs, fieldMine} {
			form.Del(hidden + name)
		}
	}
	form.Del(fieldDiff)
}

func sameTexts(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return clean(x) == clean(y) })
}
