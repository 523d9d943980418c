package listweb

import (
	"net/http"
	"net/url"

	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
)

// personal serves what a person makes of a list for himself: which columns it shows, and views of his own.
func (s Site) personal(mux *http.ServeMux, l list.Any) {
	post := func(path string, do func(r *http.Request, l list.Any, in asked) error) {
		s.Kit.For(l.ListPosts(), mux, "POST "+l.ListPath()+path, func(w http.ResponseWriter, r *http.Request) error {
			var in asked
			if err := page.Decode(r, &in); err != nil {
				return err
			}
			if err := do(r, l, in); err != nil {
				return err
			}
			return s.Kit.Redirect(w, r, in.back(l))
		})
	}
	post("/columns", s.chooseColumns)
	post("/views", s.saveView)
	post("/views/change", s.changeView)
}

// asked is what the menus send.
type asked struct {
	Columns []string `form:"column"`
	Reset   bool     `form:"reset"`
	Name    string   `form:"name"`
	Old     string   `form:"old"`
	Drop    bool     `form:"drop"`
	Query   string   `form:"query"` // of the list as it was shown
}

// back is the list as it was shown. What the address asks is the list's to read: it leads nowhere else.
func (in asked) back(l list.Any) string {
	if in.Query == "" || in.Drop {
		return l.ListPath()
	}
	return l.ListPath() + "?" + in.values().Encode()
}

func (in asked) values() url.Values {
	values, err := url.ParseQuery(in.Query)
	if err != nil {
		return url.Values{}
	}
	return values
}

func (s Site) chooseColumns(r *http.Request, l list.Any, in asked) error {
	if in.Reset {
		return l.ResetColumns(r.Context(), s.Door, ReaderOf(r))
	}
	return l.ChooseColumns(r.Context(), s.Door, ReaderOf(r), in.Columns)
}

func (s Site) saveView(r *http.Request, l list.Any, in asked) error {
	return l.SaveView(r.Context(), s.Door, ReaderOf(r), in.Name, in.values())
}

func (s Site) changeView(r *http.Request, l list.Any, in asked) error {
	if in.Drop {
		return l.DeleteView(r.Context(), s.Door, ReaderOf(r), in.Old)
	}
	return l.RenameView(r.Context(), s.Door, ReaderOf(r), in.Old, in.Name)
}

// reader is who reads in a request, with what he made of a list.
func (s Site) reader(r *http.Request, l list.Any) (who list.Reader, err error) {
	who = ReaderOf(r)
	who.Keys = s.Door.Vault
	who.Prefer, err = l.Preference(r.Context(), s.Door.DB.Read(), who.Actor.Account)
	return who, err
}
