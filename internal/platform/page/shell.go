package page

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"hudang/internal/platform/access"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/ref"
)

// Shell is the frame around a page, as one person sees it. Texts are translated, addresses are built; only what is
// permitted is in it. The zero value is a frame with nothing but the product's name.
type Shell struct {
	Home       string // where the product's sign leads
	Nav        []NavEntry
	Phone      []NavEntry     // bottom bar of a phone; the kit adds "more" with everything else
	Estates    []Estate       // to choose from; the current one is shown
	EstateHref string         // posts "estate" and "back"
	EstateNew  Action         // below the estates: makes one more; no label for none
	Search     string         // address of the search: "q"; with htmx its answer is the list under the box
	SearchHint string         // what can be searched for
	New        []Action       // behind "new"
	Bell       string         // address of what is due
	Counts     map[string]int // due work by the entries' keys, as far as it is known; the page asks for it anew (LivePath)
	User       User
	Display    string // posts "big" (1 or 0) or "lang", and "back"
	Big        bool   // large type
	EnterStays bool   // Enter does not go to the next field
	NoLetters  bool   // keys without Ctrl or Alt are off
	Idle       int    // minutes after which a session that rests ends; 0 says nothing of it
	Merged     string // roles that should be apart are held by one person: shown on every page
	Banners    []Banner
	Keys       []Key // more lines for the list of keys
	Toast      string
}

// NavEntry is a module, or a group of modules: those below stand under it while one of them is open.
type NavEntry struct {
	Key, Label, Icon, Href string
	Current                bool
	Below                  []NavEntry
}

// open reports a group with the current entry.
func (e NavEntry) open() bool {
	return slices.ContainsFunc(e.Below, func(b NavEntry) bool { return b.Current })
}

// Estate is one estate, or all of them.
type Estate struct {
	ID, Name string
	Current  bool
}

// User is who is signed in, in the role in force. Items is the menu.
type User struct {
	Name, Post string
	Items      []Action
}

// BannerKind is how loud a banner is.
type BannerKind string

// The kinds of banner.
const (
	BannerInfo  BannerKind = "info"
	BannerDue   BannerKind = ""
	BannerError BannerKind = "error"
)

// Banner is a line above every page, e.g. that there is no backup yet.
type Banner struct {
	Kind        BannerKind
	Text        string
	Label, Href string // way to mend it
}

// Key is a line of the list of keys.
type Key struct{ Keys, Does string }

// Page is a whole page: it renders itself within the frame, or alone when htmx asks for a part.
type Page struct {
	Title   string // of the window
	Nav     string // key of the module, when the Shell does not mark it
	Err     error  // the page shows a refused form: its title says so
	Bare    bool   // without navigation: sign-in, first use
	Body    templ.Component
	Dialogs []templ.Component // at the end of the page
	About   ref.Ref           // whose page it is, where looking at it is kept (D5); zero for pages about nobody
	Estate  access.EstateID   // of About

	failed bool // an error page: the frame is tried, but may fail
}

var _ templ.Component = Page{}

// Render writes the page.
func (p Page) Render(ctx context.Context, w io.Writer) error {
	if len(mistakesOf(p.Err)) > 0 || (p.Err != nil && !p.failed) {
		p.Title = i18n.T(ctx, "page.title.error", p.Title)
	}
	a := asked(ctx)
	if a != nil && a.htmx && !boosted(a.request) {
		return part(p).Render(ctx, w)
	}
	s := p.shell(a)
	if a != nil {
		a.bare = s.bare(p)
	}
	return layout(p, s).Render(ctx, w)
}

// shell asks for the frame. On an error page a second failure must not hide the first, so there the frame may be lost.
func (p Page) shell(a *asking) (s Shell) {
	if a == nil {
		return Shell{}
	}
	if p.failed {
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler {
				s = Shell{}
			}
		}()
	}
	s = a.shell()
	if p.Nav == "" {
		return s
	}
	s.Nav, s.Phone = marked(s.Nav, p.Nav), marked(s.Phone, p.Nav)
	return s
}

// marked are the entries with the one of a key as the current one.
func marked(all []NavEntry, key string) []NavEntry {
	nav := slices.Clone(all)
	for i := range nav {
		nav[i].Current = nav[i].Key == key
		nav[i].Below = marked(nav[i].Below, key)
	}
	return nav
}

// LivePath is where pages ask by themselves whether something changed.
const LivePath = "/live/"

// CountDue is the key of all that is due, which the bell shows: the home page's.
const CountDue = "home"

// count is a count of the frame as text; nothing for none.
func (s Shell) count(key string) string {
	if n := s.Counts[key]; n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

func (s Shell) estate() string {
	for _, e := range s.Estates {
		if e.Current {
			return e.Name
		}
	}
	return ""
}

func (s Shell) home() string {
	if s.Home == "" {
		return "/"
	}
	return s.Home
}

func (s Shell) bare(p Page) bool { return p.Bare || len(s.Nav) == 0 }

func htmlClass(s Shell) string {
	if s.Big {
		return "big"
	}
	return ""
}

func langTag(ctx context.Context) string {
	if i18n.LangOf(ctx) == i18n.English {
		return "en"
	}
	return "zh-CN"
}

func otherLang(ctx context.Context) string {
	if i18n.LangOf(ctx) == i18n.English {
		return string(i18n.Chinese)
	}
	return string(i18n.English)
}

func bigValue(s Shell) string {
	if s.Big {
		return "0"
	}
	return "1"
}

func pressed(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// htmxConfig switches off what the content policy forbids or privacy does not want, and lets refusals be shown.
const htmxConfig = `{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"selfRequestsOnly":true,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},` +
	`{"code":"(403|404|409|422|500|503)","swap":true,"error":true},{"code":"...","swap":false,"error":true}]}`

// houseKeys are the keys of every page, for the list of keys.
var houseKeys = []Key{
	{"F2 · /", "page.key.find"}, {"Ctrl+K", "page.key.palette"}, {"F8", "page.key.print"}, {"Ctrl+S", "page.key.save"}, {"Ctrl+Enter", "page.key.savenext"},
	{"Alt+N", "page.key.new"}, {"Alt+1…9", "page.key.module"}, {"Enter", "page.key.enter"}, {"↑ ↓", "page.key.rows"}, {"Alt+→", "page.key.preview"}, {"Space", "page.key.tick"},
	{"Ctrl+A", "page.key.all"}, {"Esc", "page.key.back"}, {"?", "page.key.list"},
}
