package archive

import (
	"context"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
)

// Unread is a file that is not what its row says.
type Unread struct {
	File    BlobID
	Stored  string
	Missing bool // else its bytes are others
}

// CheckFiles reads every file that a row refers to and holds it against its name, which is its digest; with the key store it
// decrypts each, too, which fails for one that was put together anew. It reads the places only, and reports what it finds;
// an error means that it could not look.
func CheckFiles(ctx context.Context, q db.Querier, files *blob.Store, keys bool, found func(Unread)) (n int64, err error) {
	err = eachFile(ctx, q, func(b *Blob) error {
		n++
		err := files.Check(ctx, b.Stored)
		if err == nil && keys {
			err = files.CheckInside(ctx, b.Owner(), b.stored())
		}
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		key := ""
		if house := errs.As(err); house != nil {
			key = house.Key
		}
		switch {
		case key == "blob.error.gone": // its volume's key was destroyed: nobody reads it, and nobody should
			return nil
		case key == "blob.error.missing" || errs.Is(err, errs.Blocked):
			found(Unread{b.ID, b.Stored, key == "blob.error.missing"})
			return nil
		}
		return err
	})
	return n, err
}
