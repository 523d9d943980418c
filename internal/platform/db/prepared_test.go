package db

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// Statements that are kept, dropped for newer ones and asked by several at once answer as plain ones do.
func TestPrepared_AnswersAsPlain(t *testing.T) {
	pool, err := sql.Open("sqlite", sqliteDSN(filepath.Join(t.TempDir(), "kept.db"), nil))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	pool.SetMaxOpenConns(readers)
	if _, err := pool.Exec(`CREATE TABLE thing (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO thing VALUES (1, 7), (2, 8)`); err != nil {
		t.Fatal(err)
	}
	p := newPrepared(pool)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 3 * statementsKept {
				want := i % (statementsKept + 50) // more texts than are kept
				text := fmt.Sprintf("SELECT n + %d FROM thing WHERE id = ?", want)
				for range 3 {
					if err := answers(t.Context(), p, text, want+7); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	if n := p.order.Len(); n != statementsKept || len(p.texts) != n {
		t.Errorf("%d statements in order, %d by text, want %d", n, len(p.texts), statementsKept)
	}
	if _, err := p.QueryContext(t.Context(), "SELECT nothing FROM thing"); err == nil {
		t.Error("a statement that is wrong was answered")
	}
	last := p.order.Front().Next().Value.(*known)
	if _, err := pool.Exec(`UPDATE thing SET n = 100 WHERE id = 1; ALTER TABLE thing ADD COLUMN more INTEGER`); err != nil || last.stmt == nil {
		t.Fatal("the statement asked last is not kept", err)
	}
	var plus int
	if _, err := fmt.Sscanf(last.text, "SELECT n + %d", &plus); err != nil {
		t.Fatal(err)
	}
	if err := answers(t.Context(), p, last.text, plus+100); err != nil {
		t.Error("after the table changed:", err)
	}
}

// answers asks about the first thing.
func answers(ctx context.Context, p *prepared, text string, want int) error {
	outer, err := p.QueryContext(ctx, text, 1)
	if err != nil {
		return err
	}
	defer outer.Close()
	var n int
	if !outer.Next() {
		return fmt.Errorf("%s: no row: %w", text, outer.Err())
	}
	if err := outer.Scan(&n); err != nil || n != want {
		return fmt.Errorf("%s = %d, want %d: %w", text, n, want, err)
	}
	return nil
}
