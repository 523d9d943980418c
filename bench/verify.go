package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

// benchVerify builds a log of so many operations of six rows, and times verify beside hashing as many bytes as the
// whole database has.
func benchVerify(ctx context.Context, engines []engine, ops int) error {
	fmt.Println("| engine | leaves | row versions | rows | database | verify | SHA-256 of as many bytes | verify : SHA-256 | most memory in use |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, e := range engines {
		d, err := e.desk(ctx, "verify")
		if err != nil {
			return err
		}
		if err := fill(ctx, d, ops); err != nil {
			return err
		}
		if err := timeVerify(ctx, e, d); err != nil {
			return err
		}
		if err := d.shut(); err != nil {
			return err
		}
	}
	return nil
}

func fill(ctx context.Context, d *desk, ops int) error {
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for c := range 16 {
		wg.Go(func() {
			for n := c; n < ops && failed.Load() == nil; n += 16 {
				if err := d.take(ctx, c, n); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func timeVerify(ctx context.Context, e engine, d *desk) error {
	size, err := bytesOf(ctx, d.door.DB.Read())
	if err != nil {
		return err
	}
	runtime.GC()
	most, ended := watchMemory()
	id := evidence.Identity{Installation: d.door.Vault.Installation(), VerifierKey: d.door.Vault.VerifierKey()}
	start := time.Now()
	report, err := evidence.Verify(ctx, d.door.DB.Read(), d.door.Tables, id, evidence.Against{})
	took := time.Since(start)
	close(ended)
	if err != nil {
		return err
	}
	if !report.Clean() {
		return fmt.Errorf("verify found %d things wrong, first %+v", len(report.Findings), report.Findings[0])
	}
	buffer := make([]byte, 1<<20)
	start = time.Now()
	h := sha256.New()
	for done := int64(0); done < size; done += int64(len(buffer)) {
		h.Write(buffer[:min(int64(len(buffer)), size-done)])
	}
	h.Sum(nil)
	hashed := time.Since(start)
	fmt.Printf("| %s | %d | %d | %d | %d MiB | %.1f s | %.2f s | %.0f× | %d MiB |\n", e.name, report.Leaves, report.Versions, report.Rows,
		size>>20, took.Seconds(), hashed.Seconds(), took.Seconds()/hashed.Seconds(), most.Load()>>20)
	return nil
}

// watchMemory samples what the runtime holds of the system's memory, less what it gave back.
func watchMemory() (most *atomic.Uint64, ended chan struct{}) {
	most, ended = &atomic.Uint64{}, make(chan struct{})
	go func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.Sys-m.HeapReleased))
			select {
			case <-ended:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return most, ended
}

func bytesOf(ctx context.Context, q db.Querier) (size int64, err error) {
	query := `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	if q.Engine() == db.Postgres {
		query = `SELECT pg_database_size(current_database())`
	}
	err = db.Rows(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&size) }, query)
	return size, err
}
