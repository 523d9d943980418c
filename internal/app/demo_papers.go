package app

import (
	"bytes"
	"fmt"
	"slices"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/op"
	"hudang/internal/platform/paper"
)

// shelf is a household's file as the demonstration company has it: what was scanned, and what lies there unscanned.
type shelf struct {
	household household.ID
	scanned   []string
	ticked    []string
	day       string // papers were made then
	place     string
}

// file brings a household's papers in, through the same operations as everybody.
func (f filler) file(s shelf) error {
	if len(s.ticked) > 0 {
		ticked := household.TickPaperIn{Household: s.household, Codes: s.ticked, Place: s.place}
		if _, err := op.Run(f.ctx, f.a.Door, household.TickPaper, ticked); err != nil {
			return err
		}
	}
	for _, p := range demoPapers {
		if slices.Contains(s.scanned, p.code) {
			if err := f.scan(s, p); err != nil {
				return fmt.Errorf("%s: %w", p.form, err)
			}
		}
	}
	return nil
}

// scan files one paper, as it came from the scanner.
func (f filler) scan(s shelf, p demoPaper) error {
	volume, err := op.Run(f.ctx, f.a.Door, household.OpenFile, s.household)
	if err != nil {
		return err
	}
	h, err := household.Find(f.ctx, f.a.Door.DB.Read(), f.scope(), s.household)
	if err != nil {
		return err
	}
	details, err := household.Details(f.ctx, f.a.Door.DB.Read(), h.ID)
	if err != nil {
		return err
	}
	name, err := estate.NameOf(f.ctx, f.a.Door.DB.Read(), h.Estate)
	if err != nil {
		return err
	}
	pages, err := paper.Layout(p.doc(name, details[h.ID].Rooms(h), details[h.ID].Called(), s.day, f.a.Door.Clock.Now().In(clock.China)))
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := paper.PDF(&file, pages); err != nil {
		return err
	}
	upload, err := f.a.Scans.Receive(f.ctx, volume.Out, p.form+".pdf", &file)
	if err != nil {
		return err
	}
	in := household.FilePapersIn{Household: h.ID, Volume: volume.Out, Code: p.code, As: household.OnePaper, Original: archive.IsOriginal,
		Formed: archive.Formed(s.day), Place: s.place, Uploads: []archive.Upload{upload}}
	if (household.Line{Code: p.code}).Copied() {
		in.Original, in.Verified = archive.IsCopy, true
	}
	_, err = op.Run(f.ctx, f.a.Door, household.FilePapers, in)
	return err
}
