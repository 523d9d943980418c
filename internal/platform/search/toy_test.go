package search_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// The toy room has people with everything a box is asked for, in two tables.
const schema = `
CREATE TABLE toy_person (
  id BIGINT NOT NULL PRIMARY KEY, estate BIGINT NOT NULL, version BIGINT NOT NULL, ev_op BIGINT NOT NULL, ev_salt {{blob}} NOT NULL,
  name {{text}} NOT NULL, former {{text}} NOT NULL, room {{text}} NOT NULL, plate {{text}} NOT NULL, company {{text}} NOT NULL,
  code {{text}} NOT NULL, number {{blob}}, note {{blob}}, gone BIGINT NOT NULL, secret BIGINT NOT NULL
);
CREATE TABLE toy_phone (
  id BIGINT NOT NULL PRIMARY KEY, estate BIGINT NOT NULL, version BIGINT NOT NULL, ev_op BIGINT NOT NULL, ev_salt {{blob}} NOT NULL,
  person BIGINT NOT NULL, number {{blob}} NOT NULL, ended BIGINT NOT NULL
);`

type personID int64

type person struct {
	bun.BaseModel `bun:"table:toy_person,alias:person"`
	evidence.Row[personID]
	Name    string `bun:"name"`
	Former  string `bun:"former"` // its owner of before
	Room    string `bun:"room"`
	Plate   string `bun:"plate"`
	Company string `bun:"company"`
	Code    string `bun:"code"`
	Number  []byte `bun:"number"`
	Note    []byte `bun:"note"`
	Gone    bool   `bun:"gone"`
	Secret  bool   `bun:"secret"`
}

type phoneID int64

type phone struct {
	bun.BaseModel `bun:"table:toy_phone,alias:phone"`
	evidence.Row[phoneID]
	Person personID `bun:"person"`
	Number []byte   `bun:"number"`
	Ended  bool     `bun:"ended"`
}

// facts are what an operation writes of a person, all in clear.
type facts struct {
	ID                                                     personID // 0: a new one
	Estate                                                 access.EstateID
	Name, Former, Room, Plate, Company, Code, Number, Note string
	Secret                                                 bool
	Phones, FormerPhones                                   []string
}

func (f facts) seal(ctx context.Context, tx op.Tx, text string) []byte {
	if text == "" {
		return nil
	}
	sealed, err := tx.Seal(ctx, vault.Owner{Class: vault.System, ID: int64(f.Estate)}, nil, []byte(text))
	if err != nil {
		panic(err)
	}
	return sealed
}

func opened(ctx context.Context, keys *vault.Store, estate access.EstateID, sealed []byte) string {
	if len(sealed) == 0 || keys == nil {
		return ""
	}
	clear, err := keys.Open(ctx, vault.Owner{Class: vault.System, ID: int64(estate)}, nil, sealed)
	if err != nil {
		panic(err)
	}
	return string(clear)
}

var clerks, keepers = []access.Post{access.Assistant, access.Manager}, []access.Post{access.Custodian}

var put = op.Define("toy.put", op.Spec[facts, personID]{
	NoClause: "a test", Posts: clerks,
	Subject: func(_ context.Context, _ op.Tx, f facts) (op.Subject, error) {
		return op.Subject{Kind: "person", ID: int64(f.ID), Estate: f.Estate}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, f facts) (personID, error) {
		p := &person{}
		p.ID, p.Estate = f.ID, f.Estate
		if f.ID == 0 {
			p.ID = personID(tx.NewID())
		} else if err := tx.Lock(ctx, p); err != nil {
			return 0, err
		}
		p.Name, p.Former, p.Room, p.Plate, p.Company, p.Code, p.Secret = f.Name, f.Former, f.Room, f.Plate, f.Company, f.Code, f.Secret
		p.Number, p.Note = f.seal(ctx, tx, f.Number), f.seal(ctx, tx, f.Note)
		var rows []evidence.Record
		if f.ID == 0 {
			rows = append(rows, p)
		} else if err := tx.Update(ctx, p); err != nil {
			return 0, err
		}
		for i, n := range append(f.Phones, f.FormerPhones...) {
			row := &phone{Person: p.ID, Number: f.seal(ctx, tx, n), Ended: i >= len(f.Phones)}
			row.ID, row.Estate = phoneID(tx.NewID()), f.Estate
			rows = append(rows, row)
		}
		return p.ID, tx.Insert(ctx, rows...)
	},
})

// endPhones ends the phones of a person without touching the person.
var endPhones = op.Define("toy.end_phones", op.Spec[personID, int]{
	NoClause: "a test", Posts: clerks, Subject: ofPerson,
	Do: func(ctx context.Context, tx op.Tx, id personID) (int, error) {
		var rows []phone
		if err := tx.Select(&rows).Where("person = ?", id).Scan(ctx); err != nil {
			return 0, err
		}
		for i := range rows {
			if err := tx.Lock(ctx, &rows[i]); err != nil {
				return 0, err
			}
			rows[i].Ended = true
			if err := tx.Update(ctx, &rows[i]); err != nil {
				return 0, err
			}
		}
		return len(rows), nil
	},
})

