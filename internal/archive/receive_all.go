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
	Text  string
	Taken bool
	Plain bool // taken, and nothing else is to be said
}

// ReceiveAll takes in all files of a form for a volume; one that is refused does not stop the others. On an error nothing
// was kept.
func (s Scans) ReceiveAll(ctx context.Context, v VolumeID, form Files) (uploads []Upload, answers []Answer, err error) {
	for {
		name, file, err := form.Next()
		if errors.Is(err, io.EOF) {
			return uploads, answers, nil
		}
		var u Upload
		if err == nil {
			u, err = s.Receive(ctx, v, name, file)
		}
		switch {
		case err == nil:
			uploads = append(uploads, u)
			answers = append(answers, Answer{Text: u.Says(ctx), Taken: true, Plain: u.Plain()})
		case errors.Is(err, errRefused):
			e := errs.As(err)
			answers = append(answers, Answer{Text: i18n.T(ctx, e.Key, e.Args...)})
		default:
			return nil, nil, errors.Join(err, s.Discard(ctx, uploads))
		}
	}
}
