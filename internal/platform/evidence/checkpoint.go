package evidence

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
)

// Checkpoint is the head of a log at one size (C2SP tlog-checkpoint, no extension lines).
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// Text is the checkpoint as it is signed.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ParseCheckpoint reads Text's form.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] == "" {
		return Checkpoint{}, errors.New("evidence: not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, errors.New("evidence: checkpoint without a size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, errors.New("evidence: checkpoint without a root")
	}
	return Checkpoint{lines[0], size, root}, nil
}

// HighWater is the folder outside the database that remembers the last checkpoint signed for each log: a signature
// over a tree that does not extend it is refused, so an old copy of the database is noticed at once.
type HighWater struct{ Dir string }

func (h HighWater) file(log access.EstateID) string {
	return filepath.Join(h.Dir, strconv.FormatInt(int64(log), 10)+".txt")
}

// Notes lists every remembered signed note, oldest first for each log. A tail torn by a power cut is no note.
func (h HighWater) Notes() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(h.Dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, file := range files {
		notes, err := readNotes(file)
		if err != nil {
			return nil, err
		}
		all = append(all, notes...)
	}
	return all, nil
}

const noteEnd = "\n=====\n" // cannot stand in a note: its lines are text, base64 or signatures

func readNotes(file string) ([]string, error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	notes := strings.Split(string(raw), noteEnd)
	return notes[:len(notes)-1], nil
}

// remember appends a note durably.
func (h HighWater) remember(log access.EstateID, signed []byte) error {
	if err := os.MkdirAll(h.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(h.file(log), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(string(signed) + noteEnd)
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// ErrNotExtension says that a log does not continue what was signed before: the database was changed behind the
// program's back, or an older copy of it was put in place.
var ErrNotExtension = errors.New("evidence: the log does not extend the last signed checkpoint")

// Cut signs a checkpoint of every log that has grown since its last one, and returns the new notes.
func (l *Log) Cut(ctx context.Context, q db.Querier, high HighWater) ([]string, error) {
	q, end, err := db.Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	defer end()
	heads := map[access.EstateID]merkle{}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log, size int64
		var peaks []byte
		if err := rows.Scan(&log, &size, &peaks); err != nil {
			return err
		}
		tree, err := decodeMerkle(size, peaks)
		heads[access.EstateID(log)] = tree
		return err
	}, `SELECT log, size, peaks FROM evidence_head ORDER BY log`)
	if err != nil {
		return nil, err
	}
	var cut []string
	for log, tree := range heads {
		signed, err := l.cut(ctx, q, high, log, tree)
		if err != nil {
			return cut, fmt.Errorf("log %s: %w", l.Origin(log), err)
		}
		if signed != "" {
			cut = append(cut, signed)
		}
	}
	return cut, nil
}

func (l *Log) cut(ctx context.Context, q db.Querier, high HighWater, log access.EstateID, tree merkle) (string, error) {
	notes, err := readNotes(high.file(log))
	if err != nil {
		return "", err
	}
	if len(notes) > 0 {
		last, err := l.openNote(notes[len(notes)-1])
		if err != nil {
			return "", err
		}
		if tree.size == last.Size && tree.root() == last.Root {
			return "", nil
		}
		if root, err := rootAt(ctx, q, log, last.Size); err != nil || tree.size < last.Size || root != last.Root {
			return "", errors.Join(ErrNotExtension, err)
		}
	}
	text := Checkpoint{l.Origin(log), tree.size, tree.root()}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, l.vault.Signer())
	if err != nil {
		return "", err
	}
	return string(signed), high.remember(log, signed)
}

func (l *Log) openNote(signed string) (Checkpoint, error) {
	return OpenNote(signed, l.vault.VerifierKey())
}

// OpenNote checks a signed checkpoint with the installation's verifier key and reads it.
func OpenNote(signed, vkey string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return Checkpoint{}, err
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, err
	}
	return ParseCheckpoint(n.Text)
}

// rootAt is a log's root when it had n leaves, from the stored hashes.
func rootAt(ctx context.Context, q db.Querier, log access.EstateID, n int64) (tlog.Hash, error) {
	if n == 0 {
		return tlog.Hash{}, nil
	}
	return tlog.TreeHash(n, tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, 0, len(at))
		for _, pos := range at {
			err := db.Rows(ctx, q, func(rows *sql.Rows) error {
				var raw []byte
				if err := rows.Scan(&raw); err != nil || len(raw) != tlog.HashSize {
					return errors.Join(errShort, err)
				}
				hashes = append(hashes, tlog.Hash(raw))
				return nil
			}, `SELECT hash FROM evidence_hash WHERE log = ? AND pos = ?`, int64(log), pos)
			if err != nil {
				return nil, err
			}
		}
		if len(hashes) != len(at) {
			return nil, fmt.Errorf("evidence: %d of %d hashes are missing", len(at)-len(hashes), len(at))
		}
		return hashes, nil
	}))
}
