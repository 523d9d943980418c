package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sheet"
)

// company is the whole program with so many flats, its people brought in by the import, and somebody signed in.
type company struct {
	app     *app.App
	rows    int
	only    string // pages with this in their name are measured
	manager access.Actor
	cookies []*http.Cookie
}

// middle is the flat that stands for all. It is none that the desk writes about.
func (c *company) middle() int { return c.rows/2 + 1 }

const builtMark = "built" // in the data folder, once the company is complete

// openCompany opens the company in a folder, and builds it where it is not there yet or not complete.
func openCompany(ctx context.Context, dir, database string, rows int, only string) (*company, error) {
	mark := filepath.Join(dir, builtMark)
	_, err := os.Stat(mark)
	there := err == nil
	if !there {
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
	}
	began := time.Now()
	a, err := app.Open(ctx, app.Options{Data: dir, Database: database})
	if err != nil {
		return nil, err
	}
	c := &company{app: a, rows: rows, only: only}
	fmt.Fprintf(os.Stderr, "%s opened in %v\n", dir, time.Since(began).Round(time.Millisecond))
	if err := c.signIn(ctx); err != nil {
		return c, err
	}
	if !there {
		if err := c.build(ctx); err != nil {
			return c, err
		}
		if err := os.WriteFile(mark, nil, 0o600); err != nil {
			return c, err
		}
	}
	return c, c.settled(ctx)
}

// signIn hires the manager where he is not there yet, and signs him in as his browser would.
func (c *company) signIn(ctx context.Context) error {
	const login = "bench"
	c.manager = access.Actor{Name: login, Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}}
	id, err := c.app.Accounts.ByLogin(ctx, login)
	if err == nil && id == 0 {
		var hired op.Result[account.ID]
		hired, err = op.Run(access.With(ctx, access.ProgramActor()), c.app.Door, account.AddAccount, account.AddAccountIn{Login: login, Name: login, Grants: c.manager.Grants})
		id = hired.Out
	}
	if err != nil {
		return err
	}
	c.manager.Account = int64(id)
	secret, err := c.app.Accounts.NewLink(ctx, id)
	if err != nil {
		return err
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/enter/"+secret, strings.NewReader(url.Values{}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c.app.Handler.ServeHTTP(w, r)
	if c.cookies = w.Result().Cookies(); len(c.cookies) == 0 {
		return fmt.Errorf("signing in: %d without a cookie", w.Code)
	}
	return nil
}

// get opens a page; part asks for what the search box asks while somebody types.
func (c *company) get(path, part string) (*httptest.ResponseRecorder, error) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	if part != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", part)
	}
	c.app.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return w, fmt.Errorf("%s: %d", path, w.Code)
	}
	return w, nil
}

func (c *company) as(ctx context.Context) context.Context { return access.With(ctx, c.manager) }

// imported is what the import of a file cost.
type imported struct {
	rows             int
	bare, dry, whole time.Duration // whole: from the upload to the last row written, the dry run included
	heap             uint64
	desk             times // the desk's own operation meanwhile
}

// build imports the flats, one file of at most an estate's for each estate, and tells what it cost.
func (c *company) build(ctx context.Context) error {
	for from := 0; from < c.rows; from += flatsOfEstate {
		made, err := op.Run(c.as(ctx), c.app.Door, estate.CreateEstate, estate.CreateEstateIn{Name: fmt.Sprintf("澜庭花园%02d", from/flatsOfEstate+1)})
		if err != nil {
			return err
		}
		data, err := roster(from, min(c.rows, from+flatsOfEstate))
		if err != nil {
			return err
		}
		cost, err := c.bringIn(ctx, made.Out, data, min(c.rows, from+flatsOfEstate)-from)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d | %.1f s | %.1f s | %.1f s | %.0f× | %d MiB | %.0f / %.0f ms |\n", c.app.Door.DB.Engine(), cost.rows, cost.bare.Seconds(), cost.dry.Seconds(),
			cost.whole.Seconds(), cost.whole.Seconds()/cost.bare.Seconds(), cost.heap>>20, cost.desk.at(0.5).Seconds()*1000, cost.desk.at(0.99).Seconds()*1000)
	}
	return nil
}

