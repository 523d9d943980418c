package page

import "context"

func stepWord(s StepState) string {
	switch s {
	case StepDone:
		return "done"
	case StepNow:
		return "now"
	case StepBlocked:
		return "blocked"
	}
	return "next"
}

func figureClass(s State) string {
	switch s {
	case OK:
		return "good"
	case Due:
		return "warm"
	case Late:
		return "neg"
	}
	return "m"
}

// isPart reports whether only a part of a page was asked for.
func isPart(ctx context.Context) bool {
	a := asked(ctx)
	return a != nil && a.htmx
}
