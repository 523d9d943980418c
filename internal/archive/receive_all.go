package archive

import (
	"context"
	"errors"
	"io"

	"hudang/internal/platform/errs"
)

// Files are the files of a form, one after the other (page.Incoming); io.EOF after the last.
type Files interface {
	Next() (name string, file io.Reader, err error)
}

// Answer is the sentence about one file of a form: a catalogue key and its arguments.
type Answer struct {
	Key   string
	Args  []any
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
			key, args := u.Says()
			uploads = append(uploads, u)
			answers = append(answers, Answer{Key: key, Args: args, Taken: true, Plain: u.State == Sound})
		case errors.Is(err, errRefused):
			e := errs.As(err)
			answers = append(answers, Answer{Key: e.Key, Args: e.Args})
		default:
			return nil, nil, errors.Join(err, s.Discard(ctx, uploads))
		}
	}
}
