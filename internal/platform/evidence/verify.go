package evidence

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// What can be wrong. The names are stable: scripts read them, the catalogue explains them (verify.<name>).
const (
	LeafMissing    = "leaf_missing"    // an index without its leaf
	LeafChanged    = "leaf_changed"    // a leaf that is not what was hashed
	HashChanged    = "hash_changed"    // a node of the tree that its children do not give
	HeadChanged    = "head_changed"    // the head is not the tree's
	TouchedChanged = "touched_changed" // the rows a leaf names are not those it commits to
	PartChanged    = "part_changed"    // the payload's commitments are not those of the leaf
	RowChanged     = "row_changed"     // a row that its last leaf did not leave so
	RowUnknown     = "row_unknown"     // a row that no operation wrote
	RowMissing     = "row_missing"     // a row that no operation deleted
	NoteForged     = "note_forged"     // a remembered checkpoint whose signature is not ours
	LogCut         = "log_cut"         // fewer leaves than an anchor has seen
	RootChanged    = "root_changed"    // other leaves than an anchor has seen
	IndexChanged   = "index_changed"   // two readings of the touched rows differ: the file itself was edited
	TableUnknown   = "table_unknown"   // the log names a table this program does not have
	Unreadable     = "unreadable"      // a value of a kind no operation writes
	SchemaUnknown  = "schema_unknown"  // a table, index, trigger, view that this program does not have
	SchemaMissing  = "schema_missing"  // one that it has and the database lacks
	SchemaChanged  = "schema_changed"  // one that is not as the program made it
	RowHidden      = "row_hidden"      // a row that stands in its table, and an index leaves it out
	MarkMissing    = "mark_missing"    // a log whose high-water mark, outside the database, is gone
	BoundChanged   = "bound_changed"   // a row of a bound table that the program did not write so
	PaperMissing   = "paper_missing"   // a scan that is not where its row says
	PaperChanged   = "paper_changed"   // a scan whose bytes are others
	Damaged        = "damaged"         // the engine's own check says that its file is not whole
)

// Finding is one thing that does not fit.
type Finding struct {
	What   string          `json:"what"`
	Log    access.EstateID `json:"log"`
	Leaf   int64           `json:"leaf"` // -1 where none is concerned
	Table  string          `json:"table,omitempty"`
	Row    int64           `json:"row,string,omitempty"`
	Detail string          `json:"detail,omitempty"`
}

// Report is what a verification saw.
type Report struct {
	Installation string       `json:"installation"`
	Key          string       `json:"key"` // fingerprint of the key that notes were checked with
	Leaves       int64        `json:"leaves"`
	Rows         int64        `json:"rows"`
	Versions     int64        `json:"versions"`
	Papers       int64        `json:"papers"` // scans read
	Logs         []Checkpoint `json:"logs"`
	Anchors      int          `json:"anchors"`     // checkpoints compared, remembered and given
	Covered      []string     `json:"covered"`     // what was looked at
	NotCovered   []Gap        `json:"not_covered"` // what was not, and why
	Findings     []Finding    `json:"findings"`
	More         int          `json:"more,omitempty"` // findings beyond the limit, counted only
}

