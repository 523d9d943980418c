package household

import (
	"context"

	"hudang/internal/archive"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// TickPaperIn are the lines of a household's directory whose papers lie on the shelf.
type TickPaperIn struct {
	Household ID
	Codes     []string         `form:"codes"`
	Original  archive.Original `form:"original"` // empty: originals
	Place     string           `form:"place"`
}

// TickPaper files lines of a household's file as held on paper only: how an old file comes into the computer within
// seconds, to be scanned when it is next touched (realities 7). A line that has a paper is left as it is.
var TickPaper = op.Define("household.tick_paper", op.Spec[TickPaperIn, archive.VolumeID]{
	Clauses: []string{"D4"},
	Posts:   mayChange,
	Check: func(in *TickPaperIn, _ cn.Date, f *errs.Fields) {
		f.Check(len(in.Codes) > 0, "codes", "directory.error.choose")
		f.Within("place", in.Place, 100)
		if in.Original != archive.IsCopy {
			in.Original = archive.IsOriginal
		}
	},
	Subject: record.Subject(func(in TickPaperIn) ID { return in.Household }, lock),
	Do: func(ctx context.Context, tx op.Tx, in TickPaperIn) (archive.VolumeID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err != nil {
			return 0, err
		}
		files, err := Files(ctx, tx, tx.Today().String(), h)
		if err != nil {
			return 0, err
		}
		items, err := in.items(files[h.ID])
		if err != nil {
			return 0, err
		}
		volume, err := ensureFile(ctx, tx, h)
		if err != nil || len(items) == 0 {
			return volume, err
		}
		_, err = archive.Add(ctx, tx, volume, items)
		return volume, err
	},
})

// EnsureFile is the open volume of a household's file, for whoever files papers in it within an operation of his own.
func EnsureFile(ctx context.Context, tx op.Tx, id ID) (archive.VolumeID, error) {
	h, _, err := lock(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	return ensureFile(ctx, tx, h)
}

// ensureFile is the open volume of a locked household's file; it opens one where there is none.
func ensureFile(ctx context.Context, tx op.Tx, h *Household) (archive.VolumeID, error) {
	details, err := Details(ctx, tx, h.ID)
	if err != nil {
		return 0, err
	}
	title := details[h.ID].Rooms(h) + " " + details[h.ID].Called()
	return archive.EnsureVolume(ctx, tx, h.Estate, h.ID.Ref(), archive.VolumeFacts{Title: title})
}

// items are the papers of the lines chosen that have none yet.
func (in TickPaperIn) items(f File) ([]archive.NewItem, error) {
	var all []archive.NewItem
	for _, code := range in.Codes {
		line, ok := f.Line(code)
		if !ok {
			return nil, errs.E(errs.NotFound, "error.not_found")
		}
		if f.held(code) {
			continue
		}
		all = append(all, archive.NewItem{ItemFacts: archive.ItemFacts{Title: line.Title, Paper: code, Original: in.Original, Copies: 1, Place: in.Place}})
	}
	return all, nil
}

func (f File) held(code string) bool {
	l, _ := f.line(code)
	return l.Held()
}
