package household

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/sign"
)

// signedAs is as what somebody signs a check.
const signedAs = "check.signed_as"

// FoundIn is what was found of a paper that should lie on the shelf.
type FoundIn struct {
	Item    archive.ItemID `form:"item"`
	Finding Finding        `form:"finding"`
	Counted int64          `form:"counted"` // of another number of copies
	Note    string         `form:"note"`
}

// ExtraIn is a paper that lies on the shelf and not in the file; without a title it is left out.
type ExtraIn struct {
	Title  string `form:"title"`
	Copies int64  `form:"copies"` // 0 counts as one
}

// CheckShelfIn is a check as it is signed.
type CheckShelfIn struct {
	Household ID
	Expected  string     `form:"expected"` // ExpectedOn the page that was filled in
	Found     []FoundIn  `form:"found"`
	Extra     []ExtraIn  `form:"extra"`
	Proof     sign.Proof `json:"-"`
}

// CheckShelf holds a household's file against its shelf: each paper there, missing or in another number, and what is there and
// not in the file. Who looked signs; a file that changed while he looked is looked at anew.
var CheckShelf = op.Define("household.check_shelf", op.Spec[CheckShelfIn, CheckID]{
	Clauses: []string{"D4", "E5"},
	Posts:   mayCheck,
	Silent:  true,
	Check:   checkFound,
	Subject: record.Subject(func(in CheckShelfIn) ID { return in.Household }, lock),
	Do:      checkShelf,
})

func checkFound(in *CheckShelfIn, _ cn.Date, f *errs.Fields) {
	in.Proof.Check("password", f)
	for i := range in.Found {
		l, at := &in.Found[i], prefixed("found", i)
		l.Note = strings.TrimSpace(l.Note)
		f.Check(slices.Contains(Findings, l.Finding), at+"finding", "check.error.finding")
		f.Within(at+"note", l.Note, 100)
		f.Check(l.Finding != Count || l.Counted > 0 && l.Counted <= 999, at+"counted", "check.error.counted")
	}
	var kept []ExtraIn
	for i, e := range in.Extra {
		e.Title, e.Copies = strings.TrimSpace(e.Title), max(e.Copies, 1)
		at := prefixed("extra", i)
		f.Within(at+"title", e.Title, 100)
		f.Check(e.Copies <= 999, at+"copies", "check.error.counted")
		if e.Title != "" {
			kept = append(kept, e)
		}
	}
	in.Extra = kept
}

func checkShelf(ctx context.Context, tx op.Tx, in CheckShelfIn) (CheckID, error) {
	h, _, err := lock(ctx, tx, in.Household)
	if err != nil {
		return 0, err
	}
	today := tx.Today().String()
	files, err := Files(ctx, tx, today, h)
	if err != nil {
		return 0, err
	}
	file := files[h.ID]
	expected, err := ExpectedOn(file)
	if err != nil {
		return 0, err
	}
	if in.Expected != expected {
		return 0, errs.E(errs.Conflict, "error.stale")
	}
	c := &Check{Household: h.ID, On: today, By: tx.Actor().Account}
	c.ID, c.Estate = CheckID(tx.NewID()), h.Estate
	lines, err := in.lines(file)
	if err != nil {
		return 0, err
	}
	for i := range lines {
		l := &lines[i]
		l.ID, l.Estate, l.Check, l.Seq = CheckLineID(tx.NewID()), h.Estate, c.ID, int64(i+1)
		if l.Finding != Extra {
			c.Papers++
		}
		if l.Differs() {
			c.Wrong, c.Unsettled = c.Wrong+1, c.Unsettled+1
		}
	}
	if err := insertCheck(ctx, tx, c, lines); err != nil {
		return 0, err
	}
	return c.ID, sign.Sign(ctx, tx, h.Estate, c.ID.Ref(), signedAs, SheetOf(c, lines), in.Proof)
}