// bringIn takes a file through the import as the wizard does, while the desk goes on working.
func (c *company) bringIn(ctx context.Context, e access.EstateID, data []byte, rows int) (cost imported, err error) {
	cost.rows = rows
	began := time.Now()
	if err := readBare(data); err != nil {
		return cost, err
	}
	cost.bare = time.Since(began)
	most, ended := watchMemory()
	stop := c.desk(ctx, e)
	began = time.Now()
	err = c.carryOut(ctx, e, data, &cost)
	cost.whole = time.Since(began)
	close(ended)
	var failed error
	cost.desk, failed = stop()
	cost.heap = most.Load()
	return cost, errors.Join(err, failed)
}

func readBare(data []byte) error {
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "bench.xlsx", sheet.Limits{})
	if err != nil {
		return err
	}
	for _, err := range book.Sheets()[0].Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *company) carryOut(ctx context.Context, e access.EstateID, data []byte, cost *imported) error {
	ctx = c.as(ctx)
	id, err := imports.Receive(ctx, c.app.Door, imports.UploadIn{Estate: e, File: "bench.xlsx", Data: data})
	if err != nil {
		return err
	}
	f, err := imports.Load(ctx, c.app.Door, id)
	if err != nil {
		return err
	}
	began := time.Now()
	if _, err := imports.DryRun(ctx, c.app.Door, f); err != nil {
		return err
	}
	cost.dry = time.Since(began)
	started, err := op.Run(ctx, c.app.Door, imports.Commit, id)
	if err != nil {
		return err
	}
	for {
		run, err := job.Find(ctx, c.app.Door.DB.Read(), c.manager, started.Out)
		if err != nil || run.State == job.Failed {
			return errors.Join(err, fmt.Errorf("import: %+v", run))
		}
		if !run.Open() {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// desk writes down an observation five times a second until it is stopped.
func (c *company) desk(ctx context.Context, e access.EstateID) (stop func() (times, error)) {
	ctx, cancel := context.WithCancel(c.as(ctx))
	over := make(chan struct{})
	var t times
	var failed error
	go func() {
		defer close(over)
		for failed == nil {
			select {
			case <-ctx.Done():
				return
			case <-time.After(200 * time.Millisecond):
			}
			began := time.Now()
			failed = c.noteIn(context.WithoutCancel(ctx), e)
			t.each = append(t.each, time.Since(began))
		}
	}()
	return func() (times, error) {
		cancel()
		<-over
		slices.Sort(t.each)
		return t, failed
	}
}

// noteIn writes down an observation.
func (c *company) noteIn(ctx context.Context, e access.EstateID) error {
	_, err := op.Run(c.as(ctx), c.app.Door, household.Note, household.NoteIn{Estate: e, Place: "1-1-101", Said: "门口堆放杂物"})
	return err
}

// note writes one down in the first estate.
func (c *company) note(ctx context.Context) error {
	all, err := estate.Estates(ctx, c.app.Door.DB.Read(), c.manager.Scope(household.MayRead(), access.Company))
	if err != nil {
		return err
	}
	return c.noteIn(ctx, all[0].ID)
}

// settled waits until the search index has everything, and nothing works on in the background.
func (c *company) settled(ctx context.Context) error {
	began := time.Now()
	for ctx.Err() == nil {
		w, err := c.get("/search?q="+phoneOf(c.rows-1), "found")
		if err != nil {
			return err
		}
		behind := strings.Contains(w.Body.String(), c.app.Texts.Text(i18n.Chinese, "web.search.behind"))
		used := cpu()
		time.Sleep(300 * time.Millisecond)
		if idle := cpu()-used < 15*time.Millisecond; idle && !behind && strings.Contains(w.Body.String(), "/households/") {
			fmt.Fprintf(os.Stderr, "search index there after another %v\n", time.Since(began).Round(time.Millisecond))
			return nil
		}
	}
	return ctx.Err()
}

func (c *company) close() error { return c.app.Close(context.Background()) }
