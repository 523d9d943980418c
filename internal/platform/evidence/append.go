package evidence

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

// Migrations are the tables of the log.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Entry is what one operation adds to a log.
type Entry struct {
	Leaf     Leaf // without Index, Touched and Payloads, which Append finds
	Touched  []Touched
	Payloads []Payload
	Reason   string // kept with every part, so that a row's history can show it
}

// Payload is something the operation said besides the rows it changed: its input, its output.
type Payload struct {
	Owner vault.Owner
	Name  string // in, out, or the room's own word
	Value any    // to JSON
}

// Log appends leaves and reads them back; it seals what they say.
type Log struct {
	vault *vault.Store
	high  HighWater // where checkpoints are remembered; without a folder none is asked for
}

// NewLog makes the log over a key store.
func NewLog(v *vault.Store) *Log { return &Log{vault: v} }

// Keep says where checkpoints are remembered: from then on no log begins without its mark there. Composition says so before
// the log is used.
func (l *Log) Keep(high HighWater) { l.high = high }

// Fingerprint tells the key that signs the log, as it stands on what is printed.
func (l *Log) Fingerprint() string { return Fingerprint(l.vault.VerifierKey()) }

// Origin is the name of an estate's log in checkpoints.
func (l *Log) Origin(log access.EstateID) string { return Origin(l.vault.Installation(), log) }

// Origin is hudang/<installation>/<estate>; estate 0 is the company's own log.
func Origin(installation string, log access.EstateID) string {
	return fmt.Sprintf("hudang/%s/%d", installation, log)
}

// Append writes an entry's leaf, touched rows and payload into the operation's transaction and returns the leaf.
// The lock of the log is taken here, last of all the operation's locks (door.md 2).
func (l *Log) Append(ctx context.Context, s *db.Session, e Entry) (Leaf, error) {
	parts, err := l.seal(ctx, e)
	if err != nil {
		return Leaf{}, err
	}
	leaf := e.Leaf
	if err := s.Lock(ctx, int64(leaf.Log)); err != nil {
		return Leaf{}, err
	}
	var size int64
	var peaks []byte
	known, err := s.One(ctx, headOf, []any{int64(leaf.Log)}, &size, &peaks)
	if err != nil {
		return Leaf{}, err
	}
	if !known {
		if err := l.begin(leaf.Log); err != nil {
			return Leaf{}, err
		}
	}
	tree, err := decodeMerkle(size, peaks)
	if err != nil {
		return Leaf{}, err
	}
	leaf.Index = tree.size
	leaf.Touched, leaf.Payloads = touchedRoot(e.Touched), partsRoot(parts)
	raw, err := leaf.Encode()
	if err != nil {
		return Leaf{}, err
	}
	var nodes []byte
	tree.add(tlog.RecordHash(raw), func(h tlog.Hash) { nodes = append(nodes, h[:]...) })
	if err := s.Send(ctx, `INSERT INTO evidence_leaf (log, pos, op, leaf, nodes) VALUES (?, ?, ?, ?, ?)`,
		int64(leaf.Log), leaf.Index, leaf.Op, raw, nodes); err != nil {
		return Leaf{}, err
	}
	head := `INSERT INTO evidence_head (size, peaks, log) VALUES (?, ?, ?)`
	if known {
		head = `UPDATE evidence_head SET size = ?, peaks = ? WHERE log = ?`
	}
	if err := s.Send(ctx, head, tree.size, tree.encode(), int64(leaf.Log)); err != nil {
		return Leaf{}, err
	}
	rows := make([][]any, 0, len(e.Touched))
	for i, t := range e.Touched {
		rows = append(rows, []any{t.Table, t.Row, t.Version, int64(leaf.Log), leaf.Index, int64(i), t.digest()})
	}
	if err := insert(ctx, s, `INSERT INTO evidence_touched (tbl, row, version, log, leaf, seq, digest) VALUES `, rows); err != nil {
		return Leaf{}, err
	}
	rows = rows[:0]
	for i, p := range parts {
		rows = append(rows, []any{int64(leaf.Log), leaf.Index, int64(i), string(p.owner.Class), p.owner.ID, p.commitment, p.sealed})
	}
	return leaf, insert(ctx, s, `INSERT INTO evidence_part (log, leaf, seq, owner_class, owner_id, commitment, sealed) VALUES `, rows)
}

// How many rows go into one statement: a statement costs more than a row does, and each number of rows is a statement of
// its own to be kept prepared. A receipt gained nothing from more than 8; an import, whose pieces write hundreds of rows
// of a table, does, for SQLite keeps the pages that a statement changes until its end.
const fewRows, manyRows = 8, 64

