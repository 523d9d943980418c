package labelweb

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/ref"
)

const (
	labelForm = "标签"
	labelsOf  = "%d 张"
	printed   = "/labels/"
	size      = "size" // the parameter that names the paper
)

// PrintPath is the address that prints a thing's label.
func PrintPath(thing ref.Ref) string {
	return label.Path + thing.Kind + "/" + strconv.FormatInt(thing.ID, 10)
}

// papers are the sizes of label paper (ui §6); the first is used where nobody chose.
var papers = []paper.Paper{paper.LabelPaper(40, 30), paper.LabelPaper(30, 20), paper.LabelPaper(60, 40)}

// print prints a thing's label, on the paper that the address names.
func (p Pages) print(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0: nothing there
	thing := ref.Ref{Kind: r.PathValue("thing"), ID: id}
	done, err := op.Run(r.Context(), p.Door, p.Print, thing)
	if err != nil {
		return err
	}
	return p.serve(w, r, thing.Kind, []int64{id}, map[int64]string{id: done.Out}, label.Spaced(done.Out), done.Log, done.Leaf)
}

// printTicked prints the labels of a list's ticked rows, and leads to them.
func (p Pages) printTicked(w http.ResponseWriter, r *http.Request) error {
	ids, err := listweb.Ticked(p.Kit, p.Door, r, label.Most)
	if err != nil {
		return err
	}
	done, err := opform.Run(r, p.Door, p.PrintAll, label.Printed{Kind: r.PathValue("thing"), IDs: ids}, "")
	if err != nil {
		return err
	}
	return p.Kit.Redirect(w, r, printed+strconv.FormatInt(done.Op, 10))
}

// showPrinted shows labels to whoever printed them together, on each paper and as PDF: the leaf says which they were.
func (p Pages) showPrinted(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	var in label.Printed
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64) // 0: nothing there
	leaf, err := p.Door.Log.Said(ctx, q, id, "in", &in)
	if err != nil && !errors.Is(err, evidence.ErrNoLeaf) {
		return err
	}
	if _, may := access.From(ctx).Holding(leaf.Log, label.MayPrint()); !may || leaf.Name != p.PrintAll.Name() || leaf.Actor != access.From(ctx).Account {
		return errs.E(errs.NotFound, "error.not_found")
	}
	codes, err := label.Codes(ctx, q, in.Kind, in.IDs...)
	if err != nil {
		return err
	}
	return p.serve(w, r, in.Kind, in.IDs, codes, fmt.Sprintf(labelsOf, len(in.IDs)), leaf.Log, leaf.Index)
}

// serve shows the labels of things of a kind, each on a page of its own.
func (p Pages) serve(w http.ResponseWriter, r *http.Request, kind string, ids []int64, codes map[int64]string, number string, log access.EstateID, leaf int64) error {
	choices, at := sizes(r)
	doc := paper.Doc{Form: labelForm, Number: number, Paper: at, Head: paper.HeadNone, Printed: paperweb.Printed(r, p.Door, log, leaf)}
	for i, id := range ids {
		estate, words, err := p.words(i18n.In(r.Context(), i18n.Chinese), ref.Ref{Kind: kind, ID: id})
		if err != nil {
			return err
		}
		if i > 0 {
			doc.Body = append(doc.Body, paper.Break{})
		}
		doc.Estate = estate
		doc.Body = append(doc.Body, paper.Label{Data: address(r, codes[id]), Digits: label.Spaced(codes[id]), Place: estate, Words: words})
	}
	return paperweb.Serve(p.Kit, w, r, doc, choices...)
}

// words are what a label says beside the code: the estate; then where the thing belongs, and what it says of itself.
func (p Pages) words(ctx context.Context, thing ref.Ref) (estate string, words []string, err error) {
	q, at := p.Door.DB.Read(), access.Company
	for thing != (ref.Ref{}) {
		found, err := p.Things.Find(ctx, q, thing)
		if err != nil {
			return "", nil, err
		}
		if found.Label != "" {
			words = append([]string{found.Label}, words...)
		}
		thing, at = found.Of, found.Estate
	}
	estate, err = p.EstateName(ctx, q, at)
	return estate, words, err
}

// sizes are the papers to choose from, and the one the request chose.
func sizes(r *http.Request) (choices []paperweb.Choice, chosen paper.Paper) {
	chosen = papers[0]
	for _, p := range papers {
		if p.Name == r.URL.Query().Get(size) {
			chosen = p
		}
	}
	for _, p := range papers {
		choices = append(choices, paperweb.Choice{Label: fmt.Sprintf("%g×%g mm", p.W, p.H), Href: r.URL.Path + "?" + size + "=" + p.Name, Current: p.Name == chosen.Name})
	}
	return choices, chosen
}
