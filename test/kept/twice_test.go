package kept

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
)

// filled are texts that fields take, by the end of their names.
var filled = map[string]string{
	"building": "9", "room": "9907", "rooms": "1-1-104", "unit": "1-1-103", "name": "欧阳双", "people.0.name": "欧阳双", "value": "13912345678", "phones.0.value": "13912345678",
	"plate": "京A88888", "why": "核对过", "reason": "核对过", "title": "双份说明", "place": "二号柜", "said": "门口停着一辆车", "outcome": "问过了", "how": "找到了", "words": "核对",
	"tenant": "张伟", "valid_to": "+30", "from": "+1", "login": "shuangfen", "since": "2025", "into": "李娟", "party": "张伟", "other": "李娟", "formed": "2025", "year": "2025",
}

// ending are forms after which the person, or the test, cannot go on.
var ending = regexp.MustCompile(`^/(sign-out|sign-in|switch|setup|enter|account)\b|^/accounts/\d+/(disable|posts|sessions|reset)$|^/accounts/mode`)

// TestTwice_EveryForm sends every form twice as it is, as a browser does whose answer was lost: the second gets what the first got.
func TestTwice_EveryForm(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		r, accepted := made(t, c), 0
		known := map[string]bool{}
		for _, who := range crowd(t, c) {
			for _, f := range forms(t, who, starts(r), known) {
				if f.multipart || ending.MatchString(f.action) {
					continue
				}
				if twice(t, who, f) {
					accepted++
				}
			}
		}
		if accepted < 40 {
			t.Errorf("only %d forms were accepted at all: the test shows little", accepted)
		}
		t.Logf("%d forms accepted", accepted)
	})
}

// twice reports whether a form was accepted.
func twice(t *testing.T, who person, f form) bool {
	t.Helper()
	body := who.client.Get(f.page).Body
	fields := apptest.Fields(body, f.action)
	if len(f.typed) > 0 {
		fields = apptest.FieldsWith(body, f.action, f.typed[0])
	}
	if fields == nil {
		return false // an earlier form took it away
	}
	typed := url.Values{}
	for _, name := range f.typed {
		value, ok := filled[name]
		if !ok {
			value = filled[name[strings.LastIndexByte(name, '.')+1:]]
		}
		if value != "" && fields.Get(name) == "" {
			typed.Set(name, value)
		}
	}
	first := who.client.Send(fields, f.action, typed)
	again := who.client.Send(fields, f.action, typed)
	if first.Status != again.Status || first.Path != again.Path {
		t.Errorf("%s on %s: %d at %s, sent again %d at %s", f.action, f.page, first.Status, first.Path, again.Status, again.Path)
	}
	return first.Status == http.StatusOK && first.Path != f.action
}

// A form whose answer was lost gets it after signing in again; another text under its token is none.
func TestTwice_NewHousehold(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		who := crowd(t, c)[0]
		fields := who.client.Form("/households/new", "/households/new")
		typed := url.Values{"rooms": {"1-1-103"}, "people.0.name": {"欧阳双"}, "people.0.phones.0.value": {"13912345678"}}
		first := who.client.Send(fields, "/households/new", typed)
		if first.Status != http.StatusOK || first.Path == "/households/new" {
			t.Fatalf("the household: %d at %s", first.Status, first.Path)
		}
		end(t, c, who.id)
		signIn(who, apptest.Fields(who.client.Get("/sign-in").Body, "/sign-in"))
		if again := who.client.Send(fields, "/households/new", typed); again.Status != first.Status || again.Path != first.Path {
			t.Errorf("sent again: %d at %s, first %s", again.Status, again.Path, first.Path)
		}
		typed.Set("people.0.name", "欧阳单")
		if other := who.client.Send(fields, "/households/new", typed); other.Path == first.Path {
			t.Error("another text under the same token got the first one's answer")
		}
	})
}
