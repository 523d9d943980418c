package page

import (
	"context"
	"net/http"
	"strconv"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// Gallery shows every component in every state, in the language of the request, and the specimens of other packages. The app
// registers it at /_gallery when it runs with believable data or for development; it is where a change of the style sheet is
// looked at.
func (k *Kit) Gallery(specimens ...Specimen) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s := sample{r.Context()}
		return k.Render(w, r, http.StatusOK, Page{Title: s.t("title"), Body: gallery(s, specimens)})
	}
}

// GalleryList shows the list page on its own; the parameter "state" chooses first, filtered or long.
func (k *Kit) GalleryList(w http.ResponseWriter, r *http.Request) error {
	s := sample{r.Context()}
	return k.Render(w, r, http.StatusOK, Page{Title: s.t("list"), Body: ListPage(s.list(r.URL.Query().Get("state")))})
}

// sample makes what the gallery shows; its words are the catalogue's, its names are data and the same in both languages.
type sample struct{ ctx context.Context }

func (s sample) t(key string) string { return i18n.T(s.ctx, "page.gallery."+key) }

func (s sample) mistaken() *Form {
	var wrong errs.Fields
	wrong.Add("phone", "page.gallery.err.phone")
	wrong.Add("until", "page.gallery.err.until")
	f := s.filled()
	f.Err = wrong.Err()
	f.Values.Set("phone", "1869007740")
	return f
}

func (s sample) filled() *Form {
	f := NewForm("/_gallery", Values{
		FieldToken: {"sample"}, "name": {"Daniel Osei"}, "phone": {"13800138000"}, "from": {"2026-12-17"}, "until": {"2026-12-16"}, "sum": {"1,234.50"}, "kind": {"b"}, "paper": {"id"}, "room": {"3-1-1202"}, "party": {s.t("person.a")}, "party_id": {"1"}, "seg": {"b"}, "one": {"b"},
		"many": {"a", "c"}, "yes": {"1"}, "text": {s.t("field.text")}, "count": {"2"},
	})
	f.Wide = true
	return f
}

func (s sample) options() []Option {
	return []Option{{Value: "a", Label: s.t("option.a")}, {Value: "b", Label: s.t("option.b")}, {Value: "c", Label: s.t("option.c")}}
}

func (s sample) inputs() []Input {
	return []Input{
		{Name: "name", Label: s.t("field.name"), Hint: s.t("field.name.hint")},
		{Kind: Phone, Name: "phone", Label: s.t("field.phone")},
		{Name: "room", Label: s.t("col.room"), Hint: s.t("field.room.hint"), Width: WidthMedium},
		{Name: "idno", Label: s.t("field.idno"), Hint: s.t("field.idno.hint"), Width: WidthMedium},
		{Name: "plate", Label: s.t("field.plate"), Width: WidthShort, Optional: true},
		{Name: "party", Label: s.t("field.party"), Hint: s.t("field.party.hint")},
		{Kind: Radio, Name: "party_id", Label: s.t("field.party.which"), Options: []Option{{Value: "1", Label: s.t("person.a") + " · 138****8000"}, {Value: "2", Label: s.t("person.a") + " · 159****3306"}}},
		{Kind: Date, Name: "from", Label: s.t("field.from"), Hint: s.t("field.from.hint")},
		{Kind: Date, Name: "until", Label: s.t("field.until")},
		{Kind: Money, Name: "sum", Label: s.t("field.sum"), Unit: s.t("field.sum.unit")},
		{Kind: Number, Name: "count", Label: s.t("field.count"), Optional: true},
		{Kind: Select, Name: "kind", Label: s.t("field.select"), Options: s.options(), Blank: s.t("field.choose"), Width: WidthMedium},
		{Kind: Select, Name: "paper", Label: s.t("field.ahead"), Hint: s.t("field.ahead.hint"), Options: s.papers(), Width: WidthMedium},
		{Kind: Segments, Name: "seg", Label: s.t("field.kind"), Options: s.options()},
		{Kind: Radio, Name: "one", Label: s.t("field.radio"), Options: s.options()},
		{Kind: Checks, Name: "many", Label: s.t("field.checks"), Options: s.options()},
		{Kind: Area, Name: "text", Label: s.t("field.area"), Optional: true},
		{Kind: File, Name: "file", Label: s.t("field.file"), Accept: "image/*,application/pdf", Camera: true, Optional: true},
		{Kind: Password, Name: "password", Label: s.t("field.password"), Complete: "current-password"},
		{Name: "name", Label: s.t("field.readonly"), ReadOnly: true},
		{Name: "name", Label: s.t("field.disabled"), Disabled: true},
		{Kind: Check, Name: "yes", Label: s.t("field.check")},
	}
}

