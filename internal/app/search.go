package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/search"
)

// derivedDir holds what is made from the data, is never backed up and may be deleted while the program stands (design §7).
const derivedDir = "derived"

// searching is the search index and whoever keeps it up.
type searching struct {
	*search.Index
	stop func()
	own  *db.DB // its file; nil where it lies in the database
}

func openSearch(ctx context.Context, o Options, d *op.Door, sources []search.Source) (*searching, error) {
	x := &searching{}
	place := d.DB
	if d.DB.Engine() == db.SQLite {
		var err error
		if x.own, err = openDerived(ctx, filepath.Join(o.Data, derivedDir, "search.db")); err != nil {
			return nil, err
		}
		place = x.own
	}
	var err error
	x.Index, err = search.Open(ctx, search.Config{Data: d.DB, Own: place, Keys: d.Vault, Sources: sources, Log: o.Log})
	if err != nil {
		return nil, errors.Join(err, x.closeFile())
	}
	d.OnCommit(func(access.EstateID) { x.Wake() })
	following, cancel := context.WithCancel(context.WithoutCancel(ctx))
	over := make(chan struct{})
	go func() { x.Follow(following); close(over) }()
	x.stop = func() { cancel(); <-over }
	return x, nil
}

// openDerived opens a derived file; one that cannot be opened is thrown away, since it can be made again.
func openDerived(ctx context.Context, file string) (*db.DB, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, db.Config{File: file}, nil)
	if err == nil {
		return d, nil
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if e := os.Remove(file + end); e != nil && !errors.Is(e, fs.ErrNotExist) {
			return nil, errors.Join(err, e)
		}
	}
	return db.Open(ctx, db.Config{File: file}, nil)
}

// close ends the following, then closes the file.
func (x *searching) close() error {
	x.stop()
	return x.closeFile()
}

func (x *searching) closeFile() error {
	if x.own == nil {
		return nil
	}
	return x.own.Close()
}
