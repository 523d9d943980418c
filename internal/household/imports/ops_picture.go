package imports

import (
	"context"

	"hudang/internal/archive"
	"hudang/internal/household"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// PicturesIn are pictures of a file that were received, each for the file of its household.
type PicturesIn struct {
	ID     ID
	Papers []PaperIn
}

// PaperIn is a picture as a paper.
type PaperIn struct {
	Household household.ID
	Volume    archive.VolumeID // the upload lies under its key
	Code      string           // of the directory's line; empty to be sorted by hand
	Title     string
	Upload    archive.Upload
}

func (in PicturesIn) uploads() []archive.Upload {
	var all []archive.Upload
	for _, p := range in.Papers {
		all = append(all, p.Upload)
	}
	return all
}

// unused are the uploads that no row came to refer to.
func (in PicturesIn) unused(taken []int, replayed bool) []archive.Upload {
	var all []archive.Upload
	if replayed {
		return in.uploads() // the rows refer to those of the first time
	}
	next := 0
	for i, p := range in.Papers {
		if next < len(taken) && taken[next] == i {
			next++
			continue
		}
		all = append(all, p.Upload)
	}
	return all
}

// FilePictures files pictures of an import as papers, and gives the places of those it took: one that the volume holds
// already is not filed again.
var FilePictures = op.Define("household.import_pictures", op.Spec[PicturesIn, []int]{
	Clauses: []string{"A1", "D4", "D7"},
	Posts:   mayImport,
	Subject: record.Subject(func(in PicturesIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in PicturesIn) (taken []int, err error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = imp.must(Running)
		}
		if err != nil {
			return nil, err
		}
		held := map[archive.VolumeID]map[string]bool{}
		for i, p := range in.Papers {
			if held[p.Volume] == nil {
				if held[p.Volume], err = archive.SumsIn(ctx, tx, p.Volume); err != nil {
					return nil, err
				}
			}
			if held[p.Volume][string(p.Upload.Sum)] {
				continue
			}
			held[p.Volume][string(p.Upload.Sum)] = true
			if _, err := archive.Add(ctx, tx, p.Volume, []archive.NewItem{p.item()}); err != nil {
				return nil, err
			}
			taken = append(taken, i)
		}
		return taken, remember(ctx, tx, in.ID)
	},
})

func (p PaperIn) item() archive.NewItem {
	return archive.NewItem{Uploads: []archive.Upload{p.Upload},
		ItemFacts: archive.ItemFacts{Title: p.Title, Paper: p.Code, Original: archive.IsCopy, Copies: 1}}
}