func (s sample) states() []list.Cell {
	return []list.Cell{
		{State: OK, Text: s.t("state.ok")}, {State: Due, Text: s.t("state.due")}, {State: Late, Text: s.t("state.late")}, {State: Running, Text: s.t("state.run")},
		{State: Waiting, Text: s.t("state.wait")}, {State: Unknown, Text: s.t("state.none")}, {State: Void, Text: s.t("state.void")},
	}
}

func (s sample) duties() []DutyView {
	act := func(label string, primary bool) Action {
		return Action{Label: s.t(label), Href: "/_gallery", Primary: primary}
	}
	return []DutyView{
		{State: Late, StateText: s.t("state.late"), Title: s.t("duty.call"), Href: "/_gallery", Text: "4-2-0503", Strong: "139 1720 4465", Clauses: []string{"A3"}, When: "11-22 17:00", Act: act("duty.call.act", true)},
		{State: Due, StateText: s.t("state.due"), Title: s.t("duty.check"), Href: "/_gallery", Text: s.t("duty.check.text"), Clauses: []string{"D8"}, When: "17:30", Act: act("duty.check.act", false), Done: 4, Of: 12, Roll: true},
		{State: Waiting, StateText: s.t("state.wait"), Title: s.t("duty.wait"), Href: "/_gallery", Text: s.t("duty.wait.text"), Clauses: []string{"C1", "E4"}, When: "2026-11-25", Act: act("duty.wait.act", false)},
	}
}

func (s sample) masked(why bool) MaskedView {
	m := MaskedView{Text: "138****8000", Reveal: "/_gallery/reveal", Label: s.t("field.phone")}
	if why {
		m.Reasons = s.options()
	}
	return m
}

func (s sample) facts() []FactGroup {
	edit := Action{Label: s.t("edit"), Href: "/_gallery"}
	return []FactGroup{
		{Title: s.t("facts.a"), Edit: edit, Facts: []Fact{{Label: s.t("field.from"), Text: "2019-06-18"}, {Label: s.t("facts.size"), Text: "89.42 ㎡"}, {Label: s.t("facts.more")}}},
		{Title: s.t("facts.b"), Note: s.t("facts.note"), Edit: edit, Facts: []Fact{
			{Label: s.t("field.phone"), Text: "50% ·", Masked: s.masked(true)}, {Label: s.t("facts.paper"), Masked: MaskedView{Text: "****2418"}},
			{Label: s.t("facts.link"), Text: "Daniel Osei", Href: "/_gallery"}, {Label: s.t("facts.state"), State: Unknown, Chip: s.t("state.none")},
		}},
	}
}

func (s sample) events() []Event {
	return []Event{
		{When: "11-23 10:42", Icon: "phone", Title: s.t("event.call"), Text: s.t("event.call.text"), State: Running, Chip: s.t("state.run"), Who: s.t("person.a")},
		{When: "11-05 14:31", Icon: "coin", Title: s.t("event.pay"), Text: "¥300.00 · 0012088", Href: "/_gallery", Who: s.t("person.b")},
		{When: "07-03 16:45", Icon: "lock", Title: s.t("event.look"), Text: s.t("event.look.text"), Clause: "D5", Who: s.t("person.a")},
	}
}

