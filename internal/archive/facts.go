package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// ItemFacts are what a person enters about an item.
type ItemFacts struct {
	Title    string   `form:"title"`
	Paper    string   `form:"paper"` // code of the checklist line it fills
	Formed   Formed   `form:"formed"`
	Author   string   `form:"author"`
	DocNo    string   `form:"doc_no"`
	Original Original `form:"original"`
	Copies   int64    `form:"copies"` // 0 counts as one
	Pages    int64    `form:"pages"`  // of an item on paper only; a scan's are counted
	Place    string   `form:"place"`
	Note     string   `form:"note"`
}

// check normalises the facts and notes every wrong field; prefix stands before the names of fields.
func (in *ItemFacts) check(prefix string, f *errs.Fields) {
	for _, t := range []struct {
		name string
		text *string
		most int
	}{{"title", &in.Title, 200}, {"paper", &in.Paper, 64}, {"author", &in.Author, 100}, {"doc_no", &in.DocNo, 64}, {"place", &in.Place, 100}, {"note", &in.Note, 1000}} {
		if *t.text = strings.TrimSpace(*t.text); t.name != "note" {
			*t.text = cleanLine(*t.text)
		}
		f.Within(prefix+t.name, *t.text, t.most)
	}
	if in.Copies == 0 {
		in.Copies = 1
	}
	f.Check(in.Title != "", prefix+"title", "error.required")
	f.Check(slices.Contains(Originals, in.Original), prefix+"original", "error.required")
	f.Check(in.Copies >= 1 && in.Copies <= 999, prefix+"copies", "archive.error.count")
	f.Check(in.Pages >= 0 && in.Pages <= 9999, prefix+"pages", "archive.error.count")
}

// apply puts the facts into an item whose id and volume are set. A note that says what it said stays sealed as it is.
func (in *ItemFacts) apply(ctx context.Context, tx op.Tx, i *Item) error {
	if in.Formed != i.Formed && cn.AfterToday(string(in.Formed), cn.DateOf(tx.Now().In(clock.China))) {
		var f errs.Fields
		f.Add("formed", "archive.error.formed", in.Formed)
		return f.Err()
	}
	i.Title, i.Paper, i.Formed, i.Author, i.DocNo = in.Title, in.Paper, in.Formed, in.Author, in.DocNo
	i.Original, i.Copies, i.Place = in.Original, in.Copies, in.Place
	if i.Carrier == Paper {
		i.Pages = in.Pages
	}
	if len(i.Note) > 0 {
		was, err := tx.Open(ctx, i.Owner(), bindNote(i.ID), i.Note)
		if err != nil || string(was) == in.Note {
			return err
		}
	}
	var err error
	i.Note, err = sealed(ctx, tx, i.Owner(), bindNote(i.ID), in.Note)
	return err
}

// sealed seals a text; an empty one is nothing.
func sealed(ctx context.Context, tx op.Tx, o vault.Owner, bind []byte, text string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	return tx.Seal(ctx, o, bind, []byte(text))
}

// opened opens a sealed text; vault.ErrNoKey when its volume was destroyed.
func opened(ctx context.Context, keys *vault.Store, o vault.Owner, bind, text []byte) (string, error) {
	if len(text) == 0 {
		return "", nil
	}
	clear, err := keys.Open(ctx, o, bind, text)
	return string(clear), err
}

func bindNote(id ItemID) []byte { return fmt.Appendf(nil, "archive_item.note:%d", id) }
func bindName(id BlobID) []byte { return fmt.Appendf(nil, "archive_blob.file_name:%d", id) }

// NoteOf is an item's note in clear.
func NoteOf(ctx context.Context, keys *vault.Store, i *Item) (string, error) {
	return opened(ctx, keys, i.Owner(), bindNote(i.ID), i.Note)
}

// NameOf is a file's name in clear, as it came in.
func NameOf(ctx context.Context, keys *vault.Store, b *Blob) (string, error) {
	return opened(ctx, keys, b.Owner(), bindName(b.ID), b.FileName)
}

// FactsOf are an item's facts, for the form that corrects them.
func FactsOf(ctx context.Context, keys *vault.Store, i *Item) (ItemFacts, error) {
	note, err := NoteOf(ctx, keys, i)
	return ItemFacts{Title: i.Title, Paper: i.Paper, Formed: i.Formed, Author: i.Author, DocNo: i.DocNo, Original: i.Original,
		Copies: i.Copies, Pages: i.Pages, Place: i.Place, Note: note}, err
}
