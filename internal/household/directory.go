package household

import (
	"slices"

	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
)

// Need says whether every file of a kind has a paper.
type Need string

// The needs: ● and ○ of the form.
const (
	Required Need = "required"
	Optional Need = "optional" // where it applies
)

// DirectoryID names a version of a directory.
type DirectoryID int64

// DirectoryRow is a version of the directory 《一户一档目录》 of a kind of household, from a day on (D4). It is the
// company's: every estate keeps its files alike.
type DirectoryRow struct {
	bun.BaseModel `bun:"table:household_directory,alias:directory"`
	evidence.Row[DirectoryID]
	Kind      Kind   `bun:"kind"`
	No        int64  `bun:"no"`
	ValidFrom string `bun:"valid_from"`
}

type lineID int64

// lineRow is a line of a stored directory.
type lineRow struct {
	bun.BaseModel `bun:"table:household_directory_line,alias:line"`
	evidence.Row[lineID]
	Directory DirectoryID `bun:"directory"`
	Code      string      `bun:"code"`
	Seq       int64       `bun:"seq"`
	Section   string      `bun:"section,nullzero"`
	Title     string      `bun:"title"`
	Need      Need        `bun:"need"`
}

// Line is one paper, or one bundle of papers, that a file of a kind may hold. Its code never changes; papers are filed under it.
type Line struct {
	Code    string
	Section string // heading above it
	Title   string
	Need    Need
}

// copied are the codes of papers whose originals stay with their holders: a file has copies, compared with them (E2).
var copied = []string{"identity", "title", "permits"}

// Copied reports a line whose papers are copies as a rule.
func (l Line) Copied() bool { return slices.Contains(copied, l.Code) }

// Directory is the lines of a kind as they hold from a day on.
type Directory struct {
	Kind      Kind
	No        int64  // 1 is the one the program brings
	ValidFrom string // empty: from the beginning
	Lines     []Line
}

// Line is the directory's line of a code.
func (d Directory) Line(code string) (Line, bool) {
	i := slices.IndexFunc(d.Lines, func(l Line) bool { return l.Code == code })
	if i < 0 {
		return Line{}, false
	}
	return d.Lines[i], true
}

// Mark is an exception to a line in one household's file; without one the line is judged by the papers filed alone.
type Mark string

// The marks.
const (
	NotApplicable Mark = "not_applicable" // 不适用, with the reason
	Expected      Mark = "expected"       // 应补: it applies here although the directory leaves it open
	LostLongAgo   Mark = "lost_long_ago"  // 历史缺失: from before the company kept files (realities 7)
)

// Marks lists the marks in the order they are offered.
var Marks = []Mark{NotApplicable, LostLongAgo, Expected}

type markID int64

// MarkRow is a mark on a line of a household's file.
type MarkRow struct {
	bun.BaseModel `bun:"table:household_mark,alias:mark"`
	evidence.Row[markID]
	Household ID     `bun:"household"`
	Code      string `bun:"code"`
	Mark      Mark   `bun:"mark,nullzero"` // empty: taken back
	Why       string `bun:"why,nullzero"`
	By        int64  `bun:"marked_by"`
	On        string `bun:"marked_on"` // local date
}