func (s sample) diff() DiffView {
	return DiffView{
		Title: s.t("err.conflict"), Theirs: s.t("person.a") + " 14:03", Mine: s.t("diff.mine") + " 14:05",
		Rows: []DiffRow{
			{Name: "phone", Label: s.t("field.phone"), Was: "138****8000", Theirs: "138****8011", Mine: "138****8018", Masked: Differs},
			{Name: "name", Label: s.t("field.name"), Was: s.t("person.a"), Theirs: s.t("person.a"), Mine: s.t("person.b")},
			{Name: "plate", Label: s.t("field.plate"), Was: "A 12345", Theirs: "A D12345", Mine: "A 12345"},
		},
	}
}

func (s sample) found() []FoundGroup {
	return []FoundGroup{
		{Title: s.t("tab.mine"), Rows: []FoundRow{{Title: "3-1-1202  " + s.t("person.a"), Line: s.t("duty.check.text"), Href: "/_gallery"}}},
		{Title: s.t("tab.all"), Rows: []FoundRow{{Icon: "house", Title: s.t("list"), Href: "/_gallery", Shortcut: "Alt+2"}, {Icon: "plus", Title: s.t("add"), Line: s.t("list"), Href: "/_gallery", Shortcut: "Alt+N"}}},
	}
}

func (s sample) callers() []Caller {
	note := Action{Label: s.t("add"), Href: "/_gallery", Shortcut: "Alt+N"}
	return []Caller{
		{Name: s.t("person.a"), Part: s.t("option.a"), Room: "3-1-1202", Phone: "138****8000", Since: "2019-06-18", Href: "/_gallery", Note: note},
		{Name: s.t("person.b"), Part: s.t("option.b"), Room: "3-1-0402", Phone: "138****8000", Former: true, Href: "/_gallery", Note: note},
	}
}

func (s sample) chart(id string, line bool) ChartView {
	return ChartView{ID: "gallery-" + id, Title: s.t("list"), Line: line, Labels: []string{"06", "07", "08", "09", "10", "11"}, Series: []Series{
		{Name: s.t("option.a"), Values: []int64{36, 41, 1204, 870, 0, 512}}, {Name: s.t("option.b"), Values: []int64{312, 280, 640, 12, 90, 700}},
	}}
}

func (s sample) failures() []failureView {
	apply := []Action{{Label: s.t("apply"), Href: "/_gallery", Primary: true}}
	return []failureView{
		{Kind: errs.Blocked, Title: s.t("err.rule"), Clause: "B3", Ways: apply},
		{Kind: errs.Forbidden, Title: i18n.T(s.ctx, "error.forbidden"), Text: i18n.T(s.ctx, "page.failure.forbidden.text"), Clause: "D5", Ways: apply},
		{Kind: errs.Conflict, Title: s.t("err.conflict"), Text: i18n.T(s.ctx, "page.failure.conflict.text")},
		{Kind: errs.NotFound, Title: i18n.T(s.ctx, "error.not_found"), Text: i18n.T(s.ctx, "page.failure.not_found.text")},
		{Kind: errs.Unavailable, Title: i18n.T(s.ctx, "error.unavailable"), Text: i18n.T(s.ctx, "page.failure.unavailable.text", "7F3A")},
		{Kind: errs.Internal, Title: i18n.T(s.ctx, "page.failure.internal", "7F3A"), Text: i18n.T(s.ctx, "page.failure.internal.text")},
	}
}

