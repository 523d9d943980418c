package page

// TaskView is a row of a procedure's task list (ui.md §4.4): a paper, a fee, an approval, a visit. It has one state and one
// act; what is blocked has no act and says what unblocks it.
type TaskView struct {
	State     State
	StateText string
	Title     string
	Href      string // of the thing; empty for none
	Text      string // who, since when, how much
	Until     string // what unblocks it; empty while nothing blocks
	Clause    string
	When      string // by when
	Act       Action // an empty label for none: done, or waiting for somebody else
}
