package labelweb

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
	"hudang/internal/platform/ref"
)

const (
	labelForm = "标签"
	printing  = "/label/"
	size      = "size" // the parameter that names the paper
)

// PrintPath is the address that prints a thing's label.
func PrintPath(thing ref.Ref) string {
	return printing + thing.Kind + "/" + strconv.FormatInt(thing.ID, 10)
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
	estate, words, err := p.words(i18n.In(r.Context(), i18n.Chinese), thing)
	if err != nil {
		return err
	}
	choices, at := sizes(r)
	return paperweb.Serve(p.Kit, w, r, paper.Doc{
		Form: labelForm, Number: label.Spaced(done.Out), Estate: estate, Paper: at, Head: paper.HeadNone,
		Printed: paperweb.Printed(r, p.Door, done.Log, done.Leaf),
		Body:    []paper.Block{paper.Label{Data: address(r, done.Out), Digits: label.Spaced(done.Out), Place: estate, Words: words}},
	}, choices...)
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
