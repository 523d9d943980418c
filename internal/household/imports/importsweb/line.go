package importsweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/masked/maskedweb"
	"hudang/internal/platform/page"
)

// lineView is the page of one row of a roster: what became of it, what it says that has no other place, what it left over.
type lineView struct {
	imports.LineRow
	text page.MaskedView
	left []imports.LeftRow
}

func (p Pages) showLine(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	scope := access.From(ctx).Scope(imports.MayImport(), access.Company)
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // what is no number is no row
	row, err := imports.FindLine(ctx, q, scope, id)
	if err != nil {
		return err
	}
	v := lineView{LineRow: row}
	record, text := row.Record()
	v.text = maskedweb.View(ctx, imports.LineText, record, text, i18n.T(ctx, "line.text"))
	if v.left, err = imports.LeftOfRow(ctx, q, scope, row.Import, row.Sheet, row.Row); err != nil {
		return err
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.title(ctx), Nav: p.Nav, Estate: row.Estate, Body: lineBody(v)})
}

func (v lineView) title(ctx context.Context) string {
	return i18n.T(ctx, "line.title", v.Sheet, v.Part+v.Rows())
}

func (v lineView) place() string { return v.Sheet + " " + v.Part + v.Rows() }

func lineFacts(ctx context.Context, v lineView) []page.FactGroup {
	facts := []page.Fact{{Label: i18n.T(ctx, "line.fate"), Text: i18n.T(ctx, v.Fate.Key())}}
	if detail := v.Detail(ctx); detail != "" {
		facts = append(facts, page.Fact{Label: i18n.T(ctx, "line.detail"), Text: detail})
	}
	facts = append(facts, page.Fact{Label: i18n.T(ctx, "import.file"), Text: v.File, Href: v.Import.Path()}, page.Fact{Label: i18n.T(ctx, "line.place"), Text: v.place()})
	if v.Fate.Aside() { // a head, a sum: of no unit and nobody
		return []page.FactGroup{{Title: i18n.T(ctx, "line.facts"), Facts: facts}}
	}
	room, names := page.Fact{Label: i18n.T(ctx, "left.room"), Text: v.Where()}, page.Fact{Label: i18n.T(ctx, "household.names"), Text: v.Called()}
	if v.Unit != 0 {
		room.Href = v.Unit.Path()
	}
	if v.Household != 0 && !v.Undone() {
		names.Href = v.Household.Path()
	}
	facts = append(facts, room, names)
	return []page.FactGroup{{Title: i18n.T(ctx, "line.facts"), Facts: facts}}
}
