package page

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// ButtonView is a button: it submits, posts elsewhere (Name, Value, To), opens a dialog, or leads away (Href).
type ButtonView struct {
	Label    string // verb and object; with money the sum
	Icon     string
	Primary  bool
	Danger   bool
	Small    bool
	Tall     bool
	Href     string // a link
	Open     string // id of the dialog it opens; works without script too
	Name     string // sent with the form
	Value    string
	To       string // other address of the form it stands in
	Form     string // id of the form when it stands outside
	Shortcut string // "Ctrl+S": shown; F-keys and Alt+N are obeyed by the script
	Next     bool   // what Ctrl+Enter presses: save and next
	Back     bool   // what Esc presses
	Money    bool   // locked while the server is away
	Plain    bool   // type=button
	Disabled bool
	Why      string // reason, when disabled
	Narrow   string // class that hides it: hide-m, hide-s
}

func (b ButtonView) class() string {
	class := "btn"
	for _, c := range []struct {
		on   bool
		name string
	}{{b.Primary, "pri"}, {b.Danger, "red"}, {b.Small, "s"}, {b.Tall, "tall"}} {
		if c.on {
			class += " " + c.name
		}
	}
	if b.Narrow != "" {
		class += " " + b.Narrow
	}
	return class
}

func (b ButtonView) href() templ.SafeURL {
	if b.Open != "" {
		return templ.SafeURL("#" + b.Open)
	}
	return templ.URL(b.Href)
}

func (b ButtonView) isLink() bool { return (b.Href != "" || b.Open != "") && !b.Disabled }

func (b ButtonView) kind() string {
	if b.Plain {
		return "button"
	}
	return "submit"
}

// shortcut marks what a key presses. Only keys the script knows are obeyed; the others are shown.
func shortcut(keys string) templ.Attributes {
	switch keys {
	case "F4", "F8", "F9", "Alt+N":
		return templ.Attributes{"data-key": keys, "aria-keyshortcuts": strings.Replace(keys, "Alt+N", "Alt+n", 1)}
	}
	return templ.Attributes{}
}

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notice.
const (
	NoticeInfo  NoticeKind = "info"
	NoticeDue   NoticeKind = "due"
	NoticeError NoticeKind = "error"
	NoticeRule  NoticeKind = "rule"
	NoticeDone  NoticeKind = "done"
)

var noticeIcon = map[NoticeKind]string{NoticeInfo: "info", NoticeDue: "warn", NoticeError: "late", NoticeRule: "rules", NoticeDone: "ok"}

// NoticeView is a sentence that stays on the page.
type NoticeView struct {
	Kind    NoticeKind
	Icon    string // other than the kind's
	Title   string
	Text    string
	Clause  string
	Actions []Action
}

func (v NoticeView) icon() string {
	if v.Icon != "" {
		return v.Icon
	}
	return noticeIcon[v.Kind]
}

func (v NoticeView) role() string {
	if v.Kind == NoticeError {
		return "alert"
	}
	return "note"
}

var stateIcon = map[State]string{OK: "ok", Due: "now", Late: "late", Running: "run", Waiting: "wait", Unknown: "none", Void: "x"}

// DutyView is a duty: state, what, who, clause, when, act.
type DutyView struct {
	State     State
	StateText string
	Title     string
	Href      string
	Text      string // who and where
	Strong    string // the number or sum that is clear inside a duty
	Clauses   []string
	When      string
	Act       Action
	Done, Of  int  // cells, for a duty rolled up, once something is done of it
	Roll      bool // stands for several
}

// FactGroup is a group of facts with its heading.
type FactGroup struct {
	Title string
	Note  string // "checked 2026-04-19"
	Edit  Action // correct; an empty label shows none
	Facts []Fact
}

// Fact is a label and what is known. Unknown facts say so; Body replaces the text.
type Fact struct {
	Label  string
	Text   string
	Href   string
	Masked MaskedView // shown after the text when it has one
	State  State
	Chip   string // words of the state
	Body   templ.Component
}

// Event is a line of a timeline.
type Event struct {
	When   string
	Icon   string
	Title  string
	Text   string
	Href   string
	State  State
	Chip   string
	Clause string
	Who    string
}

// TickState is the state of a box of a checklist.
type TickState string

// The states of a box.
const (
	TickOpen    TickState = ""
	TickOn      TickState = "on"
	TickNo      TickState = "no"   // does not apply
	TickMissing TickState = "miss" // should be there
)

// TickLine is a line of a checklist.
type TickLine struct {
	State TickState
	Label string
	End   string // at the right
	Href  string
}

// StepState is where a step of a procedure stands.
type StepState string

// The states of a step.
const (
	StepNext    StepState = ""
	StepDone    StepState = "did"
	StepNow     StepState = "now"
	StepBlocked StepState = "held"
)

// Step is one step.
type Step struct {
	Label string
	State StepState
	Href  string
}

// over reports a procedure in which no step is the one being done: a phone then shows the last.
func over(steps []Step) bool {
	return !slices.ContainsFunc(steps, func(s Step) bool { return s.State == StepNow })
}

// NumberView is a key number. State colours the note, whose words say the same.
type NumberView struct {
	Figure string
	Unit   string
	Note   string
	State  State
	Href   string
	Narrow string
}

// Signature is a line to sign, or a signature given.
type Signature struct{ Role, Name, Date string }

// MaskedView is personal data shown masked, and the way to see it.
type MaskedView struct {
	Text    string
	Reveal  string   // address the control posts to ("why", "words", "mask"); empty: no way for this person
	Reasons []Option // asked before it is shown; none: one press, the answer asks
	Label   string   // what it is, for those who hear it

	Asked      bool // the reason is being asked for: it stands open
	Why, Words string
	Err        error // what was wrong with them
}

// ClearView is a value just revealed: masked again after some seconds.
type ClearView struct {
	Text, Mask string
	Seconds    int
	Again      *MaskedView // what stands there afterwards; nil leaves the mask without a way
}

// EmptyView is what stands where nothing is.
type EmptyView struct {
	Title   string
	Text    string
	Done    bool // nothing because all is done
	Actions []Action
}

// Link is a text with an address.
type Link struct{ Label, Href string }

// HeadView is the head of a page: where one is, the title, a line beside it, the acts.
type HeadView struct {
	Crumbs  []Link // module, list; the last is the way back
	Title   string
	Sub     string
	Clauses []string
	Actions []Action
	More    []Action // behind a button, after the others: what is seldom done
}
