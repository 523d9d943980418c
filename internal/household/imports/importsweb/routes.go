package importsweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/approval"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/ref"
)

// NavLeft is the key of what imports left over in the navigation.
const NavLeft = "import_left"

// Pages are the pages of imports.
type Pages struct {
	Kit      *page.Kit
	Door     *op.Door
	Requests *approval.Registry
	Things   ref.Kinds
	Scans    archive.Scans // where a picture goes that an import left over
	Nav      string        // key of the module in the navigation
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	lists := listweb.Site{Kit: p.Kit, Door: p.Door, Estate: estate.NameOf}
	lists.Routes(mux, imports.Imports, p.Nav)
	lists.Routes(mux, imports.Lines, p.Nav)
	lists.Routes(mux, imports.Lefts, NavLeft)
	may, undo := imports.MayImport(), imports.MayUndo()
	p.Kit.For(may, mux, "GET /imports/new", p.newImport)
	p.Kit.For(may, mux, "POST /imports/new", p.upload)
	p.Kit.For(imports.MayClear(), mux, "GET "+imports.ClearPath, p.askClear)
	p.Kit.For(imports.MayClear(), mux, "POST "+imports.ClearPath, p.takeClear)
	p.Kit.For(imports.MayClear(), mux, "GET "+imports.ClearPath+"/{request}", p.fetchClear)
	p.Kit.For(may, mux, "GET /imports/{id}", p.show)
	p.Kit.For(may, mux, "POST /imports/{id}/map", p.mapColumns)
	p.Kit.For(may, mux, "POST /imports/{id}/answers", p.answer)
	p.Kit.For(may, mux, "POST /imports/{id}/cure", p.cure)
	p.Kit.For(may, mux, "POST /imports/{id}/mended", p.mended)
	p.Kit.For(may, mux, "POST /imports/{id}/moves", p.chooseMoves)
	p.Kit.For(may, mux, "POST /imports/{id}/commit", p.commit)
	p.Kit.For(undo, mux, "POST /imports/{id}/undo", p.undo)
	p.Kit.For(may, mux, "POST /imports/{id}/discard", p.discard)
	p.Kit.For(may, mux, "POST /imports/{id}/again", p.again)
	p.Kit.For(may, mux, "POST /imports/{id}/give", p.giveAll)
	p.Kit.For(may, mux, "GET "+imports.LinesPath+"/{id}", p.showLine)
	p.Kit.For(may, mux, "GET "+imports.LeftPath+"/{id}", p.showLeft)
	p.Kit.For(may, mux, "GET "+imports.LeftPath+"/{id}/picture", p.leftPicture)
	p.Kit.For(may, mux, "POST "+imports.LeftPath+"/{id}/file", p.fileLeft)
	p.Kit.For(may, mux, "POST "+imports.LeftPath+"/{id}/settle", p.settleLeft)
	p.Kit.For(may, mux, "POST "+imports.LeftPath+"/{id}/reopen", p.reopenLeft)
	p.Kit.For(may, mux, "POST "+imports.LeftPath+"/{id}/give", p.giveLeft)
}

// find is the import a request's address names.
func (p Pages) find(r *http.Request) (*imports.Import, error) {
	scope := access.From(r.Context()).Scope(imports.MayImport(), access.Company)
	return imports.Find(r.Context(), p.Door.DB.Read(), scope, ref.ParseID[imports.ID](r.PathValue("id")))
}

// load is the import with its file.
func (p Pages) load(r *http.Request) (*imports.File, error) {
	imp, err := p.find(r)
	if err != nil {
		return nil, err
	}
	return imports.Load(r.Context(), p.Door, imp.ID)
}

func refOf(i *imports.Import) string { return "import:" + ref.Text(i.ID) }
