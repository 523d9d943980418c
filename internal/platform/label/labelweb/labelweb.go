// Package labelweb prints the labels of things, and opens the thing a label stands on: /c/ and the ten digits, as scanned,
// photographed or typed.
//
// It may import label, list, page, paper, ref and op. Always true: a label leads only those to a thing who may see it, and says of
// a person nothing (ui §6: digits and room).
package labelweb

import (
	"context"
	"net/http"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/ref"
)

const base = "/c/"

// Path is the address behind a label's QR code.
func Path(code string) string { return base + code }

// Code is a thing's code as it stands on a form: the address a phone's camera opens, and the digits for people (realities 12).
func Code(r *http.Request, code string) paper.Code {
	return paper.Code{Data: address(r, code), Text: label.Spaced(code)}
}

func address(r *http.Request, code string) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + Path(code)
}

// Facts are what a thing's facts say of its code: nothing while it has none.
func Facts(ctx context.Context, code string) []page.Fact {
	if code == "" {
		return nil
	}
	return []page.Fact{{Label: i18n.T(ctx, "label.code"), Text: label.Spaced(code)}}
}

// Acts are the acts on the label of a thing of an estate, for whoever may print it.
func Acts(ctx context.Context, at access.EstateID, thing ref.Ref) []page.Action {
	if _, may := access.From(ctx).Holding(at, label.MayPrint()); !may {
		return nil
	}
	return []page.Action{{Key: "label", Label: i18n.T(ctx, "label.print"), Icon: "print", Href: PrintPath(thing)}}
}

// Pages are the pages of labels.
type Pages struct {
	Kit        *page.Kit
	Door       *op.Door
	Things     ref.Kinds
	Print      *op.Op[ref.Ref, string]
	PrintAll   *op.Op[label.Printed, []string]
	EstateName func(ctx context.Context, q db.Querier, e access.EstateID) (string, error)
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(access.Posts, mux, "GET "+base+"{code}", p.open)
	p.Kit.For(label.MayPrint(), mux, "GET "+label.Path+"{thing}/{id}", p.print)
	p.Kit.For(label.MayPrint(), mux, "POST "+label.Path+"{thing}", p.printTicked)
	p.Kit.For(label.MayPrint(), mux, "GET "+printed+"{id}", p.showPrinted)
}

func (p Pages) open(w http.ResponseWriter, r *http.Request) error {
	code := strings.ReplaceAll(r.PathValue("code"), " ", "")
	to, err := label.Find(r.Context(), p.Door.DB.Read(), code)
	if err != nil {
		return err
	}
	thing, err := p.Things.Resolve(r.Context(), p.Door.DB.Read(), access.From(r.Context()), to)
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, thing.Href)
}
