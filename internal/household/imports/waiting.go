package imports

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports/beside"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// This file keeps the pictures of rows that no household was made of. Each waits sealed among the parts of its import, which it
// outlives, until somebody says whose it is.

// leftPicture is what is left over where a picture waits for its household.
const leftPicture = "import.left.picture"

// partPicture begins the kind of the part that a waiting picture is.
const partPicture = "picture:"

// waits are the pictures of a line that no household took: of a row that is none's, beside all rows, or of a household that
// was not written.
func (f *File) waits(line int, o results) []beside.Picture {
	all := f.Waits[line]
	for _, i := range f.PicturesOf(line) {
		if p := f.Pictures[i]; !o.household(p.Household).ours() {
			all = append(all, p)
		}
	}
	return all
}

// pictures are the waiting pictures of a line as what they leave to be done.
func (f *File) pictures(line int, l Line, o results) []left {
	var all []left
	for _, p := range f.waits(line, o) {
		one := Left{Import: l.Import, Sheet: p.At.Sheet, RowNo: int64(p.At.Row), Cell: p.At.Name(), Unit: l.Unit, Household: l.Household, Room: l.Room, State: LeftOpen,
			Problem: leftPicture, Severity: string(roster.Ask), Picture: partPicture + p.Key}
		one.Value.Mask = clipped(cmp.Or(p.Head, p.Name), 60)
		all = append(all, left{one, cmp.Or(p.Head, p.Name), p.Open})
	}
	return all
}

// keepPicture seals a waiting picture; one that two rows show is kept once.
func keepPicture(ctx context.Context, tx op.Tx, l *left) error {
	if there, err := hasPart(ctx, tx, l.Import, l.Picture); there || err != nil {
		return err
	}
	in, err := l.open()
	var data []byte
	if err == nil {
		defer in.Close()
		data, err = io.ReadAll(io.LimitReader(in, archive.MaxFile))
	}
	if err != nil || len(data) == 0 {
		l.Picture = "" // it is damaged in the file: that it was there is left over all the same
		return nil
	}
	return seal(ctx, tx, l.Import, l.Picture, data)
}

// PictureOf is a waiting picture.
func PictureOf(ctx context.Context, d *op.Door, l *Left) (data []byte, err error) {
	if l.Picture == "" {
		return nil, errs.E(errs.NotFound, "error.not_found")
	}
	if data, err = open(ctx, d.DB.Read(), d.Vault, l.Import, l.Picture); err == nil && len(data) == 0 {
		err = errs.E(errs.NotFound, "error.not_found")
	}
	return data, err
}

// name is what a waiting picture is called.
func (l *Left) pictureName() string {
	name := strings.TrimPrefix(l.Picture, partPicture)
	return name[strings.LastIndexByte(name, '/')+1:]
}

// HomesIn are the households in force of a room of an estate as people type it, the owner's first.
func HomesIn(ctx context.Context, d *op.Door, e access.EstateID, room string) ([]household.Household, error) {
	units, err := estate.UnitsLike(ctx, d.DB.Read(), e, room)
	if err != nil || len(units) != 1 {
		return nil, err
	}
	found, err := householdsAt(ctx, d.DB.Read(), []estate.UnitID{units[0].ID})
	var sorted []household.Household
	for _, owns := range []bool{true, false} {
		for _, h := range found {
			if h.Kind.Owns() == owns {
				sorted = append(sorted, h)
			}
		}
	}
	return sorted, err
}

// FileWaiting files a waiting picture under a household: what is received lies under its file's key before a row refers to it.
func FileWaiting(ctx context.Context, d *op.Door, scans archive.Scans, l *Left, h *household.Household, opts ...op.Option) error {
	data, err := PictureOf(ctx, d, l)
	if err != nil {
		return err
	}
	volume, err := op.Run(ctx, d, household.OpenFile, h.ID)
	if err != nil {
		return err
	}
	files, err := household.Files(ctx, d.DB.Read(), clock.Date(d.Clock.Now()), h)
	if err != nil {
		return err
	}
	paper := PaperIn{Household: h.ID, Volume: volume.Out, Title: l.Value.Mask}
	if line, ok := files[h.ID].Line(roster.PaperOf(l.Value.Mask)); ok {
		paper.Code = line.Code
	}
	if paper.Upload, err = scans.Receive(ctx, paper.Volume, l.pictureName(), bytes.NewReader(data)); err != nil {
		return err
	}
	res, err := op.Run(ctx, d, FilePicture, FilePictureIn{ID: l.ID, Paper: paper}, opts...)
	if err != nil || res.Replayed {
		return errors.Join(err, scans.Discard(ctx, []archive.Upload{paper.Upload}))
	}
	return nil
}

// FilePictureIn is a waiting picture that was received for a household's file.
type FilePictureIn struct {
	ID    LeftID
	Paper PaperIn
}

// FilePicture files a picture that an import left over, which ends its waiting.
var FilePicture = op.Define("household.file_import_picture", op.Spec[FilePictureIn, LeftID]{
	Clauses: []string{"D4", "D7"},
	Posts:   mayImport,
	Subject: record.Subject(func(in FilePictureIn) LeftID { return in.ID }, lockLeft),
	Do: func(ctx context.Context, tx op.Tx, in FilePictureIn) (LeftID, error) {
		l, _, err := lockLeft(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		h := &household.Household{}
		h.ID = in.Paper.Household
		if err := tx.Lock(ctx, h); err != nil {
			return 0, err
		}
		if h.Estate != l.Estate {
			return 0, errs.E(errs.NotFound, "error.not_found")
		}
		if l.State != LeftOpen || l.Picture == "" {
			return 0, errs.E(errs.Blocked, "left.error.over")
		}
		if _, err := archive.Add(ctx, tx, in.Paper.Volume, []archive.NewItem{in.Paper.item()}); err != nil {
			return 0, err
		}
		l.Household, l.State, l.Settled, l.SettledBy = h.ID, LeftMended, tx.Now().UnixMicro(), tx.Actor().Account
		return l.ID, tx.Update(ctx, l)
	},
})
