package listweb_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list"
	"hudang/internal/platform/list/listweb"
)

// A list that its room forgot to list is found when the program starts, with the file to mend.
func TestRoutes_RefusesAListThatNoRoomHas(t *testing.T) {
	c := apptest.Open(t)
	forgotten := list.Define(list.Def[struct{}]{Name: "desk.keys", Path: "/keys", Posts: []access.Post{access.Manager}})
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "/keys is served") || !strings.Contains(said, "module.go") {
			t.Errorf("%s", said)
		}
	}()
	listweb.Site{Door: c.App.Door}.Routes(http.NewServeMux(), forgotten, "keys")
	t.Error("it is served")
}
