package imports

import (
	"context"
	"errors"

	"hudang/internal/archive"
	"hudang/internal/household"
	"hudang/internal/household/imports/beside"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// picturesAtOnce is how many pictures one operation files.
const picturesAtOnce = 20

// WriteWith is the job that writes an import, with a place for the pictures of its file.
func WriteWith(scans archive.Scans) job.Kind {
	k := Write
	k.Chunk = func(ctx context.Context, d *op.Door, w job.Work) (job.Progress, error) {
		return writeChunk(ctx, d, &scans, w)
	}
	return k
}

// filePictures files the next pictures of a file under their households. Their bytes are durable before a row refers to them;
// what no row came to refer to is taken away.
func filePictures(ctx context.Context, d *op.Door, scans *archive.Scans, file *File, from int, token op.Option) (int, error) {
	some := file.Pictures[from:min(len(file.Pictures), from+picturesAtOnce)]
	if scans == nil { // a test of the rows alone
		return len(some), nil
	}
	in := PicturesIn{ID: file.Import.ID}
	did := &written{ctx: ctx, q: d.DB.Read(), keys: d.Vault, id: file.Import.ID, known: map[string][]outcome{}}
	for _, p := range some {
		paper, err := receivePicture(ctx, d, *scans, file, p, did)
		if err == nil && did.err != nil {
			err = did.err
		}
		if err != nil {
			return 0, errors.Join(err, scans.Discard(ctx, in.uploads()))
		}
		if paper != nil {
			in.Papers = append(in.Papers, *paper)
		}
	}
	if len(in.Papers) == 0 {
		return len(some), nil
	}
	res, err := op.Run(ctx, d, FilePictures, in, token)
	if err != nil {
		return 0, errors.Join(err, scans.Discard(ctx, in.uploads()))
	}
	return len(some), scans.Discard(ctx, in.unused(res.Out, res.Replayed))
}

// receivePicture takes a picture in for its household's volume; nil when the household was not written and the picture waits
// with its row, or when the archive cannot take it.
func receivePicture(ctx context.Context, d *op.Door, scans archive.Scans, file *File, p beside.Picture, did *written) (*PaperIn, error) {
	was := did.of(true, householdsAtOnce, p.Household)
	if !was.ours() {
		return nil, nil
	}
	scope := access.From(ctx).Scope(mayImport, file.Import.Estate)
	h, err := household.Find(ctx, d.DB.Read(), scope, household.ID(was.ID))
	if err != nil {
		return nil, err
	}
	files, err := household.Files(ctx, d.DB.Read(), clock.Date(d.Clock.Now()), h)
	if err != nil || files[h.ID].Volume == 0 {
		return nil, err
	}
	paper := &PaperIn{Household: h.ID, Volume: files[h.ID].Volume, Title: p.Head}
	if line, ok := files[h.ID].Line(p.Paper); ok {
		if paper.Code = line.Code; paper.Title == "" {
			paper.Title = line.Title
		}
	}
	if paper.Title == "" {
		paper.Title = p.Name
	}
	in, err := p.Open()
	if err != nil {
		return nil, nil // it is damaged in the file: the dry run and the row still name it
	}
	defer in.Close()
	if paper.Upload, err = scans.Receive(ctx, paper.Volume, p.Name, in); errs.Is(err, errs.Invalid) {
		return nil, nil
	}
	return paper, err
}

// ours reports a household that is what the file says: its pictures belong to it.
func (o outcome) ours() bool {
	return o.ID != 0 && (o.Written || o.Verdict == Same || o.Verdict == New || o.Verdict == Changed)
}
