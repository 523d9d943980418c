package logweb

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/vault"
)

// mostShown bounds the rows of one leaf on its page: an import touches thousands, for which there is tools/check_log.py.
const mostShown = 200

// leafView is a leaf with everything that is needed to compare it with docs/log-format.md.
type leafView struct {
	said
	full           evidence.LeafWithRows
	why, from      string // why it was refused; where a sign-in came from
	earlier, later string // addresses of its neighbours
}

// leaf is the page of one leaf. One in a log that is not whoever asks's to read is not there.
func (p Pages) leaf(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	log, index := access.EstateID(number(r.PathValue("log"))), number(r.PathValue("index"))
	if _, may := access.From(ctx).Holding(log, mayRead); !may {
		return errs.E(errs.NotFound, "error.not_found")
	}
	full, err := p.Door.Log.LeafAt(ctx, q, log, index, mostShown)
	if errors.Is(err, evidence.ErrNoLeaf) {
		return errs.E(errs.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	all, err := p.Names.say(ctx, q, []evidence.Leaf{full.Leaf})
	if err != nil {
		return err
	}
	v := leafView{said: all[0], full: full}
	if v.why, v.from, err = p.payloads(ctx, full.Leaf); err != nil {
		return err
	}
	head, err := p.Door.Log.Head(ctx, q, log)
	if err != nil {
		return err
	}
	if index > 0 {
		v.earlier = pathOf(log, index-1)
	}
	if index+1 < head.Size {
		v.later = pathOf(log, index+1)
	}
	return p.Kit.Render(w, r, http.StatusOK, page.Page{Title: v.what, Nav: NavLog, Body: leafBody(v)})
}

var placeholder = regexp.MustCompile(`\{\d[^}]*\}`)

// payloads are the two things said under the log's own key that an auditor asks for: why something was refused, and the address
// somebody signed in from. What was said about people stays sealed.
func (p Pages) payloads(ctx context.Context, l evidence.Leaf) (why, from string, err error) {
	switch {
	case l.Result != evidence.Done:
		var refusal op.Refusal
		if _, err = p.Door.Log.Said(ctx, p.Door.DB.Read(), l.Op, "refused", &refusal); refusal.Key != "" {
			why = placeholder.ReplaceAllString(i18n.T(ctx, refusal.Key), "…")
		}
		if refusal.Clause != "" {
			why = refusal.Clause + " " + why
		}
	case l.Name == account.SignIn.Name():
		var in account.SignInIn
		_, err = p.Door.Log.Said(ctx, p.Door.DB.Read(), l.Op, "in", &in)
		from = in.Address
	}
	if errors.Is(err, vault.ErrNoKey) {
		err = nil
	}
	return why, from, err
}

// facts are what the leaf says, in two groups: in words, and as its bytes have it.
func (v leafView) facts(ctx context.Context) []page.FactGroup {
	t := func(key string) string { return i18n.T(ctx, key) }
	words := []page.Fact{
		{Label: t("log.log"), Text: v.log}, {Label: t("log.when"), Text: moment(v.At)}, {Label: t("log.what"), Text: v.what},
		{Label: t("log.about"), Text: cmp.Or(v.about.String(), t("log.none"))}, {Label: t("log.who"), Text: v.who},
		{Label: t("log.post"), Text: cmp.Or(v.post, t("log.none"))}, {Label: t("log.result"), State: v.result.State, Chip: v.result.Text},
	}
	if v.why != "" {
		words = append(words, page.Fact{Label: t("log.why"), Text: v.why})
	}
	if v.from != "" {
		words = append(words, page.Fact{Label: t("log.address"), Text: v.from})
	}
	id := func(n int64) string { return strconv.FormatInt(n, 10) }
	bytes := []page.Fact{
		{Label: "log", Text: id(int64(v.Log))}, {Label: "index", Text: id(v.Index)}, {Label: "op", Text: id(v.Op)}, {Label: "at", Text: id(v.At)},
		{Label: "actor", Text: id(v.Actor)}, {Label: "subject", Text: id(v.Subject)}, {Label: "result", Text: id(int64(v.Result))},
		{Label: "name", Text: v.Name}, {Label: "post", Text: cmp.Or(v.Post, t("log.none"))}, hash("token", v.Token[:]),
		hash("touched", v.Touched.Hash[:]), hash("payloads", v.Payloads.Hash[:]), hash("LEAF", v.full.Hash[:]),
	}
	return []page.FactGroup{{Title: t("log.leaf.says"), Facts: words}, {Title: t("log.leaf.bytes"), Note: t("log.leaf.bytes.note"), Facts: bytes}}
}

func hash(label string, b []byte) page.Fact {
	text := hex.EncodeToString(b)
	if tlog.Hash(b) == (tlog.Hash{}) {
		text = "0"
	}
	return page.Fact{Label: label, Body: code(text)}
}
