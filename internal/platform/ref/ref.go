// Package ref is how one part of the program points at a thing of another: Ref{Kind, ID} (design §2).
//
// A room says for each of its kinds how a reference becomes a title and an address, within a scope. Labels, the log,
// duties and papers point this way. It may import access, db and errs.
// Always true: what lies outside the scope resolves to NotFound, as if it did not exist.
package ref

import (
	"context"
	"fmt"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
)

// Ref points at a thing.
type Ref struct {
	Kind string
	ID   int64
}

// ParseID reads an id as it stands in an address; 0 for anything else, which nothing has.
func ParseID[ID ~int64](s string) ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}

// Text is an id as it stands in an address.
func Text[ID ~int64](id ID) string { return strconv.FormatInt(int64(id), 10) }

// Thing is what a reference points at, as far as a reader may see it.
type Thing struct {
	Title, Href string
	Estate      access.EstateID
	Label       string // what its label says beside the code: a room, a class, and nothing that tells of a person (ui §6)
	Of          Ref    // whose label says where it belongs; zero where its own says all
}

// Kind is one kind of thing and how it is found.
type Kind struct {
	Name    string
	Posts   []access.Post // who may see things of this kind at all
	Resolve func(ctx context.Context, q db.Querier, s access.Scope, id int64) (Thing, error)
	// Labelled says that a thing of this kind may carry a label.
	Labelled bool
}

// Kinds are all kinds of the program.
type Kinds map[string]Kind

// NewKinds gathers the rooms' kinds; a name given twice is refused.
func NewKinds(rooms ...[]Kind) (Kinds, error) {
	all := Kinds{}
	for _, room := range rooms {
		for _, k := range room {
			if _, twice := all[k.Name]; twice {
				return nil, fmt.Errorf("ref: kind %s is given twice", k.Name)
			}
			all[k.Name] = k
		}
	}
	return all, nil
}

// Resolve finds a thing for an actor, in every estate he knows: a label on a door says nothing of the estate chosen in
// the header.
func (k Kinds) Resolve(ctx context.Context, q db.Querier, who access.Actor, r Ref) (Thing, error) {
	kind, ok := k[r.Kind]
	if !ok || !who.HoldsAny(kind.Posts) {
		return Thing{}, errs.E(errs.NotFound, "error.not_found")
	}
	return kind.Resolve(ctx, q, who.Scope(kind.Posts, access.Company), r.ID)
}

// Find finds a thing whoever asks: for an operation, which names the estate first and is refused by it.
func (k Kinds) Find(ctx context.Context, q db.Querier, r Ref) (Thing, error) {
	kind, ok := k[r.Kind]
	if !ok {
		return Thing{}, errs.E(errs.NotFound, "error.not_found")
	}
	return kind.Resolve(ctx, q, everywhere, r.ID)
}

// everywhere is all estates.
var everywhere = access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
