package registerweb_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/list"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/historyweb"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/record"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
	"hudang/internal/register"
	"hudang/internal/register/registertest"
	"hudang/internal/register/registerweb"
)

type keyID int64

// keyRow is a record of the toy register: a key that lies at the desk, until it is lent.
type keyRow struct {
	bun.BaseModel `bun:"table:toy_key,alias:key"`
	register.Base[keyID]
	keyFacts
	lent
}

type keyFacts struct {
	Door   string `bun:"door" form:"door"`
	Since  string `bun:"since" form:"since"`
	Copies int64  `bun:"copies" form:"copies"`
}

type lent struct {
	To string `bun:"lent_to,nullzero" form:"lent_to"`
}

func (k *keyRow) Facts() *keyFacts { return &k.keyFacts }

var lentFields = record.Fields[lent]{{Name: "lent_to", Label: "toy.lent_to", Of: func(l *lent) any { return &l.To }, Required: true, Width: 3}}

var keys = register.Define(register.Def[keyRow, keyFacts, keyID]{
	Room: "toy", Noun: "key", Plural: "keys", Path: "/keys", Title: "toy.keys", Add: "toy.add", Find: "toy.door", Empty: list.EmptyText{Title: "toy.keys", Text: "toy.add"},
	Clauses: []string{"D2"}, MayRead: access.Desk, MayEnter: access.Desk, MayVoid: []access.Post{access.Manager},
	Fields: record.Fields[keyFacts]{
		{Name: "door", Label: "toy.door", Of: func(k *keyFacts) any { return &k.Door }, Required: true, Max: 10, Sorts: true, Searched: true, Width: 4},
		{Name: "since", Label: "toy.since", Kind: record.Moment, Of: func(k *keyFacts) any { return &k.Since }, Required: true, Width: 4},
		{Name: "copies", Label: "toy.copies", Kind: record.Number, Of: func(k *keyFacts) any { return &k.Copies }, Width: 2},
	},
	Later:  record.Within(lentFields, func(k *keyRow) *lent { return &k.lent }),
	Called: func(k *keyRow) string { return k.Door },
	Tabs:   []list.SavedView{{Label: "toy.here", Apply: list.None("lent_to")}, {Key: "lent", Label: "toy.lent", Apply: list.Some("lent_to")}},
	Sort:   "door",
})

var lend = register.DefineAct(keys, register.ActDef[keyRow, lent]{Verb: "lend", UndoVerb: "return", Label: "toy.lend", UndoLabel: "toy.return", MayDo: access.Desk,
	Fields: lentFields, Of: func(k *keyRow) *lent { return &k.lent },
	Check: func(k *keyRow, l lent, f *errs.Fields) { f.Check(l.To != k.Door, "lent_to", "toy.to_door") }})

var toyFiles = fstest.MapFS{
	"migrations/20990101000000_key.sql": {Data: []byte(`CREATE TABLE toy_key (id BIGINT NOT NULL PRIMARY KEY, estate BIGINT NOT NULL, version BIGINT NOT NULL, ev_op BIGINT NOT NULL, ev_salt {{blob}} NOT NULL,
		voided {{text}}, void_reason {{text}}, door {{text}} NOT NULL, since {{text}} NOT NULL, copies BIGINT NOT NULL, lent_to {{text}});`)},
	"locales/zh.json": {Data: toyTexts()}, "locales/en.json": {Data: toyTexts()},
}

func toyTexts() []byte {
	var lines []string
	for key, text := range map[string]string{"toy.keys": "Keys", "toy.add": "Enter a key", "toy.door": "Door", "toy.since": "Since", "toy.copies": "Copies", "toy.lent_to": "Lent to", "toy.lend": "Lend", "toy.return": "Take back", "toy.here": "Here", "toy.to_door": "A door borrows no key", "toy.lent": "Lent",
		"op.toy.enter_key": "entered", "op.toy.correct_key": "corrected", "op.toy.void_key": "voided", "op.toy.restore_key": "restored", "op.toy.lend_key": "lent", "op.toy.return_key": "returned"} {
		lines = append(lines, fmt.Sprintf("%q: %q", key, text))
	}
	return []byte("{" + strings.Join(lines, ",") + "}")
}

