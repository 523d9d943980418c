package estateweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

// Two people correct one telephone number; both numbers have the mask 150****0002.
func TestParty_ConflictComparesMaskedFactsUnseen(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		mine, theirs := c.SignIn(t, "zhouqian", c.Garden, access.Assistant), c.SignIn(t, "limin", c.Garden, access.Custodian)
		for _, test := range []struct {
			name, first, second, take, match, want string
		}{
			{"differ, mine", "15011110002", "15022220002", "mine", "两边不同", "15022220002"},
			{"differ, theirs", "15011110002", "15022220002", "theirs", "两边不同", "15011110002"},
			{"agree", "15011110002", "150 1111 0002", "", "两边相同", "15011110002"},
		} {
			id := estatetest.Party(t, c.App.Door, c.Garden, "陈建国", "15099990001")
			contact := only(t, c, id)
			path := "/contacts/" + ref.Text(contact.ID) + "/correct"
			form := mine.Form(path, path)
			theirs.Submit(path, path, url.Values{"value": {test.first}})
			p := mine.Send(form, path, url.Values{"value": {test.second}})
			if p.Status != http.StatusConflict || strings.Contains(p.Body, "15011110002") && test.second != "15011110002" {
				t.Fatalf("%s: status %d, or the other's number is shown", test.name, p.Status)
			}
			diff := pagetest.All(t, p.Body, ".diff tbody")
			if shown := pagetest.Text(diff[0]); !strings.Contains(shown, test.match) || strings.Count(shown, "150****0002") != 2 || !strings.Contains(shown, "150****0001") {
				t.Errorf("%s: the conflict says %q", test.name, shown)
			}
			chosen := url.Values{}
			if test.take != "" {
				chosen.Set("_take.value", test.take)
			}
			if p = mine.Send(apptest.Fields(p.Body, path), path, chosen); p.Status != http.StatusOK {
				t.Errorf("%s: %d %s", test.name, p.Status, mistakes(t, p.Body))
			}
			if clear, err := only(t, c, id).Clear(t.Context(), c.App.Door.Vault); err != nil || clear != test.want {
				t.Errorf("%s: kept %s, want %s (%v)", test.name, clear, test.want, err)
			}
		}
	})
}

func only(t *testing.T, c *apptest.Company, id estate.PartyID) *estate.Contact {
	t.Helper()
	all, err := estate.ContactsOf(t.Context(), c.App.Door.DB.Read(), id)
	if err != nil {
		t.Fatal(err)
	}
	return all[id][0]
}
