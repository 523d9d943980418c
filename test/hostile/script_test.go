package hostile

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op/optest/night"
	"hudang/test/round"
)

// The marks that are planted. Each names mark, by which it is found again wherever it stands.
const mark = "xss7"

var marks = map[string]string{
	"element": `"><img src=x onerror=` + mark + `()>`,
	"script":  `</script><script>` + mark + `()`,
	"address": `javascript:` + mark + `()`,
}

// short is a mark for the names that may have twelve characters only.
const short = `"><b on=` + mark

// plain are fields that take no free text; whatever a person types there is read as something else, or refused.
var plain = map[string]bool{"identity": true, "phone": true, "import.identity": true, "import.area": true, "estate.name": true}

// TestScripts_InStoredTexts plants marks in every text the operations take and every field of every form that can be reached,
// then opens every page there is, as everybody who may: no mark becomes an element, an attribute's name, a script or an address.
// The long form plants each mark everywhere; the short one takes them in turn.
func TestScripts_InStoredTexts(t *testing.T) {
	if !night.On() {
		planted(t, marks["element"], slices.Sorted(maps.Values(marks))...)
		return
	}
	for name, m := range marks {
		t.Run(name, func(t *testing.T) { planted(t, m, m) })
	}
}

// planted sends typed in forms, and the marks in turn in the round's texts.
func planted(t *testing.T, typed string, turn ...string) {
	c, n := apptest.Open(t), 0
	r := round.New(t, c, c.Garden, "x", func(field, text string) string {
		n++
		switch {
		case plain[field]:
			return text
		case field == "pc.name":
			return short
		}
		return turn[n%len(turn)]
	})
	r.Run(round.Steps(), nil)
	all := watch{t: t, mark: typed}
	crowd := []*apptest.Client{
		c.SignIn(t, "desk", c.Garden, access.Custodian, access.Manager, access.Finance, access.OtherDept),
		c.SignIn(t, "head", access.Company, access.Manager),
		c.SignIn(t, "machine", access.Company, access.SystemAdmin),
		c.SignIn(t, "guard", access.Company, access.SecurityAdmin),
		c.SignIn(t, "audit", access.Company, access.Auditor),
	}
	for _, l := range []string{estate.Units.Path, household.Households.Path, "/papers"} {
		saveView(crowd[0], l)
	}
	for i, client := range crowd {
		w := crawler{watch: &all, client: client, starts: starts(r)}
		w.read()
		if i == 0 {
			w.send()
			w.read()
		}
	}
	if all.pages < 400 || all.said < 2000 || all.forms < 80 {
		t.Errorf("only %d pages, %d forms and %d marks were seen: the test shows little", all.pages, all.forms, all.said)
	}
	t.Logf("%d pages, %d forms sent, %d marks in texts and values", all.pages, all.forms, all.said)
	for line := range strings.Lines(c.Log.Text()) {
		if strings.Contains(line, `"level":"ERROR"`) {
			t.Errorf("the log says %.400s", line)
		}
	}
}

// saveView keeps a view of a list whose name is as dangerous as twelve characters can be.
func saveView(client *apptest.Client, path string) {
	fields := apptest.Fields(client.Get(path+"?q=1").Body, path+"/views")
	if len(fields) > 0 {
		client.Send(fields, path+"/views", url.Values{"name": {short}, "query": {"q=1"}})
	}
}

// starts are pages that no link leads to, besides the home page.
func starts(r *round.Round) []string {
	return []string{"/", "/households/known?unit=" + fmt.Sprint(r.Units[0]), "/pick/party/tenant?q=" + url.QueryEscape(mark), r.Import.Path(), r.Open.Path(), r.Job.Path(),
		"/search?q=" + url.QueryEscape(mark), "/years/" + fmt.Sprint(r.Units[0]), r.Check.Path(), "/settings/control.start", "/reveal/estate.reveal_contact/" + fmt.Sprint(r.Contact),
		r.Party.Path(), r.Double.Path(), r.Lease.Path(), r.Vehicle.Path(), r.Home.Path(), r.Sold.Path(), r.Volume.Path(), r.File.Path(), r.Item.Path(), r.Waiting.Path(),
		"/nowhere/" + url.PathEscape(marks["element"]), "/units?q=" + url.QueryEscape(marks["element"]) + "&building=" + url.QueryEscape(marks["element"]) + "&tab=" + url.QueryEscape(marks["element"]),
		"/sign-in?back=" + url.QueryEscape(marks["address"]), "/switch?card=" + url.QueryEscape(marks["element"])}
}
