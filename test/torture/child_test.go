//go:build linux

package torture

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
	"hudang/internal/platform/vault"
)

// What the parent tells its child.
const (
	envMode = "HUDANG_TORTURE_CHILD" // crowd, day or import
	envDir  = "HUDANG_TORTURE_DIR"
	envAcks = "HUDANG_TORTURE_ACKS" // the folder of the clients' lists; without it, one in the child's own
)

func TestMain(m *testing.M) {
	switch mode, dir := os.Getenv(envMode), os.Getenv(envDir); mode {
	case "crowd":
		os.Exit(code(crowd(context.Background(), dir)))
	case importer:
		os.Exit(code(bringIn(context.Background(), dir)))
	case "day":
		os.Exit(code(day(context.Background(), dir)))
	}
	os.Exit(m.Run())
}

func code(err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		return 1
	}
	return 0
}

// house is the program in a folder.
type house struct {
	door  *op.Door
	high  evidence.HighWater
	blobs *blob.Store
	acks  string // the folder of the clients' lists
	shut  func() error
}

func open(ctx context.Context, dir string) (*house, error) {
	acks := acksOf(dir)
	for _, folder := range []string{filepath.Join(dir, "keys"), acks} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
	door, shut, err := optest.Toy.Open(ctx, db.Config{File: filepath.Join(dir, "hudang.db")}, filepath.Join(dir, "keys"), clock.System{})
	if err != nil {
		return nil, err
	}
	place, err := blob.OpenFolder(filepath.Join(dir, "blobs"))
	if err != nil {
		return nil, errors.Join(err, shut())
	}
	return &house{door, evidence.HighWater{Dir: filepath.Join(dir, "highwater")}, blob.New(place, door.Vault), acks, shut}, nil
}

func acksOf(dir string) string {
	if acks := os.Getenv(envAcks); acks != "" {
		return acks
	}
	return filepath.Join(dir, "acks")
}

// list is what one client was told: it outlives the child, whose death no write(2) that has returned can undo.
type list struct{ file *os.File }

func (h *house) list(client string) (*list, error) {
	f, err := os.OpenFile(filepath.Join(h.acks, client), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return &list{f}, err
}

func (l *list) write(format string, args ...any) {
	if _, err := fmt.Fprintf(l.file, format+"\n", args...); err != nil {
		panic(err)
	}
}

func clerk(ctx context.Context) context.Context { return optest.As(ctx, 7, 1, access.Assistant) }

const cashiers = 5

// crowd is nine clients at once: cashiers who go on where their list ends, with the same tokens; two who write, change
// and drop notes; one who keeps scans; and one who is refused, and cuts checkpoints.
func crowd(ctx context.Context, dir string) error {
	h, err := open(ctx, dir)
	if err != nil {
		return err
	}
	tills, accounts, err := h.desks(ctx)
	if err != nil {
		return err
	}
	failed := make(chan error, 9)
	for c := range cashiers {
		go func() { failed <- h.cashier(ctx, c, tills[c], accounts) }()
	}
	for c := range 2 {
		go func() { failed <- h.writer(ctx, c) }()
	}
	go func() { failed <- h.scanner(ctx) }()
	go func() { failed <- h.auditor(ctx) }()
	fmt.Println("ready")
	return <-failed // or be killed
}

// desks are the tills and accounts, made on the first day; a day that was cut short is gone on with.
func (h *house) desks(ctx context.Context) (tills []toy.TillID, accounts []toy.AccountID, err error) {
	err = ids(ctx, h, `SELECT id FROM toy_till ORDER BY id`, &tills)
	if err == nil {
		err = ids(ctx, h, `SELECT id FROM toy_account ORDER BY id`, &accounts)
	}
	for len(tills) < cashiers && err == nil {
		var r op.Result[toy.TillID]
		r, err = op.Run(clerk(ctx), h.door, toy.OpenTill, 1)
		tills = append(tills, r.Out)
	}
	for len(accounts) < 7 && err == nil {
		var r op.Result[toy.AccountID]
		r, err = op.Run(clerk(ctx), h.door, toy.OpenAccount, 1)
		accounts = append(accounts, r.Out)
	}
	return tills, accounts, err
}

func ids[ID ~int64](ctx context.Context, h *house, query string, into *[]ID) error {
	return db.Rows(ctx, h.door.DB.Read(), func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		*into = append(*into, ID(id))
		return err
	}, query)
}

// receipt is the n-th thing a cashier does, the same on every day he tries it.
func receipt(client, n int, till toy.TillID, accounts []toy.AccountID) (toy.TakeMoneyIn, op.Option) {
	in := toy.TakeMoneyIn{Till: till, Account: accounts[(client+n)%len(accounts)], Payer: fmt.Sprintf("payer %d", n%50)}
	for i := range n%3 + 1 {
		in.Items = append(in.Items, toy.Item{Name: fmt.Sprintf("item %d", i), Fen: int64(n*10 + i)})
	}
	return in, op.Token(fmt.Appendf(nil, "cashier %d, receipt %d", client, n))
}

func (h *house) cashier(ctx context.Context, client int, till toy.TillID, accounts []toy.AccountID) error {
	name := fmt.Sprintf("cashier%d", client)
	acks, err := h.list(name)
	if err != nil {
		return err
	}
	for n := count(h.acks, name); ; n++ {
		in, token := receipt(client, n, till, accounts)
		first, err := op.Run(clerk(ctx), h.door, toy.TakeMoney, in, token)
		if err != nil {
			return err
		}
		acks.write("receipt %d %d %d %d", till, first.Out.No, first.Out.Receipt, first.Out.Total)
		if n%7 == 0 { // a double click
			again, err := op.Run(clerk(ctx), h.door, toy.TakeMoney, in, token)
			if err != nil || !again.Replayed || again.Out != first.Out {
				return fmt.Errorf("repeat of %s/%d: %+v, %v, want %+v", name, n, again, err, first)
			}
		}
	}
}

