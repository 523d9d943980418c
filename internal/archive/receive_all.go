package archive

import (
	"context"
	"errors"
	"io"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
)

// Files are the files of a form, one after the other (page.Incoming); io.EOF after the last.
type Files interface {
	Next() (name string, file io.Reader, err error)
}

// Answer is the sentence about one file of a form, in the language of whoever sent it.
type Answer struct {
	Text   string
	Taken  bool
	Plain  bool        // taken, and nothing else is to be said
	Refuse *errs.Error // why it was not taken
	Twins  []Twin      // papers that hold the same file already
}

// Stop says, before a file is taken, whether no more are: with the key of the sentence about each of those left.
type Stop func(ctx context.Context) (key string, err error)

// ReceiveAll takes in all files of a form for a volume; one that is refused does not stop the others, and what had arrived
// whole before something stopped the rest is kept. On an error nothing was kept.
func (s Scans) ReceiveAll(ctx context.Context, v VolumeID, form Files, stop Stop) (uploads []Upload, answers []Answer, err error) {
	for {
		name, file, err := form.Next()
		if errors.Is(err, io.EOF) {
			return uploads, answers, nil
		}
		var u Upload
		if err == nil {
			u, err = s.unlessStopped(ctx, v, name, file, stop)
		}
		switch {
		case err == nil:
			uploads = append(uploads, u)
			answers = append(answers, Answer{Text: u.Says(ctx), Taken: true, Plain: u.Plain()})
		case errors.Is(err, errRefused):
			e := errs.As(err)
			answers = append(answers, Answer{Text: i18n.T(ctx, e.Key, e.Args...), Refuse: e})
		default:
			return nil, nil, errors.Join(err, s.Discard(ctx, uploads))
		}
	}
}

// unlessStopped takes a file in unless something stops the rest.
func (s Scans) unlessStopped(ctx context.Context, v VolumeID, name string, file io.Reader, stop Stop) (Upload, error) {
	key := ""
	if stop != nil {
		var err error
		if key, err = stop(ctx); err != nil {
			return Upload{}, err
		}
	}
	if key != "" {
		return Upload{}, refusedFile(Upload{Name: CleanName(name)}, key)
	}
	u, err := s.Receive(ctx, v, name, file)
	switch {
	case errors.Is(err, ErrFull):
		return u, refusedFile(u, "archive.file.full")
	case errors.Is(err, ErrTorn):
		return u, refusedFile(u, "archive.file.torn")
	}
	return u, err
}

// ErrFull is read of a file when its form is full: it is refused, what came before is kept.
var ErrFull = errors.New("archive: the form is full")
