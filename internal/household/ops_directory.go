package household

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// LineIn is a line of a directory as entered.
type LineIn struct {
	Code    string `form:"code"` // empty for a new line
	Section string `form:"section"`
	Title   string `form:"title"` // empty leaves the line out
	Need    Need   `form:"need"`
}

// NewDirectoryIn is a new version of a kind's directory.
type NewDirectoryIn struct {
	Kind      Kind
	ValidFrom string   `form:"valid_from"` // local date, today or later; empty: today
	Lines     []LineIn `form:"lines"`
}

// NewDirectory changes the directory of a kind from a day on; what was filed under a line stays under its code.
var NewDirectory = op.Define("household.new_directory", op.Spec[NewDirectoryIn, DirectoryID]{
	Clauses: []string{"D4", "E3"},
	Posts:   mayDirect,
	Check: func(in *NewDirectoryIn, _ cn.Date, f *errs.Fields) {
		f.Check(slices.Contains(Kinds, in.Kind), "kind", "error.required")
		in.check(f)
	},
	Subject: func(context.Context, op.Tx, NewDirectoryIn) (op.Subject, error) {
		return op.Subject{Kind: "directory", Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in NewDirectoryIn) (DirectoryID, error) {
		if in.ValidFrom == "" {
			in.ValidFrom = tx.Today().String()
		}
		versions, err := versionsOf(ctx, tx, in.Kind)
		if err != nil {
			return 0, err
		}
		d := &DirectoryRow{Kind: in.Kind, No: 2, ValidFrom: in.ValidFrom}
		if len(versions) > 0 {
			d.No = versions[0].No + 1
		}
		var f errs.Fields
		f.Check(in.ValidFrom >= tx.Today().String() && (len(versions) == 0 || in.ValidFrom >= versions[0].ValidFrom), "valid_from", "directory.error.past")
		if err := f.Err(); err != nil {
			return 0, err
		}
		d.ID = DirectoryID(tx.NewID())
		if err := tx.Insert(ctx, d); err != nil {
			return 0, err
		}
		for i, l := range in.Lines {
			row := &lineRow{Directory: d.ID, Code: l.Code, Seq: int64(i + 1), Section: l.Section, Title: l.Title, Need: l.Need}
			row.ID = lineID(tx.NewID())
			if row.Code == "" {
				row.Code = "own." + strconv.FormatInt(d.No, 10) + "." + strconv.Itoa(i+1)
			}
			if err := tx.Insert(ctx, row); err != nil {
				return 0, err
			}
		}
		return d.ID, nil
	},
})

func (in *NewDirectoryIn) check(f *errs.Fields) {
	kept := []LineIn{}
	for i, l := range in.Lines {
		l.Title, l.Section, l.Code = strings.TrimSpace(l.Title), strings.TrimSpace(l.Section), strings.TrimSpace(l.Code)
		at := prefixed("lines", i)
		f.Within(at+"title", l.Title, 100)
		f.Within(at+"section", l.Section, 30)
		if l.Need != Required {
			l.Need = Optional
		}
		if l.Title == "" {
			continue
		}
		twice := l.Code != "" && slices.ContainsFunc(kept, func(k LineIn) bool { return k.Code == l.Code })
		f.Check(!twice && len(l.Code) <= 40, at+"title", "directory.error.twice")
		kept = append(kept, l)
	}
	in.Lines = kept
	f.Check(len(kept) > 0, "lines.0.title", "directory.error.none")
}

// MarkLinesIn sets aside lines of a household's file, or takes that back.
type MarkLinesIn struct {
	Household ID
	Codes     []string `form:"codes"`
	Mark      Mark     `form:"mark"` // empty: taken back
	Why       string   `form:"why"`
}

// MarkLines says why papers of a household's file are not there, or that they should be.
var MarkLines = op.Define("household.mark_lines", op.Spec[MarkLinesIn, ID]{
	Clauses: []string{"D4"},
	Posts:   mayChange,
	Check: func(in *MarkLinesIn, _ cn.Date, f *errs.Fields) {
		in.Why = strings.TrimSpace(in.Why)
		f.Check(len(in.Codes) > 0, "codes", "directory.error.choose")
		f.Check(in.Mark == "" || slices.Contains(Marks, in.Mark), "mark", "error.required")
		f.Check(in.Mark != NotApplicable || in.Why != "", "why", "household.error.why")
		f.Within("why", in.Why, 200)
	},
	Subject: record.Subject(func(in MarkLinesIn) ID { return in.Household }, lock),
	Do: func(ctx context.Context, tx op.Tx, in MarkLinesIn) (ID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err != nil {
			return 0, err
		}
		directories, err := Directories(ctx, tx, tx.Today().String())
		if err != nil {
			return 0, err
		}
		for _, code := range in.Codes {
			if _, ok := directories[h.Kind].Line(code); !ok {
				return 0, errs.E(errs.NotFound, "error.not_found")
			}
		}
		return h.ID, mark(ctx, tx, h, in)
	},
})

func mark(ctx context.Context, tx op.Tx, h *Household, in MarkLinesIn) error {
	known, err := markIDs(ctx, tx, h.ID)
	if err != nil {
		return err
	}
	for _, code := range in.Codes {
		row := &MarkRow{Household: h.ID, Code: code}
		row.ID, row.Estate = known[code], h.Estate
		if err := markLine(ctx, tx, row, in); err != nil {
			return err
		}
	}
	return nil
}

func markLine(ctx context.Context, tx op.Tx, row *MarkRow, in MarkLinesIn) error {
	fresh := row.ID == 0
	if fresh {
		row.ID = markID(tx.NewID())
	} else if err := tx.Lock(ctx, row); err != nil {
		return err
	}
	row.Mark, row.Why, row.By, row.On = in.Mark, in.Why, tx.Actor().Account, tx.Today().String()
	if fresh {
		return tx.Insert(ctx, row)
	}
	return tx.Update(ctx, row)
}

// PrintCard leaves the leaf of a household's printed card 《业户资料卡》 and gives the household its label code.
var PrintCard = label.Printing("household.print_card", mayRead, lock, "B5", "D4")

// PrintDirectory is the same for its directory 《一户一档目录》.
var PrintDirectory = label.Printing("household.print_directory", mayRead, lock, "B5", "D4")
