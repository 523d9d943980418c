package household

import (
	"github.com/uptrace/bun"

	"hudang/internal/archive"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/vault"
)

// CheckID names a check of a household's shelf.
type CheckID int64

// Check is a household's file held against what lies on the shelf, signed by who looked (D4, E5).
type Check struct {
	bun.BaseModel `bun:"table:household_check,alias:shelf"`
	evidence.Row[CheckID]
	Household ID     `bun:"household"`
	On        string `bun:"checked_on"` // local date
	By        int64  `bun:"checked_by"`
	Papers    int64  `bun:"papers"`    // looked for
	Wrong     int64  `bun:"wrong"`     // differences found
	Unsettled int64  `bun:"unsettled"` // of those, not settled yet
}

// Ref points at a check.
func (id CheckID) Ref() ref.Ref { return ref.Ref{Kind: "shelf_check", ID: int64(id)} }

// Path is the address of a check's page.
func (id CheckID) Path() string { return "/shelf-checks/" + ref.Text(id) }

// CheckPath is the address of the page on which a household's shelf is checked.
func (id ID) CheckPath() string { return id.Path() + "/check" }

// Finding is what was found of a paper.
type Finding string

// The findings. All but There are differences.
const (
	There   Finding = "there"
	Missing Finding = "missing"
	Count   Finding = "count" // there, but another number of copies
	Extra   Finding = "extra" // on the shelf, not in the file
)

// Findings lists the findings of a paper looked for, in the order they are offered.
var Findings = []Finding{There, Missing, Count}

// Settlement is what became of a difference.
type Settlement string

// The settlements.
const (
	Found     Settlement = "found"     // it turned up
	Corrected Settlement = "corrected" // the file was wrong, and says it right now
	Reported  Settlement = "reported"  // it is lost, and that was reported (E9)
)

// Settlements lists the settlements in the order they are offered.
var Settlements = []Settlement{Found, Corrected, Reported}

// CheckLineID names a line of a check.
type CheckLineID int64

// CheckLine is one paper of a check.
type CheckLine struct {
	bun.BaseModel `bun:"table:household_check_line,alias:line"`
	evidence.Row[CheckLineID]
	Check     CheckID          `bun:"of_check"`
	Seq       int64            `bun:"seq"`
	Volume    archive.VolumeID `bun:"volume,nullzero"`
	Item      archive.ItemID   `bun:"item,nullzero"`
	Code      string           `bun:"code,nullzero"`
	Title     string           `bun:"title"`
	Copies    int64            `bun:"copies"`  // as the file says
	Counted   int64            `bun:"counted"` // on the shelf
	Finding   Finding          `bun:"finding"`
	Note      string           `bun:"note,nullzero"`
	Settled   Settlement       `bun:"settled,nullzero"`
	SettledOn string           `bun:"settled_on,nullzero"` // local date
	SettledBy int64            `bun:"settled_by,nullzero"`
	How       string           `bun:"how,nullzero"`
}

// Owner is the key of the volume the paper lies in: its title tells of the household.
func (l *CheckLine) Owner() vault.Owner {
	if l.Volume == 0 {
		return l.Row.Owner()
	}
	return l.Volume.Key()
}

// Differs reports a difference between file and shelf.
func (l *CheckLine) Differs() bool { return l.Finding != There }

// Open reports a difference that nobody has settled.
func (l *CheckLine) Open() bool { return l.Differs() && l.Settled == "" }

// OnShelf are the papers that should lie on a household's shelf, in the order of the directory; what belongs to no line is last.
func (f File) OnShelf() []FiledPaper {
	var all []FiledPaper
	taken := map[archive.ItemID]bool{}
	for _, l := range f.Lines {
		for _, p := range l.Papers {
			if p.Paper {
				all, taken[p.Item] = append(all, p), true
			}
		}
	}
	for _, p := range f.Papers {
		if p.Paper && !taken[p.Item] {
			all = append(all, p)
		}
	}
	return all
}

// Sheet is what somebody signs who checked a shelf: what should lie there, and what he found. Its fields and those of its lines
// never change: signatures cover them.
type Sheet struct {
	Household ID
	On        string
	Lines     []SheetLine
}

// SheetLine is a paper on the sheet.
type SheetLine struct {
	Item            archive.ItemID
	Title           string
	Copies, Counted int64
	Finding         Finding
	Note            string
}

// SheetOf is the sheet of a check, made of its rows: what its signature covers.
func SheetOf(c *Check, lines []CheckLine) Sheet {
	s := Sheet{Household: c.Household, On: c.On}
	for _, l := range lines {
		s.Lines = append(s.Lines, SheetLine{l.Item, l.Title, l.Copies, l.Counted, l.Finding, l.Note})
	}
	return s
}
