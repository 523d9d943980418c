package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/vault"
)

// CopyOptions say what is copied where.
type CopyOptions struct {
	Data string
	Dest string // empty or not there yet
	Keys string // where the key store goes, on another medium; empty: it is not copied
}

// CopyReport is what a copy holds.
type CopyReport struct {
	Files    int              `json:"files"`
	Bytes    int64            `json:"bytes"`
	Scans    int              `json:"scans"`
	Keys     bool             `json:"keys"`
	Verified *evidence.Report `json:"verified"`
}

// Copy makes a consistent copy of a data folder beside a running program, or without one: the database as it was at one
// moment, then the scans it refers to, which are never changed, and the signed checkpoints. The copy is verified before it
// returns. The key store goes to a place of its own, since who has both can read everything (reliability §4). The authority
// that encrypts connections goes with the keys, never with the data: who has it can pose as this server, and a restored
// installation gets on without it, though every computer then has to trust a new one.
func Copy(ctx context.Context, o CopyOptions) (*CopyReport, error) {
	for _, dir := range []string{o.Dest, o.Keys} {
		if dir != "" && within(o.Data, dir) {
			return nil, errs.E(errs.Blocked, "copy.error.within", dir, o.Data)
		}
		if err := emptyFolder(dir); err != nil {
			return nil, err
		}
	}
	release, err := lease(o.Data)
	if err != nil {
		return nil, err
	}
	defer func() { _ = release() }()
	r := &CopyReport{}
	file := filepath.Join(o.Data, databaseFile)
	// The copy's indexes are made anew of its tables: what is wrong with those of the original is seen in the original only.
	flaws, _, err := db.IntegrityOf(ctx, db.Config{File: file})
	if err != nil {
		return nil, err
	}
	if err := db.CopyFile(ctx, file, filepath.Join(o.Dest, databaseFile)); err != nil {
		return nil, err
	}
	if err := r.count(filepath.Join(o.Dest, databaseFile)); err != nil {
		return nil, err
	}
	for _, name := range []string{blobsDir, highWaterDir, identityFile} {
		if err := r.tree(ctx, filepath.Join(o.Data, name), filepath.Join(o.Dest, name), name == blobsDir); err != nil {
			return nil, err
		}
	}
	if o.Keys != "" {
		if err := r.keys(ctx, o); err != nil {
			return nil, err
		}
	}
	if r.Verified, err = Verify(ctx, VerifyOptions{Data: o.Dest}); err != nil {
		return nil, err
	}
	for _, f := range flaws {
		r.Verified.Add(evidence.FlawFinding(f))
	}
	if r.Verified.Clean() {
		noteCopy(o.Data, (clock.System{}).Now())
	}
	return r, nil
}

// keys copies the key store. It is copied after the database, so that it has every key the copy needs.
func (r *CopyReport) keys(ctx context.Context, o CopyOptions) error {
	if err := db.CopyFile(ctx, filepath.Join(o.Data, vault.KeysFile), filepath.Join(o.Keys, vault.KeysFile)); err != nil {
		return err
	}
	r.Keys = true
	if err := r.tree(ctx, filepath.Join(o.Data, encryptionDir), filepath.Join(o.Keys, encryptionDir), false); err != nil {
		return err
	}
	return r.file(filepath.Join(o.Data, vault.MasterFile), filepath.Join(o.Keys, vault.MasterFile))
}

// tree copies a file, or a folder with everything in it.
func (r *CopyReport) tree(ctx context.Context, from, to string, scans bool) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == from {
			return nil // an installation without scans or checkpoints yet
		}
		if err != nil || entry.IsDir() {
			return errors.Join(err, ctx.Err())
		}
		within, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if scans {
			r.Scans++
		}
		return r.file(path, filepath.Join(to, within))
	})
}

// file copies one file so that it is on disk.
func (r *CopyReport) file(from, to string) (err error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a draft that was finished or given up meanwhile
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(out, in)
	r.Files, r.Bytes = r.Files+1, r.Bytes+n
	return errors.Join(err, out.Sync(), out.Close())
}

func (r *CopyReport) count(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	r.Files, r.Bytes = r.Files+1, r.Bytes+info.Size()
	return nil
}

// within reports whether a path lies in a folder, or is it.
func within(folder, path string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// emptyFolder makes a folder, and refuses one that has something in it.
func emptyFolder(dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return errs.E(errs.Blocked, "copy.error.not_empty", dir)
	}
	return nil
}
