package archiveweb

import (
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
	"hudang/internal/platform/record/recordweb"
	"hudang/internal/platform/ref"
)

func (p Pages) newVolume(w http.ResponseWriter, r *http.Request) error {
	values := page.Values{}
	values.Set("secrecy", string(archive.Confidential))
	return p.volumeForm(w, r, page.NewForm("/volumes/new", values))
}

func (p Pages) openVolume(w http.ResponseWriter, r *http.Request) error {
	in := archive.OpenVolumeIn{Estate: opform.Estate(r)}
	done, err := opform.Send(r, p.Door, archive.OpenVolume, &in, "")
	return opform.After(p.Kit, w, r, err, done.Out.Path(), func(err error) error {
		return p.volumeForm(w, r, page.Refused("/volumes/new", page.Typed(r), err))
	})
}

func (p Pages) volumeForm(w http.ResponseWriter, r *http.Request, f *page.Form) error {
	ctx := r.Context()
	return p.ShowForm(w, r, recordweb.FormPage{Nav: NavVolumes, Title: i18n.T(ctx, "archive.volume.title"), Clauses: []string{"E3"}, Form: f, Estate: true, Save: i18n.T(ctx, "archive.volume.do"),
		Back: page.Link{Label: i18n.T(ctx, "archive.volumes.title"), Href: archive.Volumes.Path}, Groups: []recordweb.Group{
			{Fields: []page.Input{{Name: "title", Label: i18n.T(ctx, "archive.title"), Hint: i18n.T(ctx, "archive.volume.title.hint"), Max: 200, Focus: f.Err == nil}}},
			{Pairs: true, Fields: []page.Input{
				{Name: "class", Label: i18n.T(ctx, "archive.class"), Hint: i18n.T(ctx, "archive.class.hint"), Width: page.WidthShort, Optional: true},
				{Name: "year", Label: i18n.T(ctx, "archive.year"), Kind: page.Number, Optional: true}}},
			{Fields: []page.Input{{Name: "secrecy", Label: i18n.T(ctx, "archive.secrecy"), Kind: page.Segments, Options: list.Options(ctx, "archive.secrecy.", archive.Secrecies)}}}}})
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
	return p.renderVolume(w, r, v, addForm(v, nil, nil))
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

func (p Pages) renderVolume(w http.ResponseWriter, r *http.Request, v *archive.Volume, add *page.Form) error {
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
	return p.Show(w, r, page.Page{Title: v.Title, Nav: NavVolumes, Err: add.Err, Body: volumeBody(view)})
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
