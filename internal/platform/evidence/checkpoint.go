package evidence

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/disk"
)

// Checkpoint is the head of a log at one size (C2SP tlog-checkpoint, no extension lines).
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// Log is whose log it is the head of.
func (c Checkpoint) Log() access.EstateID {
	log, _ := parseSize(c.Origin[strings.LastIndexByte(c.Origin, '/')+1:])
	return access.EstateID(log)
}

// Text is the checkpoint as it is signed.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ParseCheckpoint reads Text's form.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] == "" {
		return Checkpoint{}, errors.New("evidence: not a checkpoint")
	}
	size, ok := parseSize(lines[1])
	if !ok {
		return Checkpoint{}, errors.New("evidence: checkpoint without a size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil || root.String() != lines[2] { // base64 has more than one form of the last bits
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

// Notes lists every remembered signed note, oldest first for each log. A tail torn by a power cut is no note, even where its
// end reached the disk and what stands before it did not: that reads as zeros.
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
	notes, _, err := splitNotes(file)
	return notes, err
}

// splitNotes also tells where the last whole note ends.
func splitNotes(file string) (notes []string, end int64, err error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	notes = strings.Split(string(raw), noteEnd)
	torn := notes[len(notes)-1]
	notes = notes[:len(notes)-1]
	if last := len(notes) - 1; last >= 0 && strings.HasPrefix(notes[last], "\x00") {
		torn = notes[last] + noteEnd + torn
		notes = notes[:last]
	}
	return notes, int64(len(raw) - len(torn)), nil
}

// remember appends a note durably, in place of a torn one.
func (h HighWater) remember(log access.EstateID, signed []byte) error {
	if err := os.MkdirAll(h.Dir, 0o700); err != nil {
		return err
	}
	_, end, err := splitNotes(h.file(log))
	if err != nil {
		return err
	}
	f, err := os.OpenFile(h.file(log), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = cutAt(f, end)
	if err == nil {
		_, err = f.WriteAt([]byte(string(signed)+noteEnd), end)
	}
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil || end > 0 {
		return err
	}
	return errors.Join(disk.SyncFolder(h.Dir), disk.SyncFolder(filepath.Dir(h.Dir))) // the first note: the names must be on disk too
}

// cutAt takes a torn tail away, durably: what is written there next must not be mixed with it by another power cut.
func cutAt(f *os.File, end int64) error {
	info, err := f.Stat()
	if err != nil || info.Size() == end {
		return err
	}
	return errors.Join(f.Truncate(end), f.Sync())
}

// begin remembers, before a log's first leaf, that the log is there: from its first moment on it has a mark, so that one that
// has none has lost it.
func (l *Log) begin(log access.EstateID) error {
	if l.high.Dir == "" {
		return nil
	}
	notes, err := readNotes(l.high.file(log))
	if err != nil || len(notes) > 0 {
		return err
	}
	_, err = l.sign(l.high, log, &merkle{})
	return err
}

// sign makes a note of a tree and remembers it.
func (l *Log) sign(high HighWater, log access.EstateID, tree *merkle) (string, error) {
	signed, err := note.Sign(&note.Note{Text: Checkpoint{l.Origin(log), tree.size, tree.head()}.Text()}, l.vault.Signer())
	if err != nil {
		return "", err
	}
	return string(signed), high.remember(log, signed)
}

// ErrUnmarked says that a log has lost its mark: nobody can say any more how long it was, until somebody answers for it.
var ErrUnmarked = errors.New("evidence: the log has no high-water mark; a manager has to accept it as it is")

// Unmarked are the logs that have leaves and no mark, each as it stands now.
func (l *Log) Unmarked(ctx context.Context, q db.Querier) (lost []Checkpoint, err error) {
	if l.high.Dir == "" {
		return nil, nil
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log, size int64
		var peaks []byte
		if err := rows.Scan(&log, &size, &peaks); err != nil {
			return err
		}
		notes, err := readNotes(l.high.file(access.EstateID(log)))
		if err != nil || len(notes) > 0 {
			return err
		}
		tree, err := decodeMerkle(size, peaks)
		lost = append(lost, Checkpoint{l.Origin(access.EstateID(log)), size, tree.head()})
		return err
	}, `SELECT log, size, peaks FROM evidence_head WHERE size > 0 ORDER BY log`)
	return lost, err
}

// Missing are the logs of a database that have leaves and no mark here.
func (h HighWater) Missing(ctx context.Context, q db.Querier) (lost []access.EstateID, err error) {
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log int64
		if err := rows.Scan(&log); err != nil {
			return err
		}
		notes, err := readNotes(h.file(access.EstateID(log)))
		if len(notes) == 0 {
			lost = append(lost, access.EstateID(log))
		}
		return err
	}, `SELECT log FROM evidence_head WHERE size > 0 ORDER BY log`)
	return lost, err
}