// insert writes rows several at a time.
func insert(ctx context.Context, s *db.Session, into string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), fewRows)
		if len(rows) >= manyRows {
			n = manyRows
		}
		mark := "(?" + strings.Repeat(", ?", len(rows[0])-1) + ")"
		if err := s.Send(ctx, into+mark+strings.Repeat(", "+mark, n-1), slices.Concat(rows[:n]...)...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

const headOf = `SELECT size, peaks FROM evidence_head WHERE log = ?`

func touchedRoot(rows []Touched) Root {
	var m merkle
	for _, t := range rows {
		m.add(touchedHash(t.Table, t.Row, t.Version, t.digest()), ignore)
	}
	return m.asRoot()
}

// part is what an operation said and changed that lies under one owner's key.
type part struct {
	owner              vault.Owner
	content            content
	commitment, sealed []byte
}

// content is the inside of a part.
type content struct {
	Reason   string
	Payloads map[string]json.RawMessage
	Images   []image
}

// image is one row before and after; the bytes are Plan.Image's.
type image struct {
	Table         string
	Row           int64
	Before, After []byte
}

const saltSize = 32

// seal groups an entry's payloads and images by owner and encrypts each group with a salt of its own.
func (l *Log) seal(ctx context.Context, e Entry) ([]part, error) {
	parts, err := group(e)
	if err != nil {
		return nil, err
	}
	owners := make([]vault.Owner, len(parts))
	for i, p := range parts {
		owners[i] = p.owner
	}
	if err := l.vault.Ensure(ctx, owners...); err != nil {
		return nil, err
	}
	for i := range parts {
		p := &parts[i]
		plain := make([]byte, saltSize, 512)
		_, _ = rand.Read(plain)
		plain = p.content.encode(plain)
		sum := sha256.Sum256(plain)
		p.commitment = sum[:]
		if p.sealed, err = l.vault.Seal(ctx, p.owner, bindTo(e.Leaf.Op), plain); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

func group(e Entry) ([]part, error) {
	var parts []part
	at := map[vault.Owner]int{}
	find := func(o vault.Owner) *content {
		i, ok := at[o]
		if !ok {
			i = len(parts)
			at[o] = i
			parts = append(parts, part{owner: o, content: content{Reason: e.Reason}})
		}
		return &parts[i].content
	}
	for _, s := range e.Payloads {
		raw, ready := s.Value.(json.RawMessage)
		if !ready {
			var err error
			if raw, err = json.Marshal(s.Value); err != nil {
				return nil, fmt.Errorf("evidence: %s: %w", s.Name, err)
			}
		}
		c := find(s.Owner)
		if c.Payloads == nil {
			c.Payloads = map[string]json.RawMessage{}
		}
		c.Payloads[s.Name] = raw
	}
	for _, t := range e.Touched {
		c := find(t.Owner)
		c.Images = append(c.Images, image{t.Table, t.Row, t.Before, t.After})
	}
	return parts, nil
}

func bindTo(op int64) []byte { return putInt(nil, op) }

func partsRoot(parts []part) Root {
	var m merkle
	for _, p := range parts {
		m.add(partHash(p.owner, p.commitment, p.sealed), ignore)
	}
	return m.asRoot()
}

// partHash is what a part contributes to its leaf's root: the commitment to what it says, which its reader can check,
// and the digest of the sealed bytes, which anybody can, without the key and after its destruction.
func partHash(o vault.Owner, commitment, sealed []byte) tlog.Hash {
	return tlog.RecordHash(partEntry(o, commitment, sealed))
}

func partEntry(o vault.Owner, commitment, sealed []byte) []byte {
	sum := sha256.Sum256(sealed)
	return putBytes(putBytes(putBytes(nil, o.String()), commitment), sum[:])
}

// encode appends the content's bytes: not JSON for the images, which are half of what is stored (door.md 4).
func (c content) encode(b []byte) []byte {
	b = putBytes(b, c.Reason)
	b = putInt(b, int64(len(c.Payloads)))
	for _, name := range slices.Sorted(maps.Keys(c.Payloads)) {
		b = putBytes(putBytes(b, name), c.Payloads[name])
	}
	b = putInt(b, int64(len(c.Images)))
	for _, im := range c.Images {
		b = putBytes(putBytes(putInt(putBytes(b, im.Table), im.Row), im.Before), im.After)
	}
	return b
}

func decodeContent(plain []byte) (content, error) {
	cur := &cursor{rest: plain}
	cur.take(saltSize)
	c := content{Reason: string(cur.bytes()), Payloads: map[string]json.RawMessage{}}
	for n := cur.int(); n > 0 && cur.err == nil; n-- {
		name := string(cur.bytes())
		c.Payloads[name] = cur.bytes()
	}
	for n := cur.int(); n > 0 && cur.err == nil; n-- {
		c.Images = append(c.Images, image{string(cur.bytes()), cur.int(), cur.bytes(), cur.bytes()})
	}
	return c, cur.end()
}

// ErrNoLeaf says that an operation left no leaf.
var ErrNoLeaf = errors.New("evidence: no such operation")

// Said reads back what an operation said about its subject, under the name it gave: the first answer to a repeated
// request. The subject's part is always the first. vault.ErrNoKey when the key is gone.
func (l *Log) Said(ctx context.Context, q db.Querier, op int64, name string, into any) (Leaf, error) {
	var leaf Leaf
	var owner vault.Owner
	var sealed []byte
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var raw []byte
		if err := rows.Scan(&raw, &owner.Class, &owner.ID, &sealed); err != nil {
			return err
		}
		var err error
		leaf, err = DecodeLeaf(raw)
		return err
	}, `SELECT l.leaf, p.owner_class, p.owner_id, p.sealed FROM evidence_leaf l
		JOIN evidence_part p ON p.log = l.log AND p.leaf = l.pos AND p.seq = 0 WHERE l.op = ?`, op)
	if err != nil {
		return leaf, err
	}
	if sealed == nil {
		return leaf, ErrNoLeaf
	}
	plain, err := l.vault.Open(ctx, owner, bindTo(op), sealed)
	if err != nil {
		return leaf, err
	}
	c, err := decodeContent(plain)
	if err != nil {
		return leaf, err
	}
	raw, ok := c.Payloads[name]
	if !ok {
		return leaf, nil
	}
	return leaf, json.Unmarshal(raw, into)
}
