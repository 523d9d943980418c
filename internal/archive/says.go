package archive

import (
	"context"
	"strings"

	"hudang/internal/platform/doctext"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/render"
)

// Says is the sentence about a received file, after its name: what it is, whether it can be seen, what it was called.
func (u Upload) Says(ctx context.Context) string {
	text := u.said(ctx)
	for _, more := range Remarks(ctx, u.Name, u.Type, u.Flags) {
		text += i18n.T(ctx, "archive.file.and") + more
	}
	return i18n.T(ctx, "archive.file.says", u.Name, text)
}

// said is what can be seen of a file, in words.
func (u Upload) said(ctx context.Context) string {
	_, size := u.fault()
	return i18n.T(ctx, u.outcome(), Called(ctx, u.Type), u.Pages, size)
}

// outcome is the key of what can be seen of a file; its arguments are what it is called, its pages, and the size of a picture that is too large.
func (u Upload) outcome() string {
	why, _ := u.fault()
	switch {
	case u.has(render.FlagLocked):
		return "archive.file.locked"
	case why == render.FaultLarge:
		return "archive.file.toolarge"
	case why == render.FaultKind:
		return "archive.file.odd"
	case why == render.FaultMemory:
		return "archive.file.memory"
	case u.State == Unseen:
		return "archive.file.unseen"
	case u.State == Broken:
		return "archive.file.broken"
	case u.Type.Shown():
		return "archive.file.taken"
	case doctext.Reads(u.Type):
		return "archive.file.text"
	}
	return "archive.file.stored"
}

// Outcome is the same of a file that was filed, for the paper's page.
func (b *Blob) Outcome(ctx context.Context) string {
	u := Upload{Type: b.Type, State: b.State, Flags: b.flags(), Pages: int(b.Pages)}
	return u.said(ctx)
}

// Marked are the marks of a file that was filed, each in a sentence.
func (b *Blob) Marked(ctx context.Context, name string) []string {
	return Remarks(ctx, name, b.Type, b.flags())
}

// Called is what a kind of file is called.
func Called(ctx context.Context, t Type) string {
	if !t.Known() {
		return i18n.T(ctx, "archive.kind.bin")
	}
	return i18n.T(ctx, "archive.kind."+string(t))
}

// Remarks are what else is to be said of a file: that its name says another kind, and what it carries besides its pages.
func Remarks(ctx context.Context, name string, t Type, flags []string) []string {
	var all []string
	if ext := ClaimedBy(name, t); ext != "" {
		all = append(all, i18n.T(ctx, "archive.file.named", ext, Called(ctx, t)))
	}
	doubtful := false
	for _, f := range flags {
		switch {
		case f == render.FlagLocked, strings.Contains(f, "="), strings.HasPrefix(f, render.FlagRest+":"): // said by the outcome, or nothing odd
		case strings.Contains(f, ":"): // of one page, said where it is shown
			doubtful = true
		default:
			all = append(all, i18n.T(ctx, "archive.flag."+f))
		}
	}
	if doubtful {
		all = append(all, i18n.T(ctx, "archive.file.doubtful"))
	}
	return all
}

// Title is a title made of a file's name; where that says nothing, of what the file is.
func (u Upload) Title(ctx context.Context) string {
	if title := TitleOf(u.Name); title != "" {
		return title
	}
	return i18n.T(ctx, "archive.untitled", Called(ctx, u.Type))
}
