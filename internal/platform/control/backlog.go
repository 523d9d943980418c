package control

import (
	"context"

	"hudang/internal/platform/i18n"
)

// Backlog is work that comes in piece by piece and is to be done each within its time.
type Backlog struct {
	All, Open int64
	Until     string // local day by which the first of the open ones should be done; unused while none is open
}

// Texts are the keys of what is said of a backlog: that all is done, that some is open in time, that some is late. The latter
// two get how many are open, and until when the first of them should be done.
type Texts struct{ Met, Due, Broken string }

// Judge says on a day how a backlog stands.
func (b Backlog) Judge(ctx context.Context, day string, t Texts) Finding {
	f := Finding{State: Met, Figure: b.All - b.Open, Target: b.All}
	switch {
	case b.Open == 0:
		f.Text = i18n.T(ctx, t.Met)
	case b.Until < day:
		f.State, f.Text = Broken, i18n.T(ctx, t.Broken, b.Open, b.Until)
	default:
		f.State, f.Text = Due, i18n.T(ctx, t.Due, b.Open, b.Until)
	}
	return f
}