// count is how many lines a client's list has.
func count(acks, client string) int {
	raw, _ := os.ReadFile(filepath.Join(acks, client))
	return strings.Count(string(raw), "\n")
}

func (h *house) writer(ctx context.Context, client int) error {
	acks, err := h.list(fmt.Sprintf("writer%d", client))
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		// a holder never seen before: his key must be on disk before the note is
		note, err := op.Run(clerk(ctx), h.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "text", Holder: time.Now().UnixNano()})
		if err != nil {
			return err
		}
		acks.write("note %d 1", note.Out)
		if _, err := op.Run(clerk(ctx), h.door, toy.ChangeNote, toy.ChangeNoteIn{ID: note.Out, Text: "changed"}); err != nil {
			return err
		}
		acks.write("note %d 2", note.Out)
		if n%3 != client {
			continue
		}
		acks.write("dropping %d", note.Out) // from here on it may be gone
		if _, err := op.Run(clerk(ctx), h.door, toy.DropNote, note.Out); err != nil {
			return err
		}
		acks.write("dropped %d", note.Out)
	}
}

// scan is a blob as a note refers to it.
type scan struct {
	Owner vault.Owner
	blob.Blob
}

// scanner keeps scans, each first as a blob under a volume never seen before, then as a note that refers to it.
func (h *house) scanner(ctx context.Context) error {
	acks, err := h.list("scanner")
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		note, err := h.scan(ctx, n%11*1000)
		if err != nil {
			return err
		}
		acks.write("note %d 1", note)
	}
}

// scan keeps one of so many lines.
func (h *house) scan(ctx context.Context, lines int) (note toy.NoteID, err error) {
	s := scan{Owner: vault.Owner{Class: vault.Volume, ID: time.Now().UnixNano()}}
	page := bytes.Repeat([]byte("a page of the file\n"), lines)
	if s.Blob, err = h.blobs.Put(ctx, s.Owner, bytes.NewReader(page), 1<<20); err != nil {
		return 0, err
	}
	named, err := json.Marshal(s)
	if err != nil {
		return 0, err
	}
	r, err := op.Run(clerk(ctx), h.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "scan", Scan: named})
	return r.Out, err
}

func (h *house) auditor(ctx context.Context) error {
	acks, err := h.list("auditor")
	if err != nil {
		return err
	}
	who := optest.As(ctx, 9, 1, access.Auditor)
	for {
		if _, err := op.Run(who, h.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "x"}); !errs.Is(err, errs.Forbidden) {
			return fmt.Errorf("an auditor wrote a note: %w", err)
		}
		acks.write("refused")
		signed, err := h.door.Log.Cut(ctx, h.door.DB.Read(), h.high)
		if err != nil {
			return err
		}
		for _, note := range signed {
			c, err := evidence.OpenNote(note, h.door.Vault.VerifierKey())
			if err != nil {
				return err
			}
			acks.write("signed %d %s", c.Size, c.Origin)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// day is a short day done step by step, from the first start in an empty folder to closing: for failures at the N-th
// system call. An operation that is refused for want of a disk is not the end: the next is tried.
func day(ctx context.Context, dir string) error {
	h, err := open(ctx, dir)
	if err != nil {
		return err
	}
	acks, err := h.list("day")
	if err != nil {
		return err
	}
	lost := func() bool {
		select {
		case <-h.door.DB.Broken():
			return true
		default:
			return false
		}
	}
	before := false // the disk was lost before the step began
	told := func(err error, format string, args ...any) {
		switch {
		case err == nil && before:
			acks.write("WRONG: saved after the disk was lost")
		case err == nil:
			acks.write(format, args...)
		case !errs.Is(err, errs.Unavailable):
			acks.write("WRONG: %q", err)
		}
	}
	done := func(err error, format string, args ...any) {
		told(err, format, args...)
		before = lost()
	}
	tills, accounts, err := h.desks(ctx)
	if err != nil {
		done(err, "")
		return h.shut()
	}
	var wg sync.WaitGroup
	for n := range 8 {
		in, token := receipt(n%2, n, tills[n%2], accounts)
		r, err := op.Run(clerk(ctx), h.door, toy.TakeMoney, in, token)
		done(err, "receipt %d %d %d %d", in.Till, r.Out.No, r.Out.Receipt, r.Out.Total)
		note, err := op.Run(clerk(ctx), h.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: strings.Repeat("long ", 3000), Holder: int64(n + 1)})
		done(err, "note %d 1", note.Out)
		if err == nil && n%2 == 0 {
			_, err = op.Run(clerk(ctx), h.door, toy.ChangeNote, toy.ChangeNoteIn{ID: note.Out, Text: "short"})
			done(err, "note %d 2", note.Out)
		}
		if n%3 == 0 {
			note, err := h.scan(ctx, n*1000)
			done(err, "note %d 1", note)
		}
		if n%4 == 3 {
			_, err := h.door.Log.Cut(ctx, h.door.DB.Read(), h.high)
			if errors.Is(err, evidence.ErrNotExtension) {
				acks.write("WRONG: %q", err)
			}
		}
	}
	for range 4 { // and a group of writers together
		wg.Go(func() {
			note, err := op.Run(clerk(ctx), h.door, toy.AddNote, toy.AddNoteIn{Estate: 1, Text: "together"})
			told(err, "note %d 1", note.Out)
		})
	}
	wg.Wait()
	return h.shut()
}
