package page

import (
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/list"
)

// Specimen is a component of another package, for the gallery: the prints.
type Specimen struct {
	Title string
	Wide  bool
	Body  templ.Component
}

// papers are choices enough to be typed into.
func (s sample) papers() []Option {
	names := strings.Fields("title contract id handover keys lease permit letter receipt")
	all := make([]Option, len(names))
	for i, name := range names {
		all[i] = Option{Value: name, Label: s.t("paper." + name)}
	}
	return all
}

func (s sample) tasks() []TaskView {
	act := func(key string, primary bool) Action {
		return Action{Label: s.t(key), Href: "/_gallery", Primary: primary}
	}
	return []TaskView{
		{State: OK, StateText: s.t("state.ok"), Title: s.t("task.paper"), Href: "/_gallery", Text: s.t("person.b") + " 2026-11-20", Clause: "B8"},
		{State: Late, StateText: s.t("state.late"), Title: s.t("task.missing"), Text: s.t("task.missing.text"), Clause: "B8", When: "2026-11-22", Act: act("task.missing.act", true)},
		{State: Due, StateText: s.t("state.due"), Title: s.t("task.fee"), Text: "¥2,000.00", Clause: "B3", When: "17:30", Act: act("task.fee.act", false)},
		{State: Waiting, StateText: s.t("state.wait"), Title: s.t("task.sign"), Text: s.t("task.sign.text"), When: "2026-11-25", Act: act("task.sign.act", false)},
		{State: Unknown, StateText: s.t("task.blocked"), Title: s.t("task.visit"), Until: s.t("task.visit.until"), Clause: "B8"},
	}
}

// shortList is a table without the page around it.
func (s sample) shortList() list.View {
	v := s.list("long")
	v.Rows, v.Batch, v.Footer = v.Rows[:3], nil, nil
	return v
}

// unsigned is a signature whose password was wrong.
func (s sample) unsigned() error {
	var wrong errs.Fields
	wrong.Add("signature", "page.gallery.err.signature")
	return wrong.Err()
}
