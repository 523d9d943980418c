package household

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// OpenFile opens the volume of a household's file where there is none: what is scanned lies under the volume's key, so the
// volume comes before the files.
var OpenFile = op.Define("household.open_file", op.Spec[ID, archive.VolumeID]{
	Clauses: []string{"D4"},
	Posts:   mayChange,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (archive.VolumeID, error) {
		h, _, err := lock(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		return ensureFile(ctx, tx, h)
	},
})

// FiledAs is what several files are.
type FiledAs string

// The ways.
const (
	OnePaper   FiledAs = "one"   // pages of one paper, in their order
	PaperEach  FiledAs = "each"  // each file is a paper of its own
	ScanOfHeld FiledAs = "shelf" // the scan of the paper that is registered as lying on the shelf
)

// FilePapersIn is what was scanned or photographed of a line of a household's directory.
type FilePapersIn struct {
	Household ID
	Volume    archive.VolumeID // of the household's file: the uploads lie under its key
	Code      string           `form:"code"`
	As        FiledAs          `form:"as"`
	Original  archive.Original `form:"original"`
	Verified  bool             `form:"verified"` // whoever files it has compared the copy with its original
	Formed    archive.Formed   `form:"formed"`
	Kept      bool             `form:"kept"` // the paper lies on the shelf, at Place; else it went back and the scan is all there is
	Place     string           `form:"place"`
	Uploads   []archive.Upload
}

// FilePapers files scans under a line of a household's directory.
var FilePapers = op.Define("household.file_papers", op.Spec[FilePapersIn, archive.VolumeID]{
	Clauses: []string{"D4", "E2"},
	Posts:   mayChange,
	Check: func(in *FilePapersIn, _ cn.Date, f *errs.Fields) {
		in.Place = strings.TrimSpace(in.Place)
		f.Check(len(in.Uploads) > 0, "files", "error.required")
		f.Check(in.Code != "", "code", "papers.error.line")
		f.Check(slices.Contains([]FiledAs{OnePaper, PaperEach, ScanOfHeld}, in.As), "as", "error.required")
		f.Check(in.As == ScanOfHeld || slices.Contains(archive.Originals, in.Original), "original", "error.required")
		f.Check(!in.Verified || in.As == ScanOfHeld || in.Original == archive.IsCopy, "verified", "papers.error.verified")
		f.Check(!in.Kept || in.As == ScanOfHeld || in.Place != "", "place", "papers.error.place")
		f.Within("place", in.Place, 100)
	},
	Subject: record.Subject(func(in FilePapersIn) ID { return in.Household }, lock),
	Do: func(ctx context.Context, tx op.Tx, in FilePapersIn) (archive.VolumeID, error) {
		h, _, err := lock(ctx, tx, in.Household)
		if err != nil {
			return 0, err
		}
		files, err := Files(ctx, tx, tx.Today().String(), h)
		if err != nil {
			return 0, err
		}
		line, ok := files[h.ID].line(in.Code)
		if !ok || in.Volume == 0 || files[h.ID].Volume != in.Volume {
			return 0, errs.E(errs.NotFound, "error.not_found")
		}
		if in.As == ScanOfHeld {
			return in.Volume, in.scanned(ctx, tx, line)
		}
		_, err = archive.Add(ctx, tx, in.Volume, in.papers(line.Line))
		return in.Volume, err
	},
})

// scanned gives the line's paper on the shelf its scan. Where it lies must be known then: what lies nowhere is a scan only.
func (in FilePapersIn) scanned(ctx context.Context, tx op.Tx, line LineState) error {
	paper, ok := line.Unscanned()
	var f errs.Fields
	f.Check(ok && paper.Volume == in.Volume, "as", "papers.error.shelf")
	f.Check(!ok || paper.Place != "" || in.Place != "", "place", "papers.error.place")
	if err := f.Err(); err != nil {
		return err
	}
	return archive.Scanned(ctx, tx, paper.Item, archive.NewItem{Uploads: in.Uploads, Verified: in.Verified,
		ItemFacts: archive.ItemFacts{Formed: in.Formed, Place: in.Place}})
}

// papers are the items the files make, called as their line.
func (in FilePapersIn) papers(line Line) []archive.NewItem {
	one := archive.NewItem{Uploads: in.Uploads, Verified: in.Verified,
		ItemFacts: archive.ItemFacts{Title: line.Title, Paper: line.Code, Formed: in.Formed, Original: in.Original, Copies: 1, Place: in.Place}}
	if in.As == OnePaper || len(in.Uploads) == 1 {
		return []archive.NewItem{one}
	}
	all := make([]archive.NewItem, len(in.Uploads))
	for i, u := range in.Uploads {
		all[i] = one
		all[i].Title, all[i].Uploads = line.Title+" "+strconv.Itoa(i+1), []archive.Upload{u}
	}
	return all
}