var (
	toyModule = keys.Into(module.Module{Files: toyFiles}, lend.Ops())
	things    = ref.Kinds{toyModule.Kinds[0].Name: toyModule.Kinds[0]}
	printOne  = label.Print(things)
	printAll  = label.PrintAll(things)
	world     = registertest.World(module.Module{Files: account.Files, Tables: account.Tables}, module.Module{Files: list.Migrations, Tables: list.Tables}, archive.Module, toyModule,
		module.Module{Ops: []op.Any{printOne, printAll}})
)

// desk is the pages of the toy register, and who opens them in which estate.
type desk struct {
	t             *testing.T
	door          *op.Door
	mux           *http.ServeMux
	garden, tower access.EstateID
}

func each(t *testing.T, test func(t *testing.T, d desk)) {
	t.Helper()
	optest.Each(t, world, func(t *testing.T, door *op.Door) {
		texts, err := i18n.New(errs.Locales, cn.Locales, page.Locales, paperweb.Locales, historyweb.Locales, list.Locales, record.Locales, register.Locales, account.Files, label.Module.Files, estate.Module.Files, archive.Module.Files, toyFiles)
		if err != nil {
			t.Fatal(err)
		}
		tokens := 0
		kit := page.New(page.Config{Bundle: texts, Lang: func(*http.Request) i18n.Lang { return i18n.Chinese }, Shell: func(*http.Request) page.Shell { return page.Shell{} }, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
			Reference: func() string { return "7F3A" }, Token: func() string { tokens++; return strconv.Itoa(tokens) }, Today: func() string { return clock.Date(door.Clock.Now()) }})
		d := desk{t, door, http.NewServeMux(), estatetest.Estate(t, door, "garden"), estatetest.Estate(t, door, "tower")}
		registerweb.Serve(recordweb.Site{Kit: kit, Door: door}, d.mux, keys, registerweb.ActOf(lend))
		labelweb.Pages{Kit: kit, Door: door, Things: things, Print: printOne, PrintAll: printAll, EstateName: estate.NameOf}.Routes(d.mux)
		test(t, d)
	})
}

// answer is what a page answered with.
type answer struct {
	status   int
	to, body string
}

func (d desk) ask(r *http.Request, e access.EstateID, post access.Post) answer {
	w := httptest.NewRecorder()
	ctx := access.WithChosen(access.With(r.Context(), access.Actor{Account: 7, Name: "chenli", Grants: []access.Grant{{Post: post, Estate: e}}}), e)
	d.mux.ServeHTTP(w, r.WithContext(ctx))
	return answer{w.Code, w.Header().Get("Location"), w.Body.String()}
}

// get opens a page as a manager of the garden.
func (d desk) get(path string) answer {
	return d.ask(httptest.NewRequest(http.MethodGet, path, nil), d.garden, access.Manager)
}

// send opens a page, and sends its form that posts to an address, with values changed.
func (d desk) send(from, action string, changed url.Values) answer {
	d.t.Helper()
	body := d.get(from).body
	pagetest.In(d.t, body, "form[action="+action+"]")
	values := url.Values(pagetest.Fields(d.t, body, "form[action="+action+"]"))
	for name, v := range changed {
		values[name] = v
	}
	return d.post(action, values)
}

func (d desk) post(action string, values url.Values) answer {
	r := httptest.NewRequest(http.MethodPost, action, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.ask(r, d.garden, access.Manager)
}

// form sends the form of an address, with values changed.
func (d desk) form(action string, changed url.Values) answer {
	d.t.Helper()
	return d.send(action, action, changed)
}
