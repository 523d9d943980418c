package rulebook

import (
	"slices"
	"strings"

	"hudang/internal/platform/control"
)

// States of a clause beside those of its controls.
const (
	Partly   control.State = "partly"    // 部分可查: all of its controls are met, but they judge only a part of it
	NotBuilt control.State = "not_built" // 尚未建成: no control judges it yet
)

// States are all states of a clause, what asks most first.
var States = []control.State{control.Broken, control.Due, control.Unproven, Partly, control.Met, control.Waived, NotBuilt}

// StateKey is the catalogue key of a state of a clause, or of a control.
func StateKey(s control.State) string {
	if s == Partly || s == NotBuilt {
		return "rulebook.state." + string(s)
	}
	return "control.state." + string(s)
}

// Standing is how a clause stands, with the controls that say so, in each estate.
type Standing struct {
	Clause
	State  control.State
	Judged []control.Result
}

// Stand says how every clause stands: as the worst of its controls in the estates that were asked about.
func Stand(judged []control.Result) []Standing {
	all := make([]Standing, len(Clauses))
	for i, c := range Clauses {
		s := Standing{Clause: c, State: NotBuilt}
		worst := len(States)
		for _, j := range judged {
			if j.Clause != c.ID && !slices.Contains(c.Whole, Judge{j.Name}) {
				continue
			}
			s.Judged = append(s.Judged, j)
			worst = min(worst, slices.Index(States, j.State))
		}
		if len(s.Judged) > 0 {
			s.State = States[worst]
		}
		if s.State == control.Met && !c.whole(judged) {
			s.State = Partly
		}
		all[i] = s
	}
	return all
}

// Rest is the catalogue key of what of the clause no control judges yet; empty where all of it is judged, or nothing.
func (s Standing) Rest() string {
	if len(s.Judged) == 0 || len(s.Whole) > 0 {
		return ""
	}
	return "rulebook.rest." + strings.ToLower(s.ID)
}

// whole reports that all the controls are there that judge the whole clause.
func (c Clause) whole(judged []control.Result) bool {
	missing := func(need Judge) bool {
		return !slices.ContainsFunc(judged, func(j control.Result) bool { return j.Name == need.Name })
	}
	return len(c.Whole) > 0 && !slices.ContainsFunc(c.Whole, missing)
}

// In are the clauses in a state; all for "".
func In(all []Standing, state control.State) []Standing {
	if state == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(s Standing) bool { return s.State != state })
}