// list is a list as a room would load it.
func (s sample) list(state string) list.View {
	v := list.View{
		Name: "gallery.list", Title: s.t("list"), Clauses: []string{"D6"}, Href: "/_gallery/list", Page: 1, Size: 50, Total: 1204, Next: "/_gallery/list?page=2",
		Tabs: []Tab{
			{Label: s.t("tab.mine"), Count: "6", Href: "/_gallery/list?tab=mine"}, {Label: s.t("tab.due"), Count: "37", Href: "/_gallery/list", Current: true},
			{Label: s.t("tab.odd"), Count: "5", Href: "/_gallery/list?tab=odd", Narrow: "hide-m"}, {Label: s.t("tab.all"), Count: "1,204", Href: "/_gallery/list?tab=all"},
		},
		Filters: []list.FilterBox{
			{Key: "q", Label: s.t("filter.text"), Hint: s.t("filter.hint"), Kind: list.FilterText}, {Key: "b", Label: s.t("filter.select"), Kind: list.FilterSelect, Options: s.options(), Value: "b"},
			{Key: "k", Label: s.t("filter.kind"), Kind: list.FilterSelect, Options: s.options()}, {Key: "d", Label: s.t("field.until"), Kind: list.FilterDate},
			{Key: "r", Label: s.t("field.from"), Kind: list.FilterRange}, {Key: "x", Label: s.t("filter.text"), Kind: list.FilterText},
		},
		Sorts:   []Option{{Label: s.t("col.room")}, {Value: "-until", Label: s.t("field.until")}},
		Chips:   []list.Chip{{Label: s.t("filter.select") + " " + s.t("option.b"), Href: "/_gallery/list"}},
		Actions: []Action{{Key: "print", Label: s.t("print"), Icon: "print", Href: "/_gallery", Shortcut: "F8", Narrow: list.NoPhone}, {Key: "new", Label: s.t("add"), Icon: "plus", Href: "/_gallery", Primary: true, Shortcut: "Alt+N"}},
		Batch:   []Action{{Key: "mail", Label: s.t("remind"), Icon: "mail", Href: "/_gallery"}, {Key: "print", Label: s.t("print"), Icon: "print", Href: "/_gallery"}},
		Columns: []list.Head{
			{Key: "room", Label: s.t("col.room"), Sortable: true, Sort: "asc", Href: "/_gallery/list?sort=-room"}, {Key: "name", Label: s.t("field.name"), Sortable: true, Href: "/_gallery/list?sort=name"},
			{Key: "kind", Label: s.t("filter.kind"), Narrow: list.Wide}, {Key: "use", Label: s.t("col.use"), Narrow: list.NoPhone}, {Key: "phone", Label: s.t("field.phone")},
			{Key: "until", Label: s.t("field.until"), Kind: list.KindDate, Align: "num"}, {Key: "sum", Label: s.t("field.sum"), Kind: list.KindMoney}, {Key: "state", Label: s.t("col.state"), Kind: list.KindState},
		},
		EmptyFirst: list.Empty{Title: s.t("empty.first"), Text: s.t("empty.first.text"), Actions: []Action{{Label: s.t("add"), Href: "/_gallery", Primary: true}, {Label: s.t("import"), Href: "/_gallery"}}},
	}
	switch state {
	case "first":
		v.Chips, v.Total = nil, 0
	case "filtered":
		v.Total = 0
	default:
		v.Rows = s.rows()
		v.Footer = []list.Cell{{Text: s.t("total")}, {}, {}, {}, {}, {}, {Text: "12,345.00"}, {}}
	}
	return v
}

func (s sample) rows() []list.Line {
	states := s.states()
	var rows []list.Line
	for i := range 50 {
		name, room := s.t("person.a"), "3-1-"+strconv.Itoa(1000 + i*17)[:4]
		if i%4 == 3 {
			name = s.t("person.long")
		}
		if i%7 == 6 {
			name = "Daniel Osei"
		}
		sum := list.Cell{Text: grouped(350+i*137) + ".00", Strong: true}
		if i == 5 {
			sum = list.Cell{Text: "-20.00 " + s.t("reversed"), Red: true}
		}
		state := states[i%len(states)]
		rows = append(rows, list.Line{ID: strconv.Itoa(i + 1), Href: "/_gallery", Muted: state.State == Void, Cells: []list.Cell{
			{Text: room}, {Text: name}, {Text: s.options()[i%3].Label}, {Text: s.t("col.use.a")}, {Text: "138****" + strconv.Itoa(2217+i), Masked: true}, {Text: "2026-12-" + strconv.Itoa(10+i%21)}, sum, state,
		}})
	}
	rows[3].Cells[3].Text = ""
	return rows
}
