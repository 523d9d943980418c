// Package vault is the key store: who owns a secret fact, and the key it lies under (reliability §4).
//
// Every encrypted value belongs to an Owner: a party, a volume, an accounting year, or the system. Each owner has a
// random key, wrapped under the installation's master key and kept in a file of its own (keys.db), which is never part
// of an ordinary backup: erase the key and every copy of the value, on any disk, is unreadable.
// It may import db (to open its file) and errs. It also keeps the log's signing key and derives keyed hashes.
// Always true: a key is on disk before the first value sealed with it leaves Seal.
package vault

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/mod/sumdb/note"

	"hudang/internal/platform/db"
	"hudang/internal/platform/disk"
)

// Class is the kind of thing that owns a key, and so the moment its facts may die.
type Class string

// The classes of design §5.
const (
	Party  Class = "party"           // identity papers, contacts, bank numbers
	Volume Class = "volume"          // pages, recognised text, item notes
	Year   Class = "accounting-year" // payer's name on receipts
	System Class = "system"          // what names nobody; ID is the estate, 0 the company
)

// Owner is whose key a value lies under.
type Owner struct {
	Class Class
	ID    int64
}

// String is the owner's stable name, bound into every sealed value.
func (o Owner) String() string { return string(o.Class) + ":" + strconv.FormatInt(o.ID, 10) }

// ErrNoKey says that an owner's key was destroyed, or never was: the value cannot be read by anybody.
var ErrNoKey = errors.New("vault: key destroyed or unknown")

const cached = 20_000 // owner keys held in memory at most; about 2 MiB

// Store is an open key store. It is safe for concurrent use.
type Store struct {
	file   *sql.DB
	find   *sql.Stmt // the wrapped key of an owner; prepared, for an import asks for hundreds of thousands
	master []byte
	macKey []byte
	signer note.Signer
	vkey   string
	name   string

	lost func(error)

	mu   sync.Mutex
	keys map[Owner][]byte
	macs sync.Map // purpose → its key; purposes are constants of the program
}

// The files of a key store: the wrapped keys, and the key they are wrapped under.
const (
	KeysFile   = "keys.db"
	MasterFile = "master.key"
)

const schema = `
CREATE TABLE IF NOT EXISTS vault_meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vault_key (class TEXT NOT NULL, id INTEGER NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (class, id)) WITHOUT ROWID;`

const findKey = `SELECT wrapped FROM vault_key WHERE class = ? AND id = ?`

// Open opens keys.db in a folder with the master key of master.key beside it, making both on the first day.
// A store whose master key is missing is refused: a new master key could open nothing.
func Open(ctx context.Context, dir string) (*Store, error) {
	file := filepath.Join(dir, KeysFile)
	_, statErr := os.Stat(file)
	master, err := masterKey(filepath.Join(dir, MasterFile), errors.Is(statErr, os.ErrNotExist))
	if err != nil {
		return nil, err
	}
	pool, err := db.File(file)
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	s := &Store{file: pool, master: master, keys: map[Owner][]byte{}}
	if _, err = pool.ExecContext(ctx, schema); err == nil {
		s.find, err = pool.PrepareContext(ctx, findKey)
	}
	if err == nil {
		err = s.identity(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("vault: %w", err), pool.Close())
	}
	return s, nil
}

// Look opens a key store for reading only, beside the program that has it open: for those who verify. One that is not there
// is an error, and nothing is made.
func Look(ctx context.Context, dir string) (*Store, error) {
	master, err := masterKey(filepath.Join(dir, MasterFile), false)
	if err != nil {
		return nil, err
	}
	pool, err := db.LookInto(filepath.Join(dir, KeysFile))
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	s := &Store{file: pool, master: master, keys: map[Owner][]byte{}}
	s.find, err = pool.PrepareContext(ctx, findKey)
	if err == nil {
		err = s.identity(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("vault: %w", err), pool.Close())
	}
	return s, nil
}

// OnLost has f called when keys could not be made durable because the disk failed: an fsync error is final, and nothing
// may be written beside it any more. Composition says so before the store is used.
func (s *Store) OnLost(f func(error)) { s.lost = f }

// Close closes the file.
func (s *Store) Close() error { return s.file.Close() }

