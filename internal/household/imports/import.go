package imports

import (
	"embed"
	"encoding/json"

	"github.com/uptrace/bun"

	"hudang/internal/household/roster"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/vault"
)

// ID names an import.
type ID int64

// State is how far an import is.
type State string

// The states.
const (
	Open      State = "open"      // being mapped and mended
	Running   State = "running"   // being written
	Done      State = "done"      // written
	Undoing   State = "undoing"   // being taken back
	Undone    State = "undone"    // taken back
	Discarded State = "discarded" // given up before it was written
)

// Import is one file on its way into an estate.
type Import struct {
	bun.BaseModel `bun:"table:household_import,alias:import"`
	evidence.Row[ID]
	File    string `bun:"file"`           // its name
	Bytes   int64  `bun:"bytes"`          // its size
	Hash    []byte `bun:"hash"`           // keyed, of its content: the same file again is noticed
	State   State  `bun:"state"`          //
	Moves   Moves  `bun:"moves"`          // what to do where a unit's owner is another person than registered
	Uploads int64  `bun:"uploads"`        // µs UTC of the upload
	By      int64  `bun:"by_account"`     // who uploaded it
	Job     int64  `bun:"job,nullzero"`   // that writes it, or takes it back
	Units   int64  `bun:"units,nullzero"` // made, once done; likewise the rest
	Changed int64  `bun:"changed,nullzero"`
	Opened  int64  `bun:"opened,nullzero"` // households
	People  int64  `bun:"people,nullzero"`
	Mapped  int64  `bun:"mapped_by,nullzero"` // who said last how its tables are read
	Unread  string `bun:"unread,nullzero"`    // JSON: columns that did not go in
}

// Moves says what becomes of a household whose people are all others than the roster's.
type Moves string

// The choices.
const (
	MovesLeave    Moves = "leave"    // leave it as registered, and say so
	MovesTransfer Moves = "transfer" // close it and open the next one's, as of the day of the import
)

// Owner is a key of the import's own: with it go the file and what was answered.
func (i *Import) Owner() vault.Owner { return keyOf(i.ID) }

// keyOf is the import's key; it lies among the volumes', as a file of papers does.
func keyOf(id ID) vault.Owner { return vault.Owner{Class: vault.Volume, ID: int64(id)} }

// Path is the address of the import's page.
func (id ID) Path() string { return "/imports/" + ref.Text(id) }

const kindImport = "import"

// Ref points at the import.
func (id ID) Ref() ref.Ref { return ref.Ref{Kind: kindImport, ID: int64(id)} }

// UnreadColumns are the columns of a written file that did not go in.
func (i *Import) UnreadColumns() (all []roster.Unread) {
	_ = json.Unmarshal([]byte(i.Unread), &all) // written by Finish; of earlier imports nothing is known
	return all
}

// UnreadIn are the columns of a file that do not go in.
func UnreadIn(plan *roster.Plan) (all []roster.Unread) {
	for i := range plan.Tables {
		if t := &plan.Tables[i]; !t.Mapping.Options.Skip {
			all = append(all, t.Unread()...)
		}
	}
	return all
}

// files are the package's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