func insertCheck(ctx context.Context, tx op.Tx, c *Check, lines []CheckLine) error {
	if err := tx.Insert(ctx, c); err != nil {
		return err
	}
	for i := range lines {
		if err := tx.Insert(ctx, &lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// ExpectedOn says which papers should lie on a shelf: the page carries it, and the operation compares.
func ExpectedOn(f File) (string, error) {
	digest, err := sign.Digest(f.OnShelf())
	return sign.Text(digest), err
}

// lines are what was found of each paper that should be there, and what was there besides.
func (in CheckShelfIn) lines(file File) ([]CheckLine, error) {
	var lines []CheckLine
	var f errs.Fields
	for _, p := range file.OnShelf() {
		i := slices.IndexFunc(in.Found, func(l FoundIn) bool { return l.Item == p.Item })
		if i < 0 {
			f.Add("found", "check.error.all", p.Title)
			continue
		}
		found := in.Found[i]
		l := CheckLine{Volume: p.Volume, Item: p.Item, Code: p.Line, Title: p.Title, Copies: p.Copies, Finding: found.Finding, Note: found.Note}
		switch found.Finding {
		case There:
			l.Counted = p.Copies
		case Count:
			l.Counted = found.Counted
			f.Check(found.Counted != p.Copies, prefixed("found", i)+"counted", "check.error.same", p.Copies)
		}
		lines = append(lines, l)
	}
	for _, e := range in.Extra {
		lines = append(lines, CheckLine{Volume: file.Volume, Title: e.Title, Counted: e.Copies, Finding: Extra})
	}
	if len(lines) == 0 {
		f.Add("extra.0.title", "check.error.nothing")
	}
	return lines, f.Err()
}

// SettleDifferenceIn is what became of a difference.
type SettleDifferenceIn struct {
	Line    CheckLineID
	Settled Settlement `form:"settled"`
	How     string     `form:"how"`
}

// SettleDifference says what became of a difference between file and shelf; each is settled once.
var SettleDifference = op.Define("household.settle_difference", op.Spec[SettleDifferenceIn, CheckID]{
	Clauses: []string{"E5", "E9"},
	Posts:   mayCheck,
	Check: func(in *SettleDifferenceIn, _ cn.Date, f *errs.Fields) {
		in.How = strings.TrimSpace(in.How)
		f.Check(slices.Contains(Settlements, in.Settled), "settled", "error.required")
		f.Check(in.How != "", "how", "check.error.how")
		f.Within("how", in.How, 200)
	},
	Subject: func(ctx context.Context, tx op.Tx, in SettleDifferenceIn) (op.Subject, error) {
		l, err := lockLine(ctx, tx, in.Line)
		return op.Subject{Kind: "check_line", ID: int64(in.Line), Estate: l.Estate, Version: l.Version, Owner: l.Owner()}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in SettleDifferenceIn) (CheckID, error) {
		l, err := lockLine(ctx, tx, in.Line)
		if err != nil {
			return 0, err
		}
		if !l.Open() {
			return 0, errs.E(errs.Blocked, "check.error.settled")
		}
		c := &Check{}
		c.ID = l.Check
		if err := tx.Lock(ctx, c); err != nil {
			return 0, err
		}
		if in.Settled == Corrected {
			if err := corrected(ctx, tx, c, l); err != nil {
				return 0, err
			}
		}
		l.Settled, l.How, l.SettledOn, l.SettledBy = in.Settled, in.How, tx.Today().String(), tx.Actor().Account
		if err := tx.Update(ctx, l); err != nil {
			return 0, err
		}
		c.Unsettled--
		return c.ID, tx.Update(ctx, c)
	},
})

// corrected refuses to call the file mended while it says what it said when the difference was found.
func corrected(ctx context.Context, tx op.Tx, c *Check, l *CheckLine) error {
	h, _, err := lock(ctx, tx, c.Household)
	if err != nil {
		return err
	}
	files, err := Files(ctx, tx, tx.Today().String(), h)
	if err != nil {
		return err
	}
	looked, err := LinesOfCheck(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	shelf := files[h.ID].OnShelf()
	at := slices.IndexFunc(shelf, func(p FiledPaper) bool { return l.Item != 0 && p.Item == l.Item })
	var f errs.Fields
	switch l.Finding {
	case Missing:
		f.Check(at < 0, "settled", "check.error.unchanged.missing", l.Title)
	case Count:
		f.Check(at < 0 || shelf[at].Copies != l.Copies, "settled", "check.error.unchanged.count", l.Title, l.Copies)
	case Extra:
		added := slices.ContainsFunc(shelf, func(p FiledPaper) bool {
			return !slices.ContainsFunc(looked, func(seen CheckLine) bool { return seen.Item == p.Item })
		})
		f.Check(added, "settled", "check.error.unchanged.extra", l.Title)
	}
	return f.Err()
}

func lockLine(ctx context.Context, tx op.Tx, id CheckLineID) (*CheckLine, error) {
	l := &CheckLine{}
	l.ID = id
	return l, tx.Lock(ctx, l)
}

// PrintCheck leaves the leaf of a check's printed sheet.
var PrintCheck = op.Define("household.print_check", op.Spec[CheckID, CheckID]{
	Clauses: []string{"B5", "E5"},
	Posts:   mayRead,
	Subject: record.Self(record.By[Check, CheckID]("shelf_check")),
	Do:      func(_ context.Context, _ op.Tx, id CheckID) (CheckID, error) { return id, nil },
})
