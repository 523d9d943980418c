package archiveweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/ref"
)

func (p Pages) newVolume(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("secrecy", string(archive.Confidential))
	return p.renderNew(w, r, http.StatusOK, page.NewForm("/volumes/new", values))
}

func (p Pages) openVolume(w http.ResponseWriter, r *http.Request) error {
	in := archive.OpenVolumeIn{Estate: opform.Estate(r)}
	done, err := opform.Send(r, p.Door, archive.OpenVolume, &in, "")
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.renderNew(w, r, http.StatusUnprocessableEntity, page.Refused("/volumes/new", page.Typed(r), err))
	})
}

func (p Pages) renderNew(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	title := i18n.T(r.Context(), "archive.volume.title")
	return p.Kit.Render(w, r, status, page.Page{Title: title, Current: CurrentVolumes, Err: f.Err, Body: volumeFormBody(title, f)})
}

// volumeView is what a volume's page shows.
type volumeView struct {
	volume *archive.Volume
	code   string // on its label
	items  []archive.ItemRow
	about  ref.Thing // zero where the title says it
	add    *page.Form
	change bool // papers may be added
}

func (p Pages) showVolume(w http.ResponseWriter, r *http.Request) error {
	v, err := p.volume(r)
	if err != nil {
		return err
	}
	return p.renderVolume(w, r, http.StatusOK, v, addForm(v, nil, nil))
}

// addForm is the form that adds papers to a volume.
func addForm(v *archive.Volume, typed page.Values, err error) *page.Form {
	f := page.Refused(v.ID.Path()+"/items", typed, err)
	if typed == nil {
		f.Values = page.Values{}
		f.Values.Set("original", string(archive.IsOriginal))
		f.Values.Set("how", addEach)
	}
	f.Upload, f.Wide = true, true
	return f
}

func (p Pages) renderVolume(w http.ResponseWriter, r *http.Request, status int, v *archive.Volume, add *page.Form) error {
	ctx, q := r.Context(), p.Door.DB.Read()
	items, err := archive.ItemsIn(ctx, q, scope(r), v.ID)
	if err != nil {
		return err
	}
	view := volumeView{volume: v, items: items, add: add, change: v.State == archive.Open && may(r, v.Estate, archive.MayChange())}
	if view.about, err = p.about(r, v); err != nil {
		return err
	}
	if view.code, err = label.Of(ctx, q, v.Ref()); err != nil {
		return err
	}
	return p.Kit.Render(w, r, status, page.Page{Title: v.Title, Current: CurrentVolumes, Err: add.Err, Body: volumeBody(view)})
}

// about is what a volume is about, as far as whoever asks may see that.
func (p Pages) about(r *http.Request, v *archive.Volume) (ref.Thing, error) {
	if v.About() == (ref.Ref{}) {
		return ref.Thing{}, nil
	}
	thing, err := p.Things.Resolve(r.Context(), p.Door.DB.Read(), who(r), v.About())
	if errs.Is(err, errs.NotFound) {
		return ref.Thing{}, nil
	}
	return thing, err
}
