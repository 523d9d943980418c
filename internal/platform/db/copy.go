package db

import (
	"context"
	"database/sql"
	"errors"
	"os"
)

// CopyFile writes a consistent copy of a SQLite file to a new one, beside whoever is writing to it: what was committed when
// it began, and nothing later. The copy is on disk when it returns; dest must not exist.
func CopyFile(ctx context.Context, file, dest string) (err error) {
	if _, err := os.Stat(file); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", sqliteDSN(file, []string{"mode=ro"}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if _, err := pool.ExecContext(ctx, "VACUUM INTO ?", dest); err != nil {
		return err
	}
	return synced(dest)
}

func synced(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
