package imports

import (
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/evidence"
)

// Fate is what became of a row of a file: written, joined with another, set aside, or waiting for an answer.
type Fate string

// The fates of entries; those of rows set aside are fateAside with the kind.
const (
	FateNew     Fate = "new"     // a unit or a household was made of it
	FateChanged Fate = "changed" // it completed what was registered
	FateMoved   Fate = "moved"   // it began the household that followed the one registered
	FateSame    Fate = "same"    // registered so already
	FateJoined  Fate = "joined"  // an earlier row of the file speaks of the same
	FateKept    Fate = "kept"    // other people are registered, and were left
	FateHeld    Fate = "held"    // waits for an answer
	FateRefused Fate = "refused" // could not be taken
	FateEmpty   Fate = "empty"
)

const fateAside = "aside."

// harmless are rows set aside that tell of nobody.
var harmless = []roster.AsideKind{roster.AsideTitle, roster.AsideHeader, roster.AsideRepeated, roster.AsideSection, roster.AsideTotal}

// Fates lists the fates in the order they are offered.
var Fates = func() []Fate {
	all := []Fate{FateNew, FateChanged, FateMoved, FateJoined, FateSame, FateHeld, FateRefused, FateKept}
	for _, k := range roster.AsideKinds {
		all = append(all, fateAside+Fate(k))
	}
	return append(all, FateEmpty)
}()

// Key is the key of the fate's name in the catalogue.
func (f Fate) Key() string {
	if kind, aside := strings.CutPrefix(string(f), fateAside); aside {
		return roster.AsideKind(kind).Key()
	}
	return "import.fate." + string(f)
}

// Aside reports a row that is no entry of a list: a head, a sum, an empty one.
func (f Fate) Aside() bool { return f == FateEmpty || strings.HasPrefix(string(f), fateAside) }

// waits reports a fate that leaves something to be done.
func (f Fate) waits() bool { return f == FateHeld || f == FateRefused || f == FateKept }

// Line is what became of a row of an import's file. Lines are many and never change, so they are no evidential rows: a fateRow
// binds a thousand of them.
type Line struct {
	bun.BaseModel `bun:"table:household_import_line,alias:line"`
	ID            int64           `bun:"id,pk" json:"-"`
	Import        ID              `bun:"import" json:"-"`
	Estate        access.EstateID `bun:"estate" json:"-"`
	N             int64           `bun:"n"`
	Sheet         string          `bun:"sheet"`
	Row           int64           `bun:"row_no"`
	Upto          int64           `bun:"upto"`
	Part          string          `bun:"part"`
	Fate          Fate            `bun:"fate"`
	Room          string          `bun:"room,nullzero"`
	Unit          estate.UnitID   `bun:"unit,nullzero"`
	Household     household.ID    `bun:"household,nullzero"`
	Other         household.ID    `bun:"other,nullzero"`
	Joined        string          `bun:"joined,nullzero"`
	Adds          string          `bun:"adds,nullzero"`
	Problem       string          `bun:"problem,nullzero"`
	Args          string          `bun:"args,nullzero"`
	Problems      int64           `bun:"problems"`
	By            int64           `bun:"by_account,nullzero"`
	Said          string          `bun:"said,nullzero"`
	Sealed        []byte          `bun:"sealed,nullzero"`

	text  string // to be sealed: what the row says, as far as it went nowhere else
	Keeps bool   `bun:"-" json:"-"` // has it
}

// Rows are the numbers of the rows it stands for: 12, or 45–60 of empty ones.
func (l *Line) Rows() string {
	if l.Upto > l.Row {
		return strconv.FormatInt(l.Row, 10) + "–" + strconv.FormatInt(l.Upto, 10)
	}
	return strconv.FormatInt(l.Row, 10)
}

type fateID int64

// fateRow binds some lines of an import: that they are as they were written is seen by their hash.
type fateRow struct {
	bun.BaseModel `bun:"table:household_import_fate,alias:fate"`
	evidence.Row[fateID]
	Import ID     `bun:"import"`
	Start  int64  `bun:"start"`
	Lines  int64  `bun:"lines"`
	Hash   []byte `bun:"hash"`
}

// outcome is what a piece of the writing did to a unit or a household of the file.
type outcome struct {
	Verdict Verdict      `json:"v"`
	ID      int64        `json:"id,omitempty"` // of the unit or household; 0 for none
	Why     string       `json:"why,omitempty"`
	Args    []any        `json:"args,omitempty"`
	Differs []Difference `json:"d,omitempty"`
	Others  []unwritten  `json:"o,omitempty"`
	Written bool         `json:"w,omitempty"` // of a move: carried out
}

// fate is what a unit or a household as such came to.
func (o outcome) fate() Fate {
	switch o.Verdict {
	case New:
		return FateNew
	case Changed:
		return FateChanged
	case Moved:
		if o.Written {
			return FateMoved
		}
		return FateKept
	case Held:
		return FateHeld
	case Refused:
		return FateRefused
	}
	return FateSame
}

// strength orders fates: of several things a row is about the strongest fate is the row's.
var strength = map[Fate]int{FateSame: 1, FateChanged: 2, FateNew: 3, FateMoved: 4, FateKept: 5, FateHeld: 6, FateRefused: 7}

func stronger(a, b Fate) Fate {
	if strength[b] > strength[a] {
		return b
	}
	return a
}

// maskOf is a text of a roster as anybody may see it: numbers masked as everywhere, what tells of a person's life not at all.
func maskOf(f roster.Field, text string) string {
	switch f {
	case roster.Phone, roster.OwnerPhone, roster.TenantPhone, roster.Landline, roster.EmergencyPhone:
		return maskNumber(text, cn.MaskPhone)
	case roster.ID, roster.OwnerID, roster.TenantID, roster.USCC:
		return maskNumber(text, cn.MaskID)
	case roster.Birth, roster.Email, roster.Door, roster.Remark, roster.Family, roster.Parking:
		return hidden
	}
	return clipped(text, 60)
}

const hidden = "····"

// maskNumber masks a number; what a mask would show as it is, is hidden.
func maskNumber(text string, mask func(string) string) string {
	if m := mask(text); m != text && len(m) <= 24 {
		return m
	}
	return hidden
}

func clipped(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
