package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/db/dbtest"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/op/optest/toy"
)

// engine makes databases for measurements.
type engine struct {
	name  string
	dir   string
	stays bool // its databases outlive the run
	make  func(name string) (db.Config, error)
}

// startEngines starts a durable PostgreSQL where it is wanted and none is given: the tests' one does not fsync.
func startEngines(which, dir, server string) ([]engine, func(), error) {
	var all []engine
	shut := func() {}
	if which != "postgres" {
		all = append(all, engine{"SQLite", dir, true, func(name string) (db.Config, error) {
			return db.Config{File: filepath.Join(dir, name+".db")}, nil
		}})
	}
	if which != "sqlite" && server != "" {
		all = append(all, engine{"PostgreSQL", dir, true, func(string) (db.Config, error) { return db.Config{URL: server}, nil }})
	} else if which != "sqlite" {
		c, err := dbtest.Start("fsync=on", "synchronous_commit=on", "full_page_writes=on")
		if err != nil {
			return nil, nil, err
		}
		shut = func() { c.Stop() }
		all = append(all, engine{"PostgreSQL", dir, false, func(name string) (db.Config, error) {
			pool, err := sql.Open("pgx", c.URL)
			if err != nil {
				return db.Config{}, err
			}
			defer pool.Close()
			_, err = pool.Exec("CREATE DATABASE " + name)
			return db.Config{URL: strings.Replace(c.URL, "/postgres?", "/"+name+"?", 1)}, err
		}})
	}
	return all, shut, nil
}

// desk is a program under measurement, with a till for each cashier.
type desk struct {
	door     *op.Door
	cfg      db.Config
	tills    []toy.TillID
	accounts []toy.AccountID
	shut     func() error
}

const accounts = 500

func (e engine) desk(ctx context.Context, name string) (*desk, error) {
	cfg, err := e.make(name)
	if err != nil {
		return nil, err
	}
	keys := filepath.Join(e.dir, e.name+"-"+name+"-keys")
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return nil, err
	}
	door, shut, err := optest.Toy.Open(ctx, cfg, keys, clock.System{})
	if err != nil {
		return nil, err
	}
	d := &desk{door: door, cfg: cfg, shut: shut}
	for range 16 {
		r, err := op.Run(cashier(ctx), door, toy.OpenTill, 1)
		if err != nil {
			return nil, err
		}
		d.tills = append(d.tills, r.Out)
	}
	for range accounts {
		r, err := op.Run(cashier(ctx), door, toy.OpenAccount, 1)
		if err != nil {
			return nil, err
		}
		d.accounts = append(d.accounts, r.Out)
	}
	return d, nil
}

func cashier(ctx context.Context) context.Context {
	return optest.As(ctx, 7, 1, access.Assistant)
}

// receipt is the n-th thing a client does: six rows.
func (d *desk) receipt(client, n int) toy.TakeMoneyIn {
	return toy.TakeMoneyIn{
		Till: d.tills[client%len(d.tills)], Account: d.accounts[(client*31+n)%len(d.accounts)], Payer: "王小明",
		Items: []toy.Item{{Name: "物业服务费 2026-11", Fen: 25600}, {Name: "车位服务费 2026-11", Fen: 30000}, {Name: "垃圾清运费", Fen: 5000}},
	}
}

// take is the operation through the door, with the token every form carries.
func (d *desk) take(ctx context.Context, client, n int) error {
	_, err := op.Run(cashier(ctx), d.door, toy.TakeMoney, d.receipt(client, n), op.Token(fmt.Appendf(nil, "%s/%d/%d", d.cfg.File, client, n)))
	return err
}