func masterKey(file string, firstDay bool) ([]byte, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) && firstDay {
		text = []byte(base64.StdEncoding.EncodeToString(random(chacha20poly1305.KeySize)) + "\n")
		err = disk.Write(file, text, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: master key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != chacha20poly1305.KeySize {
		return nil, fmt.Errorf("vault: %s is not a master key", file)
	}
	return key, nil
}

// identity loads what the installation is known by, making it on the first day.
func (s *Store) identity(ctx context.Context) error {
	name, err := s.meta(ctx, "installation", func() []byte { return fmt.Appendf(nil, "%x", random(8)) })
	if err != nil {
		return err
	}
	s.name = string(name)
	if s.macKey, err = s.meta(ctx, "mac", func() []byte { return random(32) }); err != nil {
		return err
	}
	pair, err := s.meta(ctx, "signer", func() []byte {
		skey, vkey, err := note.GenerateKey(rand.Reader, "hudang/"+s.name)
		if err != nil {
			panic(err) // only for a failing reader, and this one ends the program itself
		}
		return []byte(skey + "\n" + vkey)
	})
	if err != nil {
		return err
	}
	skey, vkey, _ := strings.Cut(string(pair), "\n")
	s.vkey = vkey
	s.signer, err = note.NewSigner(skey)
	return err
}

// meta reads a secret of the installation, unwrapped; it makes it when it is missing.
func (s *Store) meta(ctx context.Context, name string, make func() []byte) ([]byte, error) {
	var wrapped []byte
	err := s.file.QueryRowContext(ctx, `SELECT value FROM vault_meta WHERE name = ?`, name).Scan(&wrapped)
	if errors.Is(err, sql.ErrNoRows) {
		value := make()
		wrapped = seal(s.master, []byte("meta:"+name), value)
		if _, err = s.file.ExecContext(ctx, `INSERT INTO vault_meta (name, value) VALUES (?, ?)`, name, wrapped); err != nil {
			return nil, err
		}
		return value, s.settle(ctx)
	}
	if err != nil {
		return nil, err
	}
	value, err := open(s.master, []byte("meta:"+name), wrapped)
	if err != nil {
		return nil, fmt.Errorf("master.key does not fit this key store: %w", err)
	}
	return value, nil
}

// Noted reports whether something was noted here as done once and for all.
func (s *Store) Noted(ctx context.Context, what string) (bool, error) {
	var sealed []byte
	err := s.file.QueryRowContext(ctx, `SELECT value FROM vault_meta WHERE name = ?`, "done: "+what).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err == nil {
		_, err = open(s.master, []byte("meta:done: "+what), sealed)
	}
	return err == nil, err
}

// Note notes it.
func (s *Store) Note(ctx context.Context, what string) error {
	_, err := s.meta(ctx, "done: "+what, func() []byte { return []byte{1} })
	return err
}

// Installation is the random name of this installation, part of every log's origin.
func (s *Store) Installation() string { return s.name }

// Signer signs checkpoints of the log.
func (s *Store) Signer() note.Signer { return s.signer }

// VerifierKey is the public half of Signer, as an outsider keeps it (C2SP signed note).
func (s *Store) VerifierKey() string { return s.vkey }

// Seal encrypts a value for an owner, bound to what it belongs to (bind, e.g. the operation's id). An owner's first
// value makes his key, durably.
func (s *Store) Seal(ctx context.Context, o Owner, bind, plain []byte) ([]byte, error) {
	if err := s.Ensure(ctx, o); err != nil {
		return nil, err
	}
	key, err := s.key(ctx, o)
	if err != nil {
		return nil, err
	}
	return seal(key, additional(o, bind), plain), nil
}

// Open decrypts a value. ErrNoKey when the owner's key is gone.
func (s *Store) Open(ctx context.Context, o Owner, bind, sealed []byte) ([]byte, error) {
	key, err := s.key(ctx, o)
	if err != nil {
		return nil, err
	}
	return open(key, additional(o, bind), sealed)
}

// fewKeys are looked for one by one before any is made; more are made straight away, unless they are there: an import makes
// the keys of everybody in its file, and nearly all are new.
const fewKeys = 8

// Ensure makes the keys that these owners lack, all in one durable step.
func (s *Store) Ensure(ctx context.Context, owners ...Owner) error {
	missing := s.unknown(owners)
	if len(missing) <= fewKeys {
		var err error
		if missing, err = s.without(ctx, missing); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		return nil
	}
	made, err := s.insert(ctx, missing)
	if err != nil {
		if db.LostDisk(err) && s.lost != nil {
			s.lost(err)
		}
		return fmt.Errorf("vault: %w", err)
	}
	for o, key := range made { // on disk by now
		s.keep(o, key)
	}
	return nil
}

// unknown are the owners whose keys are not in memory.
func (s *Store) unknown(owners []Owner) (unknown []Owner) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range owners {
		if s.keys[o] == nil {
			unknown = append(unknown, o)
		}
	}
	return unknown
}

