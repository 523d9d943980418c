package logweb

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/opform"
)

// MarksPath is the page on which a manager answers for a log that has lost its high-water mark.
const MarksPath = Path + "/marks"

// Marks is the page; Name says which estate's log one is.
type Marks struct {
	Kit  *page.Kit
	Door *op.Door
	Name func(ctx context.Context, q db.Querier, log access.EstateID) (string, error)
	Done func(ctx context.Context) // told after a log was accepted
}

// Routes serves the page.
func (m Marks) Routes(mux *http.ServeMux) {
	m.Kit.For(mayAccept, mux, "GET "+MarksPath, func(w http.ResponseWriter, r *http.Request) error {
		return m.show(w, r, http.StatusOK, page.NewForm(MarksPath, nil))
	})
	m.Kit.For(mayAccept, mux, "POST "+MarksPath, m.accept)
}

// lost is a log that has no mark, as it stands.
type lost struct {
	log  access.EstateID
	name string
	head evidence.Checkpoint
}

func (m Marks) show(w http.ResponseWriter, r *http.Request, status int, f *page.Form) error {
	ctx := r.Context()
	all, err := m.lost(ctx)
	if err != nil {
		return err
	}
	return m.Kit.Render(w, r, status, page.Page{Title: i18n.T(ctx, "log.marks"), Nav: NavLog, Err: f.Err, Body: marksBody(all, f, m.Door.Log.Fingerprint())})
}

// lost are the logs without a mark that whoever asks may answer for.
func (m Marks) lost(ctx context.Context) (all []lost, err error) {
	heads, err := m.Door.Log.Unmarked(ctx, m.Door.DB.Read())
	for _, h := range heads {
		if _, may := access.From(ctx).Holding(h.Log(), mayAccept); !may {
			continue
		}
		one := lost{log: h.Log(), head: h}
		if one.name, err = m.Name(ctx, m.Door.DB.Read(), one.log); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, err
}

func (m Marks) accept(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	all, err := m.lost(ctx)
	if err != nil {
		return err
	}
	in := AcceptMarkIn{}
	for _, one := range all {
		if strconv.FormatInt(int64(one.log), 10) == r.PostFormValue("log") {
			in.Log, in.Size, in.Root = one.log, one.head.Size, one.head.Root.String()
		}
	}
	if in.Size == 0 { // accepted meanwhile, or never lost
		return m.Kit.Redirect(w, r, MarksPath)
	}
	_, err = opform.Send(r, m.Door, AcceptMark, &in, "")
	if err == nil {
		err = m.Door.Log.Mark(ctx, m.Door.DB.Read(), in.Log)
		m.Done(ctx)
	}
	return opform.After(m.Kit, w, r, err, MarksPath, func(err error) error {
		return m.show(w, r, errs.KindOf(err).Status(), page.Refused(MarksPath, page.Typed(r), err))
	})
}