// Mark signs a log that has lost its mark, as it stands now. Only after somebody has answered for it, by an operation.
func (l *Log) Mark(ctx context.Context, q db.Querier, log access.EstateID) error {
	notes, err := readNotes(l.high.file(log))
	if err != nil || len(notes) > 0 {
		return err
	}
	return db.Rows(ctx, q, func(rows *sql.Rows) error {
		var size int64
		var peaks []byte
		if err := rows.Scan(&size, &peaks); err != nil {
			return err
		}
		tree, err := decodeMerkle(size, peaks)
		if err == nil {
			_, err = l.sign(l.high, log, &tree)
		}
		return err
	}, headOf, int64(log))
}

// ErrNotExtension says that a log does not continue what was signed before: the database was changed behind the
// program's back, or an older copy of it was put in place.
var ErrNotExtension = errors.New("evidence: the log does not extend the last signed checkpoint")

// Cut signs a checkpoint of every log that has grown since its last one, and returns the new notes. A log that does not
// extend what was signed before is an error, but does not keep the others from being signed.
func (l *Log) Cut(ctx context.Context, q db.Querier, high HighWater) ([]string, error) {
	q, end, err := db.Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	defer end()
	heads, err := high.logs()
	if err != nil {
		return nil, err
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error {
		var log, size int64
		var peaks []byte
		if err := rows.Scan(&log, &size, &peaks); err != nil {
			return err
		}
		tree, err := decodeMerkle(size, peaks)
		heads[access.EstateID(log)] = tree
		return err
	}, `SELECT log, size, peaks FROM evidence_head`)
	if err != nil {
		return nil, err
	}
	var cut []string
	var wrong []error
	for _, log := range slices.Sorted(maps.Keys(heads)) {
		signed, err := l.cut(ctx, q, high, log, heads[log])
		if err != nil {
			wrong = append(wrong, fmt.Errorf("log %s: %w", l.Origin(log), err))
		} else if signed != "" {
			cut = append(cut, signed)
		}
	}
	return cut, errors.Join(wrong...)
}

// logs are the logs the folder remembers, each with an empty tree: one that the database no longer has is noticed.
func (h HighWater) logs() (map[access.EstateID]merkle, error) {
	files, err := filepath.Glob(filepath.Join(h.Dir, "*.txt"))
	logs := map[access.EstateID]merkle{}
	for _, file := range files {
		if log, ok := parseSize(strings.TrimSuffix(filepath.Base(file), ".txt")); ok {
			logs[access.EstateID(log)] = merkle{}
		}
	}
	return logs, err
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
		if tree.size == last.Size && tree.head() == last.Root {
			return "", nil
		}
		if err := extends(ctx, q, log, tree, last); err != nil || last.Origin != l.Origin(log) {
			return "", errors.Join(ErrNotExtension, err)
		}
	} else if tree.size == 0 {
		return "", nil
	} else if high == l.high {
		return "", ErrUnmarked
	}
	return l.sign(high, log, &tree)
}

// extends proves, as an outsider would, that a tree continues the one of a checkpoint.
func extends(ctx context.Context, q db.Querier, log access.EstateID, tree merkle, last Checkpoint) error {
	if tree.size <= last.Size {
		return fmt.Errorf("it has %d leaves, signed were %d", tree.size, last.Size)
	}
	if last.Size == 0 { // every log extends the one that had not begun
		return nil
	}
	proof, err := tlog.ProveTree(tree.size, last.Size, storedHashes(ctx, q, log))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.size, tree.head(), last.Size, last.Root)
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

// storedHashes reads the tree's nodes from the table: each stands with the leaf that completed it, in the order of its
// level. Who relies on one checks it: by a proof, or by recomputing.
func storedHashes(ctx context.Context, q db.Querier, log access.EstateID) tlog.HashReader {
	return tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, 0, len(at))
		for _, pos := range at {
			level, n := tlog.SplitStoredHashIndex(pos)
			leaf := (n+1)<<level - 1
			err := db.Rows(ctx, q, func(rows *sql.Rows) error {
				var nodes []byte
				if err := rows.Scan(&nodes); err != nil || len(nodes) < (level+1)*tlog.HashSize {
					return errors.Join(errShort, err)
				}
				hashes = append(hashes, tlog.Hash(nodes[level*tlog.HashSize:][:tlog.HashSize]))
				return nil
			}, `SELECT nodes FROM evidence_leaf WHERE log = ? AND pos = ?`, int64(log), leaf)
			if err != nil {
				return nil, err
			}
		}
		if len(hashes) != len(at) {
			return nil, fmt.Errorf("evidence: %d of %d hashes are missing", len(at)-len(hashes), len(at))
		}
		return hashes, nil
	})
}
