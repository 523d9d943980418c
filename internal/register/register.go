package register

import (
	"context"
	"embed"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// Locales are the words that all registers share.
//
//go:embed locales/*.json
var Locales embed.FS

// Base is what every row of a register has beside its facts. Its columns are those of evidence.Row, voided and void_reason.
type Base[ID ~int64] struct {
	evidence.Row[ID]
	record.Void
	EstateName string `bun:"estate_name,scanonly"` // in lists
}

// Begin makes the row a new one of an estate.
func (b *Base[ID]) Begin(id ID, e access.EstateID) { b.ID, b.Estate = id, e }

// NameOfEstate is the name of the row's estate, in a list.
func (b *Base[ID]) NameOfEstate() string { return b.EstateName }

// Row is a pointer to a row of a register: a struct that embeds Base, and says which part of it are the facts that are entered.
type Row[T, F any, ID ~int64] interface {
	record.Row[T, ID]
	record.Period
	Begin(ID, access.EstateID)
	Facts() *F
	VoidedOn() (day, why string)
	NameOfEstate() string
}

// Def declares a register. Texts are catalogue keys.
type Def[T, F any, ID ~int64] struct {
	Room, Noun, Plural         string // desk, found_item, found_items: the operations are desk.enter_found_item …, the list is desk.found_items
	Path                       string // of its list; a record lies below it
	Title, Add, Find           string // the list and its print, entering a record, what the text filter looks for, in fields that are Searched
	Empty                      list.EmptyText
	Clauses                    []string // rules it keeps, one at least
	MayRead, MayEnter, MayVoid []access.Post
	Fields                     record.Fields[F]
	Later                      record.Fields[T] // what acts fill in, shown behind Fields
	Called                     func(*T) string  // what a record is called; it stands on labels, so it tells of no person
	Filters                    []list.Filter    // besides Find and the estate
	Tabs                       []list.SavedView // of records that are not void; the first is what the list opens with
	Sort                       string           // as of list.Def
}

// Register is a declared register with its operations.
type Register[T, F any, ID ~int64, P Row[T, F, ID]] struct {
	Def[T, F, ID]
	Enter   *op.Op[EnterIn[F], ID]
	Correct *op.Op[ChangeIn[ID, F], ID]
	Void    *op.Op[record.VoidIn[ID], ID]
	Restore *op.Op[ID, ID]
	List    *list.List[T]
	lock    record.Locker[ID, P]
}

// EnterIn is a new record of an estate.
type EnterIn[F any] struct {
	Estate access.EstateID
	Facts  F `form:"."`
}

// ChangeIn is a record with facts as they should be.
type ChangeIn[ID ~int64, F any] struct {
	ID    ID
	Facts F `form:"."`
}

// Define makes a register of its declaration.
func Define[T, F any, ID ~int64, P Row[T, F, ID]](d Def[T, F, ID]) *Register[T, F, ID, P] {
	r := &Register[T, F, ID, P]{Def: d, lock: record.By[T, ID, P](d.Noun)}
	r.Enter = op.Define(r.opName("enter"), op.Spec[EnterIn[F], ID]{
		Clauses: d.Clauses,
		Posts:   d.MayEnter,
		Check: func(in *EnterIn[F], today cn.Date, f *errs.Fields) {
			f.Check(in.Estate != access.Company, "estate", "error.required")
			d.Fields.Check(&in.Facts, "", today, f)
		},
		Subject: estate.Subject(func(in EnterIn[F]) access.EstateID { return in.Estate }),
		Do: func(ctx context.Context, tx op.Tx, in EnterIn[F]) (ID, error) {
			row := P(new(T))
			row.Begin(ID(tx.NewID()), in.Estate)
			*row.Facts() = in.Facts
			return ID(row.Key()), tx.Insert(ctx, row)
		},
	})
	r.Correct = changing(r, "correct", d.MayEnter, d.Fields, func(row P, facts F) error {
		*row.Facts() = facts
		return nil
	})
	r.Void = record.Voiding(r.opName("void"), d.Clauses, d.MayVoid, r.lock)
	r.Restore = record.Restoring(r.opName("restore"), d.Clauses, d.MayVoid, r.lock, record.Always)
	r.List = list.Define(r.list())
	return r
}

func (r *Register[T, F, ID, P]) opName(verb string) string { return r.Room + "." + verb + "_" + r.Noun }

// changing defines an operation that sets facts of a record that is not void.
func changing[T, F, G any, ID ~int64, P Row[T, F, ID]](r *Register[T, F, ID, P], verb string, posts []access.Post, fields record.Fields[G], set func(P, G) error) *op.Op[ChangeIn[ID, G], ID] {
	return op.Define(r.opName(verb), op.Spec[ChangeIn[ID, G], ID]{
		Clauses: r.Clauses,
		Posts:   posts,
		Check:   func(in *ChangeIn[ID, G], today cn.Date, f *errs.Fields) { fields.Check(&in.Facts, "", today, f) },
		Subject: record.Subject(func(in ChangeIn[ID, G]) ID { return in.ID }, r.lock),
		Do: func(ctx context.Context, tx op.Tx, in ChangeIn[ID, G]) (ID, error) {
			return r.change(ctx, tx, in.ID, func(row P) error { return set(row, in.Facts) })
		},
	})
}

func (r *Register[T, F, ID, P]) change(ctx context.Context, tx op.Tx, id ID, set func(P) error) (ID, error) {
	row, _, err := r.lock(ctx, tx, id)
	if err == nil {
		err = record.MustHold(row)
	}
	if err == nil {
		err = set(row)
	}
	if err != nil {
		return 0, err
	}
	return id, tx.Update(ctx, row)
}

// Into adds the register, with the operations of its acts, to what a room offers.
func (r *Register[T, F, ID, P]) Into(m module.Module, acts ...[]op.Any) module.Module {
	m.Tables = append(m.Tables, evidence.Of[T, P]())
	m.Ops = append(m.Ops, r.Enter, r.Correct, r.Void, r.Restore)
	for _, ops := range acts {
		m.Ops = append(m.Ops, ops...)
	}
	m.Lists = append(m.Lists, r.List)
	m.Kinds = append(m.Kinds, ref.Kind{Name: r.Noun, Posts: r.MayRead, Resolve: r.resolve, Labelled: true})
	return m
}

// Shown are the fields of a row: those that are entered, then those that acts fill in.
func (r *Register[T, F, ID, P]) Shown() record.Fields[T] {
	return append(record.Within(r.Fields, func(row *T) *F { return P(row).Facts() }), r.Later...)
}

// Ref points at a record.
func (r *Register[T, F, ID, P]) Ref(id ID) ref.Ref { return ref.Ref{Kind: r.Noun, ID: int64(id)} }

// Href is the address of a record.
func (r *Register[T, F, ID, P]) Href(id ID) string { return r.Path + "/" + ref.Text(id) }

func (r *Register[T, F, ID, P]) resolve(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	row, err := record.Find[T, ID, P](ctx, q, s, ID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	called := r.Called(row)
	return ref.Thing{Title: called, Href: r.Href(ID(id)), Estate: row.EstateKey(), Label: called}, nil
}