var drop = op.Define("toy.drop", op.Spec[personID, int]{
	NoClause: "a test", Posts: clerks, Subject: ofPerson,
	Do: func(ctx context.Context, tx op.Tx, id personID) (int, error) {
		p := &person{}
		p.ID = id
		if err := tx.Lock(ctx, p); err != nil {
			return 0, err
		}
		return 1, tx.Delete(ctx, p)
	},
})

func ofPerson(ctx context.Context, tx op.Tx, id personID) (op.Subject, error) {
	p := &person{}
	p.ID = id
	err := tx.Lock(ctx, p)
	return op.Subject{Kind: "person", ID: int64(id), Estate: p.Estate}, err
}

var world = optest.World{
	Migrations: []fs.FS{fstest.MapFS{"migrations/20260101000000_toy.sql": {Data: []byte(schema)}}},
	Tables:     [][]evidence.Table{{evidence.Of[person](), evidence.Of[phone]()}},
	Ops:        []op.Any{put, endPhones, drop},
}

var people = search.Source{
	Kind: "person", Title: "toy.people", Version: 1,
	Stale: map[string]search.Stale{"toy_person": search.Itself, "toy_phone": func(ctx context.Context, q db.Querier, rows []int64) (ids []int64, err error) {
		err = q.Select((*phone)(nil)).Column("person").Distinct().Where("id IN (?)", bun.List(rows)).Scan(ctx, &ids)
		return ids, err
	}},
	After: func(ctx context.Context, q db.Querier, after int64, most int) (ids []int64, err error) {
		err = q.Select((*person)(nil)).Column("id").Where("id > ?", after).Order("id").Limit(int64(most)).Scan(ctx, &ids)
		return ids, err
	},
	Load: loadPeople,
}

func loadPeople(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]search.Doc, error) {
	var rows []person
	var phones []phone
	if err := q.Select(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, err
	}
	if err := q.Select(&phones).Where("person IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, err
	}
	var docs []search.Doc
	for _, p := range rows {
		d := search.Doc{Ref: ref.Ref{Kind: "person", ID: int64(p.ID)}, Estate: p.Estate, Posts: clerks, Title: p.Name}
		if p.Secret {
			d.Posts = keepers
		}
		for _, part := range []search.Part{{Kind: search.Name, Text: p.Name}, {Kind: search.Name, Text: p.Former, Former: true}, {Kind: search.Room, Text: p.Room},
			{Kind: search.Plate, Text: p.Plate}, {Kind: search.Company, Text: p.Company}, {Kind: search.Code, Text: p.Code},
			{Kind: search.ID, Text: opened(ctx, keys, p.Estate, p.Number)}, {Kind: search.Text, Text: opened(ctx, keys, p.Estate, p.Note)}} {
			if part.Text != "" {
				d.Parts = append(d.Parts, part)
			}
		}
		for _, f := range phones {
			if f.Person == p.ID && keys != nil {
				d.Parts = append(d.Parts, search.Part{Kind: search.Phone, Text: opened(ctx, keys, p.Estate, f.Number), Former: f.Ended})
			}
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// scene is a door with a followed index beside it.
type scene struct {
	*search.Index
	t    *testing.T
	door *op.Door
	file string // of the index, on SQLite
}

func each(t *testing.T, test func(s *scene)) { eachOf(t, []search.Source{people}, test) }

func eachOf(t *testing.T, sources []search.Source, test func(s *scene)) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		s := &scene{t: t, door: d, file: filepath.Join(t.TempDir(), "search.db")}
		s.Index = s.open(sources...)
		ctx, cancel := context.WithCancel(t.Context())
		over := make(chan struct{})
		go func() { s.Follow(ctx); close(over) }()
		d.OnCommit(func(access.EstateID) { s.Wake() })
		defer func() { cancel(); <-over }()
		test(s)
	})
}

// open opens an index over the scene's database.
func (s *scene) open(sources ...search.Source) *search.Index {
	s.t.Helper()
	own := s.door.DB
	if own.Engine() == db.SQLite {
		var err error
		if own, err = db.Open(s.t.Context(), db.Config{File: s.file}, nil); err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { own.Close() })
	}
	x, err := search.Open(s.t.Context(), search.Config{Data: s.door.DB, Own: own, Keys: s.door.Vault, Sources: sources, Log: discard})
	if err != nil {
		s.t.Fatal(err)
	}
	return x
}

// put writes a person as a clerk of all estates.
func (s *scene) put(f facts) personID {
	s.t.Helper()
	res, err := op.Run(optest.As(s.t.Context(), 1, access.Company, access.Manager), s.door, put, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.Out
}

// as is an actor with posts in an estate.
func as(estate access.EstateID, posts ...access.Post) access.Actor {
	return access.From(optest.As(context.Background(), 1, estate, posts...))
}

// names are the people found, in their order.
func (s *scene) names(who access.Actor, at access.EstateID, typed string) []string {
	s.t.Helper()
	found, err := s.Find(s.t.Context(), who, at, typed, 8)
	if err != nil {
		s.t.Fatalf("%q: %v", typed, err)
	}
	if found.Behind {
		s.t.Errorf("%q: the index is behind", typed)
	}
	var names []string
	for _, h := range found.Hits {
		names = append(names, h.Title)
	}
	return names
}
