package archive

import (
	"context"
	"strconv"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/list"
	"hudang/internal/platform/ref"
)

// Papers is the pipeline of C3 as a register: what is collected, sorted, filed, in use.
var Papers = list.Define(list.Def[ItemRow]{
	Name:       "archive.papers",
	Title:      "archive.papers.title",
	Form:       paperRegister,
	Clauses:    []string{"C3", "E4"},
	Posts:      mayRead,
	Path:       "/papers",
	Evidential: true,
	From:       papersOf,
	Ticked:     label.Ticked(KindItem),
	Sort:       "since",
	Row:        func(i ItemRow) (id, href string) { return ref.Text(i.ID), i.ID.Path() },
	Struck:     func(i ItemRow) bool { return !i.InForce() },
	Columns: []list.Column[ItemRow]{
		{Key: "title", Label: "archive.title", By: "?TableAlias.title,?TableAlias.id", Width: 6, Cell: titleCell},
		{Key: "volume", Label: "archive.volume", By: "volume_title,?TableAlias.id", Width: 5, Cell: list.Text(func(i ItemRow) string { return i.VolumeTitle })},
		{Key: "estate", Label: "archive.estate", Across: true, Narrow: list.NoPhone, By: "estate_name,?TableAlias.id", Width: 3, Cell: list.Text(func(i ItemRow) string { return i.EstateName })},
		{Key: "formed", Label: "archive.formed", Narrow: list.NoPhone, By: "?TableAlias.formed,?TableAlias.id", Width: 3, Cell: list.Text(func(i ItemRow) string { return string(i.Formed) })},
		{Key: "author", Label: "archive.author", Narrow: list.Wide, Width: 3, Cell: list.Text(func(i ItemRow) string { return i.Author })},
		{Key: "doc_no", Label: "archive.doc_no", Narrow: list.Wide, Width: 3, Cell: list.Text(func(i ItemRow) string { return i.DocNo })},
		{Key: "pages", Label: "archive.pages", Kind: list.KindNumber, Narrow: list.NoPhone, Width: 2, Cell: list.Text(func(i ItemRow) string { return number(i.Pages) })},
		{Key: "original", Label: "archive.original", Narrow: list.NoPhone, Width: 2, Cell: originalCell},
		{Key: "carrier", Label: "archive.carrier", Narrow: list.Wide, Width: 2, Cell: func(ctx context.Context, i ItemRow) list.Cell {
			return list.Cell{Text: i18n.T(ctx, "archive.carrier."+string(i.Carrier))}
		}},
		{Key: "since", Label: "archive.since", Kind: list.KindDate, By: since + ",?TableAlias.id", Width: 3, Cell: list.Text(func(i ItemRow) string { return i.Since() })},
		{Key: "state", Label: "archive.stage", Kind: list.KindState, Width: 3, Cell: stageCell},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "archive.title", Hint: "archive.papers.hint", Kind: list.FilterText, Apply: paperLike},
		estate.Filter,
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "archive.stage.collect", Apply: inStage(Collect)},
		{Key: "sort", Label: "archive.stage.sort", Apply: inStage(Sort)},
		{Key: "file", Label: "archive.stage.file", Apply: inStage(File)},
		{Key: "use", Label: "archive.stage.use", Apply: inStage(Use)},
		{Key: "void", Label: "archive.voided", Apply: voided},
	},
	Empty: list.EmptyText{Title: "archive.papers.empty", Text: "archive.papers.empty.text"},
	Actions: []list.ActionDef{
		{Key: "volumes", Label: "archive.volumes.title", Icon: "arch", Href: "/volumes", Posts: mayRead},
	},
})

