package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migration is one forward step of the schema: plain SQL for both engines, with words for the three things they
// spell differently: {{blob}}, {{text}} (bytewise order on both) and {{rowless}} (a table that is its primary key).
// A BIGINT that is alone the primary key becomes SQLite's own row number: one tree less to write, and only numbers fit.
type Migration struct {
	Version int64 // 14 digits, unique over all rooms
	Name    string
	Text    string
}

// Migrations reads migrations/<14 digits>_<name>.sql of each room. Two with one version are refused.
func Migrations(rooms ...fs.FS) ([]Migration, error) {
	var all []Migration
	for _, room := range rooms {
		files, err := fs.Glob(room, "migrations/*.sql")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			m, err := readMigration(room, file)
			if err != nil {
				return nil, err
			}
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b Migration) int { return int(min(1, max(-1, a.Version-b.Version))) })
	for i := 1; i < len(all); i++ {
		if all[i].Version == all[i-1].Version {
			return nil, fmt.Errorf("db: %s and %s have one version", all[i-1].Name, all[i].Name)
		}
	}
	return all, nil
}

func readMigration(room fs.FS, file string) (Migration, error) {
	raw, err := fs.ReadFile(room, file)
	if err != nil {
		return Migration{}, err
	}
	digits, _, _ := strings.Cut(path.Base(file), "_")
	version, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || len(digits) != 14 {
		return Migration{}, fmt.Errorf("db: %s: a migration's name begins with 14 digits", file)
	}
	return Migration{Version: version, Name: path.Base(file), Text: string(raw)}, nil
}

// ErrNewer says that a newer program has migrated this database.
var ErrNewer = errors.New("db: the database is newer than this program")

// migrate brings the schema up to date, in order, under a lock on PostgreSQL (on SQLite the data folder has one owner).
func migrate(ctx context.Context, pool *sql.DB, engine Engine, all []Migration) error {
	steps := make([]*goose.Migration, len(all))
	for i, m := range all {
		text := m.render(engine)
		steps[i] = goose.NewGoMigration(m.Version, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}}, nil)
	}
	opts := []goose.ProviderOption{goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	if len(steps) == 0 {
		return nil
	}
	provider, err := goose.NewProvider(dialect, pool, nil, opts...)
	if err != nil {
		return err
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	if last := all[len(all)-1].Version; have > last {
		return fmt.Errorf("%w (schema %d, program %d)", ErrNewer, have, last)
	}
	_, err = provider.Up(ctx)
	return err
}

func (m Migration) render(engine Engine) string {
	if engine == Postgres {
		return strings.NewReplacer("{{blob}}", "BYTEA", "{{text}}", `TEXT COLLATE "C"`, "{{rowless}}", "").Replace(m.Text)
	}
	text := strings.NewReplacer("{{blob}}", "BLOB", "{{text}}", "TEXT", "{{rowless}}", "WITHOUT ROWID").Replace(m.Text)
	return rowNumber.ReplaceAllString(text, "INTEGER${1} PRIMARY KEY")
}

var rowNumber = regexp.MustCompile(`\bBIGINT(\s+NOT\s+NULL)?\s+PRIMARY\s+KEY\b`)