// without are the owners that have no key.
func (s *Store) without(ctx context.Context, owners []Owner) (without []Owner, err error) {
	for _, o := range owners {
		if _, err := s.key(ctx, o); errors.Is(err, ErrNoKey) {
			without = append(without, o)
		} else if err != nil {
			return nil, err
		}
	}
	return without, nil
}

// insert makes keys and gives those that are the owners' now: another hand may have been faster.
func (s *Store) insert(ctx context.Context, owners []Owner) (map[Owner][]byte, error) {
	tx, err := s.file.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	stmt, err := tx.PrepareContext(ctx, `INSERT INTO vault_key (class, id, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	made := make(map[Owner][]byte, len(owners))
	for _, o := range owners {
		key := random(chacha20poly1305.KeySize)
		res, err := stmt.ExecContext(ctx, string(o.Class), o.ID, seal(s.master, additional(o, nil), key))
		if err != nil {
			return nil, err
		}
		if n, err := res.RowsAffected(); err != nil {
			return nil, err
		} else if n == 1 {
			made[o] = key
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	return made, s.settle(ctx)
}

// settle brings what was just written from the write-ahead file into keys.db itself: people take keys.db and master.key into the
// safe by hand while the program runs, and a keys.db without the file beside it would lack every key made since the start.
func (s *Store) settle(ctx context.Context) error {
	_, err := s.file.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	return err
}

func (s *Store) key(ctx context.Context, o Owner) ([]byte, error) {
	s.mu.Lock()
	key, ok := s.keys[o]
	s.mu.Unlock()
	if ok {
		return key, nil
	}
	var wrapped []byte
	err := s.find.QueryRowContext(ctx, string(o.Class), o.ID).Scan(&wrapped)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	if key, err = open(s.master, additional(o, nil), wrapped); err != nil {
		return nil, err
	}
	s.keep(o, key)
	return key, nil
}

// keep holds a key in memory.
func (s *Store) keep(o Owner, key []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.keys) >= cached {
		clear(s.keys)
	}
	s.keys[o] = key
}

// MAC is a keyed hash for one purpose: equal inputs give equal hashes, and without the key store nobody can try out
// phone or identity numbers against it (reliability §3: never a bare hash of either). Parts are length-prefixed.
func (s *Store) MAC(purpose string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, s.macKeyFor(purpose))
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write(part)
	}
	return h.Sum(nil)
}

func (s *Store) macKeyFor(purpose string) []byte {
	if key, ok := s.macs.Load(purpose); ok {
		return key.([]byte)
	}
	key, err := hkdf.Key(sha256.New, s.macKey, nil, purpose, sha256.Size)
	if err != nil {
		panic(err) // only for a wrong length, which is a constant here
	}
	s.macs.Store(purpose, key)
	return key
}

func additional(o Owner, bind []byte) []byte { return append([]byte(o.String()+"\x00"), bind...) }

// seal is XChaCha20-Poly1305 with a random nonce in front.
func seal(key, additional, plain []byte) []byte {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err) // only for a wrong key length, which every caller fixes
	}
	nonce := random(aead.NonceSize())
	return aead.Seal(nonce, nonce, plain, additional)
}

func open(key, additional, sealed []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, errors.New("vault: sealed value too short")
	}
	return aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], additional)
}

// random never fails: the runtime ends the program when the system has no randomness.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