// Volumes is the register of volumes.
var Volumes = list.Define(list.Def[VolumeRow]{
	Name:       "archive.volumes",
	Title:      "archive.volumes.title",
	Form:       volumeRegister,
	Clauses:    []string{"D4", "E3"},
	Posts:      mayRead,
	Path:       "/volumes",
	Evidential: true,
	From:       volumesOf,
	Ticked:     label.Ticked(KindVolume),
	Sort:       "-opened",
	Row:        func(v VolumeRow) (id, href string) { return ref.Text(v.ID), v.ID.Path() },
	Struck:     func(v VolumeRow) bool { return v.State == Closed },
	Columns: []list.Column[VolumeRow]{
		{Key: "title", Label: "archive.title", By: "?TableAlias.title,?TableAlias.id", Width: 6, Cell: list.Text(func(v VolumeRow) string { return v.Title })},
		{Key: "code", Label: "label.code", Narrow: list.NoPhone, By: "label_code,?TableAlias.id", Width: 4, Cell: list.Text(func(v VolumeRow) string { return label.Spaced(v.Code) })},
		{Key: "estate", Label: "archive.estate", Across: true, Narrow: list.NoPhone, By: "estate_name,?TableAlias.id", Width: 4, Cell: list.Text(func(v VolumeRow) string { return v.EstateName })},
		{Key: "class", Label: "archive.class", Narrow: list.NoPhone, By: "?TableAlias.class,?TableAlias.id", Width: 2, Cell: classCell},
		{Key: "year", Label: "archive.year", Narrow: list.NoPhone, By: "?TableAlias.year,?TableAlias.id", Width: 2, Cell: list.Text(func(v VolumeRow) string { return number(v.Year) })},
		{Key: "papers", Label: "archive.papers.count", Kind: list.KindNumber, Width: 2, Cell: list.Text(func(v VolumeRow) string { return strconv.FormatInt(v.Papers, 10) })},
		{Key: "opened", Label: "archive.opened", Kind: list.KindDate, Narrow: list.NoPhone, By: "?TableAlias.opened,?TableAlias.id", Width: 3, Cell: list.Text(func(v VolumeRow) string { return v.Opened })},
		{Key: "state", Label: "archive.state", Kind: list.KindState, Width: 2, Cell: volumeState},
	},
	Filters: []list.Filter{
		{Key: "q", Label: "archive.title", Kind: list.FilterText, Apply: volumeLike},
		estate.Filter,
	},
	Tabs: []list.SavedView{
		{Key: "", Label: "archive.state.open", Apply: inState(Open)},
		{Key: "closed", Label: "archive.state.closed", Apply: inState(Closed)},
	},
	Empty: list.EmptyText{Title: "archive.volumes.empty", Text: "archive.volumes.empty.text"},
	Actions: []list.ActionDef{
		{Key: "new", Label: "archive.volume.open", Icon: "plus", Href: "/volumes/new", Shortcut: "Alt+N", Primary: true, Posts: mayChange},
	},
})

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// titleCell says under the title that not all of the paper can be seen.
func titleCell(ctx context.Context, i ItemRow) list.Cell {
	return list.Cell{Text: i.Title, Sub: i.Sight.Text(ctx)}
}

// Text says what of a paper cannot be seen; nothing where all can.
func (s Sight) Text(ctx context.Context) string {
	switch s {
	case Unreadable:
		return i18n.T(ctx, "archive.sight.unreadable")
	case Waiting:
		return i18n.T(ctx, "archive.sight.unseen")
	case Unshown:
		return i18n.T(ctx, "archive.sight.unshown")
	case Partly:
		return i18n.T(ctx, "archive.sight.partly")
	}
	return ""
}

// originalCell says original, copy, or a copy that was compared with its original.
func originalCell(ctx context.Context, i ItemRow) list.Cell {
	c := list.Cell{Text: i18n.T(ctx, "archive.original."+string(i.Original))}
	if i.Verified != "" {
		c.Sub = i18n.T(ctx, "archive.verified")
	}
	return c
}

var stageState = map[Stage]list.State{Collect: list.StateDue, Sort: list.StateRun, File: list.StateOK, Use: list.StateOK}

func stageCell(ctx context.Context, i ItemRow) list.Cell {
	if !i.InForce() {
		return list.Cell{Text: i18n.T(ctx, "archive.voided_on", i.Voided), State: list.StateVoid}
	}
	return list.Cell{Text: i18n.T(ctx, "archive.stage."+string(i.Stage)), State: stageState[i.Stage]}
}

func volumeState(ctx context.Context, v VolumeRow) list.Cell {
	state := list.StateOK
	if v.State == Closed {
		state = list.StateNone
	}
	return list.Cell{Text: i18n.T(ctx, "archive.state."+string(v.State)), State: state}
}

func classCell(ctx context.Context, v VolumeRow) list.Cell {
	return list.Cell{Text: ClassShown(ctx, v.Class)}
}
