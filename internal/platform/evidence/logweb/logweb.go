// Package logweb shows the logs to those who audit: every leaf of the estates' and the company's logs, what each says and covers,
// and the logs' heads, to be copied and kept outside as anchors (reliability §3; mission, provable records).
//
// It may import account, clock, evidence, list, op and page. Always true: it shows what leaves hold, which is no personal data but
// the names of those who acted and the accounts they acted on; of everything else kind and number.
package logweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
)

// Locales are the page's texts.
//
//go:embed locales/*.json
var Locales embed.FS

const (
	// NavLog is the key of the module in the navigation.
	NavLog = "log"
	// Path is the address of the page.
	Path = "/log"

	headsPath = Path + "/heads"
)

var mayRead = []access.Post{access.Auditor}

// MayRead are the posts that read the log.
func MayRead() []access.Post { return mayRead }

// pathOf is the address of a leaf.
func pathOf(log access.EstateID, index int64) string {
	return Path + "/" + strconv.FormatInt(int64(log), 10) + "/" + strconv.FormatInt(index, 10)
}

// Pages are what stands beside the list of leaves.
type Pages struct {
	Kit   *page.Kit
	Door  *op.Door
	Names Names
}

// Routes serves the pages.
func (p Pages) Routes(mux *http.ServeMux) {
	p.Kit.For(mayRead, mux, "GET "+headsPath, p.heads)
	p.Kit.For(mayRead, mux, "GET "+Path+"/{log}/{index}", p.leaf)
}

// mostAnchors is how many heads stand above a printed log; of more the page of heads has them.
const mostAnchors = 8

// lead says which logs a list of leaves shows; on paper with the head of each, as an anchor.
func (n Names) lead(ctx context.Context, q db.Querier, s access.Scope, printed bool) (string, error) {
	logs, err := n.logs(ctx, q, s)
	switch {
	case err != nil || len(logs) == 0:
		return "", err
	case printed && len(logs) > mostAnchors:
		return i18n.T(ctx, "log.lead.many", len(logs)), nil
	case printed:
		return n.anchors(ctx, q, logs)
	case len(logs) == 1:
		return i18n.T(ctx, "log.lead", logs[0].Label), nil
	}
	return i18n.T(ctx, "log.lead.all", len(logs)), nil
}

func (n Names) anchors(ctx context.Context, q db.Querier, logs []list.Option) (string, error) {
	var lines []string
	for _, l := range logs {
		head, err := n.Head(ctx, q, access.EstateID(number(l.Value)))
		if err != nil {
			return "", err
		}
		lines = append(lines, i18n.T(ctx, "log.lead.head", l.Label, head.Short()))
	}
	return strings.Join(lines, "\n"), nil
}
