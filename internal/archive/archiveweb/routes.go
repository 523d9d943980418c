package archiveweb

import (
	"context"
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

// Keys of the room's modules in the navigation.
const (
	NavPapers  = "papers"
	NavVolumes = "volumes"
)

// Pages are the room's pages.
type Pages struct {
	recordweb.Site
	Scans  archive.Scans
	Things ref.Kinds // to say what a volume is about
	Lines  Lines     // of the thing that a volume is about
}

// Lines are the papers that the file of a thing asks for, by the code under which an item fills one (D4); none where whoever
// asks may not read that file.
type Lines func(context.Context, access.Actor, access.EstateID, ref.Ref) ([]page.Option, error)

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	lists := listweb.Site{Kit: p.Kit, Door: p.Door, Estate: estate.NameOf}
	lists.Routes(mux, archive.Papers, NavPapers)
	lists.Routes(mux, archive.Volumes, NavVolumes)
	read, change, void := archive.MayRead(), archive.MayChange(), archive.MayVoid()
	p.Kit.For(change, mux, "GET /volumes/new", p.newVolume)
	p.Kit.For(change, mux, "POST /volumes/new", p.openVolume)
	p.Kit.For(read, mux, "GET /volumes/{id}", p.showVolume)
	p.Kit.For(change, mux, "POST /volumes/{id}/items", p.addItems)

	p.Kit.For(read, mux, "GET /items/{id}", p.showItem)
	p.Kit.For(read, mux, "GET /items/{id}/pages/{page}", p.picture)
	p.Kit.For(read, mux, "GET /items/{id}/thumbs/{page}", p.thumb)
	p.Kit.For(read, mux, "GET /items/{id}/files/{blob}", p.file)
	p.Kit.For(change, mux, "POST /items/{id}/files/{blob}/look", p.lookAgain)
	changes, voids := p.To(change, mux), p.To(void, mux)
	recordweb.Edit(changes, "/items/{id}/correct", archive.CorrectItem, p.lookedInto, func(c correct) (archive.CorrectItemIn, string, string) {
		return archive.CorrectItemIn{ID: c.item.ID}, seen(c.item), c.item.ID.Path()
	}, func(_ *http.Request, c correct) page.Values { return page.Fill(c.facts) }, p.correctForm)
	p.Kit.For(change, mux, "POST /items/{id}/pages", p.addPages)
	p.Kit.For(change, mux, "POST /items/{id}/move/{to}", p.moveItem)
	p.Kit.For(change, mux, "POST /items/{id}/mark/{original}", p.setOriginal)
	recordweb.Press(changes, "/items/{id}/verify", archive.VerifyItem, p.item, itself)
	recordweb.Press(changes, "/items/{id}/drop", archive.DropTwin, p.item, itself)
	p.Kit.For(change, mux, "GET /items/{id}/unpack/{blob}", p.showUnpack)
	p.Kit.For(change, mux, "POST /items/{id}/unpack/{blob}", p.unpack)
	p.Kit.For(change, mux, "POST /items/{id}/pages/{page}/turn/{by}", p.turnPage)
	p.Kit.For(change, mux, "POST /items/{id}/pages/{page}/split", p.splitItem)
	p.Kit.For(void, mux, "POST /items/{id}/merge", p.mergeItem)
	recordweb.Sent(voids, "/items/{id}/void", archive.VoidItem, p.item, func(i *archive.Item) (record.VoidIn[archive.ItemID], string, string) {
		return record.VoidIn[archive.ItemID]{ID: i.ID}, seen(i), i.ID.Path()
	}, func(w http.ResponseWriter, r *http.Request, i *archive.Item, f *page.Form) error {
		return p.renderItem(w, r, i, forms{void: f})
	})
	recordweb.Press(voids, "/items/{id}/restore", archive.RestoreItem, p.item, itself)
}

// itself is an operation of one press on an item, which leads back to its page.
func itself(i *archive.Item) (archive.ItemID, string, string) { return i.ID, seen(i), i.ID.Path() }

// scope is what a request may see of the room. A paper is opened by its address or label, so the estate chosen in the
// header does not narrow it.
func scope(r *http.Request) access.Scope {
	return access.From(r.Context()).Scope(archive.MayRead(), access.Company)
}

// volume is the volume a request's address names.
func (p Pages) volume(r *http.Request) (*archive.Volume, error) {
	return archive.FindVolume(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[archive.VolumeID](r.PathValue("id")))
}

// item is the item a request's address names.
func (p Pages) item(r *http.Request) (*archive.Item, error) {
	return archive.FindItem(r.Context(), p.Door.DB.Read(), scope(r), ref.ParseID[archive.ItemID](r.PathValue("id")))
}

// may reports whether whoever asks holds one of the posts in an estate.
func may(r *http.Request, e access.EstateID, posts []access.Post) bool {
	_, ok := access.From(r.Context()).Holding(e, posts)
	return ok
}
