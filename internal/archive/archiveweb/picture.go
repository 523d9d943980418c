package archiveweb

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
)

// pageHref is the address at which a page of an item is shown.
func pageHref(id archive.ItemID, n, width int) string {
	return fmt.Sprintf("%s?p=%d&w=%d", id.Path(), n, width)
}

// pageOf is the item and the number of the page that the address of a picture names.
func (p Pages) pageOf(r *http.Request) (*archive.Item, int, error) {
	n, ok := strings.CutSuffix(r.PathValue("page"), ".jpg")
	if !ok {
		return nil, 0, errs.E(errs.NotFound, "error.not_found")
	}
	i, err := p.item(r)
	return i, atoi(n), err
}

// picture is a page as a JPEG made for the screen, without anything else of the file.
func (p Pages) picture(w http.ResponseWriter, r *http.Request) error {
	i, n, err := p.pageOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := archive.LookInto(ctx, p.Door, who(r).Account, i.ID); err != nil {
		return err
	}
	width := min(max(atoi(r.URL.Query().Get("w")), 100), widths[len(widths)-1])
	raw, err := p.Scans.Picture(ctx, p.Door.DB.Read(), i, n, width)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	_, _ = w.Write(raw) // a reader who left is nobody to tell
	return nil
}

// file is the original as it came in, to be saved and never shown here.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	i, err := p.item(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	id := ref.ParseID[archive.BlobID](r.PathValue("blob"))
	if _, err := op.Run(ctx, p.Door, archive.TakeFile, archive.TakeFileIn{ID: i.ID, Blob: id}); err != nil {
		return err
	}
	b, file, err := p.Scans.Original(ctx, p.Door.DB.Read(), i.ID, id)
	if err != nil {
		return err
	}
	defer file.Close()
	name, err := archive.NameOf(ctx, p.Door.Vault, b)
	if err != nil {
		return err
	}
	if archive.TitleOf(name) == "" { // .pdf alone would be hidden on some machines
		name = i.Title
	}
	h := w.Header()
	h.Set("Content-Type", b.Type.MediaType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": archive.DownloadName(name, b.Type)}))
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Content-Length", strconv.FormatInt(b.Size, 10))
	if _, err = io.Copy(w, file); err != nil {
		return fmt.Errorf("archive: file %d: %w", b.ID, err)
	}
	return nil
}
