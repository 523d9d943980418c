package browser

import (
	"testing"

	bt "hudang/test/browser/browsertest"
)

// row is the line of a mapping that reads one column; with its own choice in brackets, while that is chosen.
func row(n, choice string) string {
	at := "tbody tr:nth-child(" + n + ")"
	if choice != "" {
		at += ":has(option[value=" + choice + "]:checked)"
	}
	return at
}

// A select of many options is found by pinyin, initials or name: Enter takes, the next Enter goes on, Esc leaves it as it was, and
// leaving takes what was found; what is posted is the option's value, and a filter asks for the rows at once.
func TestSelect_IsTypedInto(t *testing.T) {
	var at string
	both(t, "chenli", func(int) []bt.Step {
		at = openImport(t)
		return []bt.Step{
			bt.Goto(at), bt.Click(row("2", "") + " input"), bt.Type("", "jjlxdh"), bt.Wait("[role=option][aria-selected=true]", "紧急联系电话"), bt.Axe(),
			bt.Press("Enter"), bt.Wait(row("2", "emergency_phone")+" input[aria-expanded=false]:focus", "紧急联系电话"),
			bt.Press("Enter"), bt.Wait(row("3", "")+" input:focus", ""), bt.Type("", "fanghao"), bt.Press("Enter"), bt.Wait(row("3", "room")+" input", "房号"),
			bt.Press("ArrowDown"), bt.Press("ArrowDown"), bt.Wait("[role=listbox]:not([hidden])", ""), bt.Press("Escape"), bt.Wait(row("3", "room")+" input[aria-expanded=false]:focus", "房号"),
			bt.Type("", "zzz"), bt.Wait("[role=option][aria-disabled]", "没有这一项"), bt.Press("Escape"), bt.Wait(row("3", "room")+" input[aria-expanded=false]", "房号"),
			bt.Press("Enter"), bt.Type("", "jianzhu"), bt.Press("Tab"), bt.Wait(row("4", "gross_area"), ""), bt.Press("Ctrl+s"), bt.Wait("h2", "问题"),
			bt.Goto(at), bt.Wait(row("2", "emergency_phone")+" input", "紧急联系电话"), bt.Overflow(),
			bt.Click(row("2", "") + " input"), bt.Type("", "danyuan"), bt.Press("Enter"), bt.Press("Ctrl+s"), bt.Wait("h2", "问题"),
			bt.Goto("/units"), bt.Click(".filters input[role=combobox]"), bt.Type("", "3"), bt.Press("Enter"), bt.Wait(".chips .tag", "3"), bt.Wait("tbody th", "3-"), bt.Axe(),
			bt.Count(),
		}
	})
}

// While an input method composes nothing is looked for and nothing taken; what it made is looked for.
func TestSelect_WaitsForTheInputMethod(t *testing.T) {
	base, link := demo(t, "chenli")
	b := bt.Open(t, base)
	b.Do(enter(link)...)
	b.Do(bt.Goto(openImport(t)), bt.Click(row("3", "room")+" input"), bt.Press("Escape"), bt.Compose("danyuan"),
		bt.Wait(row("3", "room")+" input[aria-expanded=false]", "danyuan"), bt.Commit("单元"), bt.Wait("[role=option][aria-selected=true]", "单元"),
		bt.Press("Enter"), bt.Wait(row("3", "entrance")+" input", "单元"))
}
