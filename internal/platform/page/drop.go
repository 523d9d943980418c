package page

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hudang/internal/platform/i18n"
)

// DropView is a field for many files: chosen, dragged onto it, pasted, or photographed with a phone. It stands in a FormOf
// whose Form has Upload set; Arriving reads what it sends.
type DropView struct {
	Name   string // of the field; the camera's pictures come under the same name
	Label  string
	Hint   string
	Accept string // what is offered to choose
	Each   int64  // bytes of one file that the receiver takes; 0: as much as the form
	Paste  bool   // takes what is pasted anywhere on the page; at most one on a page
}

// limits are what a script needs to say before sending that something is too large.
func (v DropView) limits(ctx context.Context) templ.Attributes {
	each := v.Each
	if each == 0 {
		each = MaxIncoming
	}
	all := int64(MaxIncoming - MaxForm) // room for what surrounds the files
	return templ.Attributes{
		"data-each": strconv.FormatInt(each, 10), "data-all": strconv.FormatInt(all, 10),
		"data-large": i18n.T(ctx, "page.drop.large", "{0}", each>>20), "data-full": i18n.T(ctx, "page.drop.full", all>>20, "{1}"),
	}
}

// pictures reports that what is offered to choose can be photographed.
func (v DropView) pictures() bool { return v.Accept == "" || strings.Contains(v.Accept, ".jpg") }