// Gap is something that a verification did not look at, or cannot.
type Gap struct {
	What   string `json:"what"` // stable: verify.open.<what> is its text
	Table  string `json:"table,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Parts of a verification: each is covered, or not and then with a reason.
const (
	PartSchema  = "schema"  // tables, indexes, triggers, views: compared with the program's
	PartIndexes = "indexes" // the engine's check of tables against indexes
	PartLogs    = "logs"    // every leaf, tree, payload
	PartRows    = "rows"    // every row of every evidential table
	PartPapers  = "papers"  // every scan, held against its name
	PartInside  = "inside"  // every scan, decrypted
	PartBound   = "bound"   // rows of the bound tables, by the key store
	OpenTable   = "table"   // rows of a table that carries no evidence
	OpenTaken   = "taken"   // rows taken away from a bound table, and rows of the program's own put back there
)

// Clean reports whether nothing was found.
func (r *Report) Clean() bool { return len(r.Findings) == 0 }

const maxFindings = 1000

// Add notes something that does not fit.
func (r *Report) Add(f Finding) {
	if len(r.Findings) >= maxFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

// Identity pins whose log it is; it comes from configuration, never from the data being judged.
type Identity struct {
	Installation string
	VerifierKey  string
}

// Against is what the data is held against.
type Against struct {
	Notes   []string                // signed checkpoints that the program remembers outside the database
	Marked  bool                    // each log has to have one of them
	Anchors []Anchor                // checkpoints from outside
	Schema  *Schema                 // nil: not compared
	MAC     func(row []byte) []byte // of the bound tables; nil without the key store
	NoMAC   string                  // why there is none
	Checked []string                // exempt tables that whoever asks looks at himself
}

// Verify recomputes every log, every row's digest and every root, has the engine check itself, and compares all of it with
// what it is held against. It reads one moment of the database, needs no key of content and changes nothing.
// An error means that it could not look; what is wrong with the data stands in the report.
func Verify(ctx context.Context, q db.Querier, tables *Tables, id Identity, against Against) (*Report, error) {
	q, end, err := db.Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	defer end()
	v := &verifier{q: q, tables: tables, id: id, report: &Report{Installation: id.Installation, Key: Fingerprint(id.VerifierKey)}, wanted: map[access.EstateID][]Anchor{}}
	_, _ = rand.Read(v.key[:])
	anchors := slices.Clone(against.Anchors)
	if against.Marked {
		v.marked = map[access.EstateID]bool{}
	}
	for _, signed := range against.Notes {
		c, err := OpenNote(signed, id.VerifierKey)
		if err != nil {
			v.report.Add(Finding{What: NoteForged, Leaf: -1, Detail: firstLine(signed)})
			continue
		}
		anchors = append(anchors, Anchor{Origin: c.Origin, Size: c.Size, Root: fmt.Sprintf("%x", c.Root[:])})
		if log, ok := logOf(id.Installation, c.Origin); ok && v.marked != nil {
			v.marked[log] = true
		}
	}
	if err := v.want(anchors); err != nil {
		return nil, err
	}
	if err := v.engine(ctx, against.Schema); err != nil {
		return nil, err
	}
	if err := v.bound(ctx, against); err != nil {
		return nil, err
	}
	if err := v.walk(ctx); err != nil && (v.report.Clean() || !db.Corrupt(err)) {
		return nil, err
	} else if err != nil { // what the engine's check said is why
		v.report.Miss(PartRows, "", err.Error())
	}
	return v.report, nil
}

// walk reads the logs and the rows, as far as they are where the program keeps them.
func (v *verifier) walk(ctx context.Context) error {
	for _, table := range logTables {
		if v.absent[table] {
			v.report.Miss(PartLogs, table, "")
			return nil
		}
	}
	if err := v.logs(ctx); err != nil {
		return err
	}
	v.report.Cover(PartLogs)
	if err := v.rows(ctx); err != nil {
		return err
	}
	v.report.Cover(PartRows)
	if v.byLeaf != v.byRow {
		v.report.Add(Finding{What: IndexChanged, Leaf: -1})
	}
	return nil
}

// Cover notes that something was looked at.
func (r *Report) Cover(what string) { r.Covered = append(r.Covered, what) }

// Miss notes that something was not.
func (r *Report) Miss(what, table, detail string) {
	r.NotCovered = append(r.NotCovered, Gap{what, table, detail})
}

// Anchor is a checkpoint kept outside: on a receipt, in a report, on a witness. Root is hex, at least 30 digits of it.
type Anchor struct {
	Origin string
	Size   int64
	Root   string
}

// ParseAnchors reads one anchor, or a file of them as the program itself remembers its notes.
func ParseAnchors(text, vkey string) (all []Anchor, err error) {
	for _, one := range strings.Split(text, noteEnd) {
		if strings.TrimSpace(one) == "" {
			continue
		}
		a, err := ParseAnchor(one, vkey)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("anchor: there is none in it")
	}
	return all, nil
}

// Fingerprint tells the log's key on paper: 32 hexadecimal digits of the SHA-256 of its line in identity.txt.
func Fingerprint(vkey string) string {
	sum := sha256.Sum256([]byte(vkey))
	digits := fmt.Sprintf("%x", sum[:16])
	return digits[:8] + " " + digits[8:16] + " " + digits[16:24] + " " + digits[24:]
}

// ParseAnchor reads a signed note (checked with the key), or the short form of prints: origin size root-prefix.
func ParseAnchor(text, vkey string) (Anchor, error) {
	if strings.Contains(strings.TrimSpace(text), "\n") {
		c, err := OpenNote(text, vkey)
		if err != nil {
			return Anchor{}, fmt.Errorf("anchor: %w", err)
		}
		return Anchor{c.Origin, c.Size, fmt.Sprintf("%x", c.Root[:])}, nil
	}
	fields := strings.Fields(text)
	if len(fields) != 3 {
		return Anchor{}, fmt.Errorf("anchor: want a signed note, or: origin size root")
	}
	a := Anchor{Origin: fields[0], Root: strings.ToLower(fields[2])}
	var ok bool
	if a.Size, ok = parseSize(fields[1]); !ok {
		return Anchor{}, fmt.Errorf("anchor: %q is no size", fields[1])
	}
	if len(a.Root) < 30 || len(a.Root) > 64 || strings.Trim(a.Root, "0123456789abcdef") != "" {
		return Anchor{}, fmt.Errorf("anchor: the root has 30 to 64 hexadecimal digits")
	}
	return a, nil
}

// parseSize reads a whole number in its one canonical form.
func parseSize(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == text
}

// Short is the anchor's form on prints: 32 hexadecimal digits of the root, 128 bits.
func (c Checkpoint) Short() string { return fmt.Sprintf("%s %d %x", c.Origin, c.Size, c.Root[:16]) }

type verifier struct {
	q             db.Querier
	tables        *Tables
	id            Identity
	report        *Report
	wanted        map[access.EstateID][]Anchor // by size, ascending
	key           [32]byte                     // of the multisets, made for this run
	marked        map[access.EstateID]bool     // logs of which a note is remembered; nil: not asked for
	absent        map[string]bool              // tables that are not there, or are none: not walked
	byLeaf, byRow multiset                     // the touched rows as the leaves list them, and as the rows do
	scratch       []byte
}

// each is db.Rows for data that may have been damaged: a row that cannot be scanned is a finding, and the next is read.
func (v *verifier) each(ctx context.Context, where Finding, scan func(*sql.Rows) error, query string, args ...any) error {
	return db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		if err := scan(rows); err != nil {
			where.What, where.Detail = Unreadable, err.Error()
			v.report.Add(where)
		}
		return nil
	}, query, args...)
}

// want sorts the anchors to their logs; one of a foreign installation cannot be judged here.
func (v *verifier) want(anchors []Anchor) error {
	for _, a := range anchors {
		log, ok := logOf(v.id.Installation, a.Origin)
		if !ok {
			return fmt.Errorf("anchor: %s is not a log of this installation (hudang/%s/…)", a.Origin, v.id.Installation)
		}
		v.wanted[log] = append(v.wanted[log], a)
		v.report.Anchors++
	}
	for _, list := range v.wanted {
		slices.SortFunc(list, func(a, b Anchor) int { return int(min(1, max(-1, a.Size-b.Size))) })
	}
	return nil
}

// logOf is the log that an origin names; false for one of another installation.
func logOf(installation, origin string) (access.EstateID, bool) {
	digits, ours := strings.CutPrefix(origin, "hudang/"+installation+"/")
	log, ok := parseSize(digits)
	return access.EstateID(log), ours && ok
}

// reached compares the anchors of a log that name its present size.
func (v *verifier) reached(log access.EstateID, tree *merkle) {
	list := v.wanted[log]
	for len(list) > 0 && list[0].Size == tree.size {
		if root := tree.head(); !strings.HasPrefix(fmt.Sprintf("%x", root[:]), list[0].Root) {
			v.report.Add(Finding{What: RootChanged, Log: log, Leaf: tree.size - 1, Detail: list[0].Root})
		}
		list = list[1:]
	}
	v.wanted[log] = list
}

// multiset is a sum of keyed hashes: equal for equal collections in whatever order. The key is made for each run: a sum
// of plain hashes could be steered by somebody who adds rows until it fits.
type multiset [4]uint64

func (m *multiset) add(key *[32]byte, h tlog.Hash) {
	var keyed [64]byte
	copy(keyed[:], key[:])
	copy(keyed[32:], h[:])
	sum := sha256.Sum256(keyed[:])
	for i := range m {
		m[i] += binary.LittleEndian.Uint64(sum[i*8:])
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
