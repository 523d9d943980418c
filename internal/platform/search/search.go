package search

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/vault"
)

// Kind says what a part of a document is, and so how it can be typed.
type Kind string

// The kinds of part.
const (
	Name    Kind = "name"    // of a person: characters, full pinyin, initials
	Company Kind = "company" // the same; its pinyin as far as people type it
	Title   Kind = "title"   // of a paper: characters, and initials from any of them on
	Room    Kind = "room"    // 3-1-1202, in every notation of cn.ParseHouses
	Phone   Kind = "phone"   // in clear; becomes keyed tokens
	ID      Kind = "id"      // in clear; becomes keyed tokens
	Plate   Kind = "plate"   // whole, without its province, by its tail
	Text    Kind = "text"    // notes and the like; keyed tokens, found last
	Code    Kind = "code"    // a number that is typed whole: receipts, volumes, ten digits
	Date    Kind = "date"    // local date with its precision: the day, or its month
)

// Part is one thing a document is found by. A former one is found behind current ones (design §5). One that stands beside
// finds it only together with a word of its own: "1202 lease" is that household's lease, "1202" not each of its papers.
type Part struct {
	Kind   Kind
	Text   string
	Former bool
	Minor  bool   // of somebody who only belongs to the thing, a contact: found behind those it is about
	Beside bool   // of a source of papers
	Shown  string // what a hit says when it was found by this; empty where its title says so
}

// Doc is a thing as the search box knows it. Ref.ID is an id the program made, so no two things have the same.
type Doc struct {
	Ref    ref.Ref
	Of     ref.Ref // what it is a part of, if anything: where both are found, they are one answer
	Estate access.EstateID
	Posts  []access.Post // who may see it
	Title  string        // these three as shown, in the language of the context
	Line   string
	Href   string
	Parts  []Part
}

// visible reports whether somebody may see the thing, seeking in one estate or, from access.Company, in all.
func (d Doc) visible(who access.Actor, at access.EstateID) bool {
	return who.Scope(d.Posts, at).Covers(d.Estate)
}

// Source is a room's part of the box: one kind of thing.
type Source struct {
	Kind    string // of the references
	Title   string // key of the heading over its hits
	Version int    // counted up when Load gives other parts than before, so that the index is made anew
	Papers  bool   // asked for apart, so that however many papers fit, they never take the place of a household
	// Stale says, per table, which things are to be loaded again when rows of it were touched. A row that was deleted is
	// asked for too: whoever deletes a part of a thing also touches the thing.
	Stale map[string]Stale
	// Load gives the documents of things; one that is no more is left out. Without keys, what is sealed is left out too:
	// showing a list decrypts nothing.
	Load func(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]Doc, error)
	// Order sorts things that fit equally well; nil: the newest first.
	Order func(ctx context.Context, q db.Querier, ids []int64) ([]int64, error)
	// After lists things in the order of their ids, for making the index.
	After func(ctx context.Context, q db.Querier, after int64, most int) ([]int64, error)
}

// Stale turns rows of a table into the things found by them.
type Stale func(ctx context.Context, q db.Querier, rows []int64) ([]int64, error)

// Itself is for the table whose rows are the things.
func Itself(_ context.Context, _ db.Querier, rows []int64) ([]int64, error) { return rows, nil }

// Hit is a thing found.
type Hit struct {
	Doc
	Group string // key of its source's heading
	Exact bool   // the room or number that was typed, not only something like it: opened at once
}

// Found is an answer.
type Found struct {
	Hits   []Hit // by source, in the order of the sources; within one the exact, the current, the source's own order
	Left   []Left
	Full   bool // more fit than the index is looked through for
	Behind bool // the index has not caught up: there may be more
}

// Left says of a group that more things fit than are among the hits.
type Left struct {
	Group string
	All   int
	Least bool // so many at least
}
