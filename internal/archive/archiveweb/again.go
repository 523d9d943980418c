package archiveweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/ref"
)

// lookAgain looks once more into a file that nobody came to the end of. What comes of it stands on the paper's page.
func (p Pages) lookAgain(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	b, err := archive.FileOf(ctx, p.Door.DB.Read(), i.ID, ref.ParseID[archive.BlobID](r.PathValue("blob")))
	if err != nil {
		return err
	}
	if b.Again() {
		if _, err := p.Scans.LookAgain(ctx, p.Door, b.ID, true); err != nil {
			return err
		}
	}
	return p.Kit.Redirect(w, r, i.ID.Path())
}
