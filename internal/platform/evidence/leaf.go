package evidence

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/bits"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
)

// Result is how an operation ended.
type Result byte

// The results. Field errors leave no leaf.
const (
	Done          Result = 1 // committed
	RefusedPost   Result = 2 // the person holds no post that may
	RefusedObject Result = 3 // not this object, or not in this state for him
	RefusedRule   Result = 4 // a written rule refuses; the payload names the clause
)

const (
	leafVersion = 1
	nameSize    = 48
	postSize    = 24
	// LeafSize is the size of every leaf in bytes.
	LeafSize = 1 + 5*8 + 8 + 1 + nameSize + postSize + 32 + 2*(4+32)
)

// Leaf is one operation in the log. It holds no personal data: ids, times, names of operations, and hashes.
type Leaf struct {
	Log      access.EstateID // whose log: an estate's, or the company's
	Index    int64           // from 0, without gaps
	Op       int64           // the operation's id, also on every row it touched
	At       int64           // µs UTC
	Actor    int64           // account; 0 for the program and for nobody
	Subject  int64           // id of the object the operation was about
	Result   Result
	Name     string    // the operation, e.g. estate.change_unit
	Post     string    // the post that allowed it
	Token    tlog.Hash // SHA-256 of the idempotency token
	Touched  Root      // over the rows
	Payloads Root      // over the commitments of the encrypted parts
}

// Root is a Merkle root with the number of its entries.
type Root struct {
	Count uint32
	Hash  tlog.Hash
}

// Encode is the leaf's canonical form: fixed order, fixed widths, big endian (golden vectors: testdata/leaf.txt).
func (l Leaf) Encode() ([]byte, error) {
	b := make([]byte, 0, LeafSize)
	b = append(b, leafVersion)
	for _, v := range []int64{int64(l.Log), l.Index, l.Op, l.At, l.Actor, l.Subject} {
		b = putInt(b, v)
	}
	b = append(b, byte(l.Result))
	for _, text := range []struct {
		value string
		width int
	}{{l.Name, nameSize}, {l.Post, postSize}} {
		if len(text.value) > text.width || bytes.IndexByte([]byte(text.value), 0) >= 0 {
			return nil, fmt.Errorf("evidence: %q does not fit a leaf", text.value)
		}
		b = append(b, text.value...)
		b = append(b, make([]byte, text.width-len(text.value))...)
	}
	b = append(b, l.Token[:]...)
	for _, root := range []Root{l.Touched, l.Payloads} {
		b = append(b, byte(root.Count>>24), byte(root.Count>>16), byte(root.Count>>8), byte(root.Count))
		b = append(b, root.Hash[:]...)
	}
	return b, nil
}

// DecodeLeaf reads Encode's form, and nothing else: every other byte string is an error.
func DecodeLeaf(b []byte) (Leaf, error) {
	if len(b) != LeafSize || b[0] != leafVersion {
		return Leaf{}, fmt.Errorf("evidence: not a leaf of version %d", leafVersion)
	}
	c := &cursor{rest: b[1:]}
	l := Leaf{Log: access.EstateID(c.int()), Index: c.int(), Op: c.int(), At: c.int(), Actor: c.int(), Subject: c.int()}
	l.Result = Result(c.byte())
	var ok [2]bool
	l.Name, ok[0] = unpad(c.take(nameSize))
	l.Post, ok[1] = unpad(c.take(postSize))
	copy(l.Token[:], c.take(tlog.HashSize))
	for _, root := range []*Root{&l.Touched, &l.Payloads} {
		root.Count = c.short()
		copy(root.Hash[:], c.take(tlog.HashSize))
	}
	if !ok[0] || !ok[1] || l.Result < Done || l.Result > RefusedRule {
		return Leaf{}, fmt.Errorf("evidence: leaf is not canonical")
	}
	return l, c.end()
}

// LeafNo is a leaf's number as prints carry it: its log and its index.
func LeafNo(log access.EstateID, index int64) string {
	return strconv.FormatInt(int64(log), 36) + "/" + strconv.FormatInt(index, 10)
}

// unpad strips the zeros behind a text; false when something stands behind them.
func unpad(b []byte) (string, bool) {
	text, rest, _ := bytes.Cut(b, []byte{0})
	return string(text), len(bytes.Trim(rest, "\x00")) == 0
}

// merkle is the RFC 6962 root of a list of record hashes, kept as the roots of complete subtrees, the largest first.
type merkle struct {
	size  int64
	peaks []tlog.Hash
}

// add appends a record's hash and reports every hash that became final, in tlog's stored order.
func (m *merkle) add(h tlog.Hash, stored func(tlog.Hash)) {
	stored(h)
	for n := m.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(m.peaks[len(m.peaks)-1], h)
		m.peaks = m.peaks[:len(m.peaks)-1]
		stored(h)
	}
	m.peaks = append(m.peaks, h)
	m.size++
}

// root is the tree's hash; zero for an empty tree.
func (m *merkle) root() tlog.Hash {
	if len(m.peaks) == 0 {
		return tlog.Hash{}
	}
	root := m.peaks[len(m.peaks)-1]
	for i := len(m.peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(m.peaks[i], root)
	}
	return root
}

// head is the root as a checkpoint has it: of an empty log it is the hash of nothing (RFC 6962).
func (m *merkle) head() tlog.Hash {
	if m.size == 0 {
		return sha256.Sum256(nil)
	}
	return m.root()
}

func (m *merkle) asRoot() Root { return Root{uint32(m.size), m.root()} }

func (m *merkle) encode() []byte {
	b := make([]byte, 0, len(m.peaks)*tlog.HashSize)
	for _, p := range m.peaks {
		b = append(b, p[:]...)
	}
	return b
}

func decodeMerkle(size int64, b []byte) (merkle, error) {
	if size < 0 || len(b) != bits.OnesCount64(uint64(size))*tlog.HashSize {
		return merkle{}, fmt.Errorf("evidence: a tree of %d leaves does not have %d bytes of peaks", size, len(b))
	}
	m := merkle{size: size}
	for ; len(b) > 0; b = b[tlog.HashSize:] {
		m.peaks = append(m.peaks, tlog.Hash(b[:tlog.HashSize]))
	}
	return m, nil
}

// ignore is the stored callback of those who only want a root.
func ignore(tlog.Hash) {}
