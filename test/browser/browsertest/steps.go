package browsertest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// Step is one thing a person, or the test, does. run109.mjs reads the same steps.
type Step struct {
	Do   string `json:"do"`
	At   string `json:"at,omitempty"`   // a CSS selector
	Text string `json:"text,omitempty"` // typed, or waited for
	Key  string `json:"key,omitempty"`
	URL  string `json:"url,omitempty"`
	File string `json:"file,omitempty"`
}

// Goto opens a path of the product. It counts as nothing: a person came from somewhere.
func Goto(path string) Step { return Step{Do: "goto", URL: path} }

// Type types data into an element, or where the cursor is when at is empty. Data are not counted.
func Type(at, text string) Step { return Step{Do: "type", At: at, Text: text} }

// Scan types a code and Enter as a scanner gun does: each key two milliseconds after the last, by the browser's own account,
// however slow the machine is. Only the present browser knows it.
func Scan(code string) Step { return Step{Do: "scan", Text: code} }

// Compose types letters into an input method, where the cursor is. Only the present browser knows it.
func Compose(letters string) Step { return Step{Do: "compose", Text: letters} }

// Commit takes the text an input method made of what was composed.
func Commit(text string) Step { return Step{Do: "commit", Text: text} }

// Press presses a key or chord ("Enter", "n", "Ctrl+Enter"): one key.
func Press(key string) Step { return Step{Do: "press", Key: key} }

// Click clicks an element: one click.
func Click(at string) Step { return Step{Do: "click", At: at} }

// Choose gives a file to a file field. Choosing is counted as one click; the file's path is the test's.
func Choose(at, file string) Step { return Step{Do: "choose", At: at, File: file} }

// Wait waits until an element shows a text; any when it is empty.
func Wait(at, text string) Step { return Step{Do: "wait", At: at, Text: text} }

// Script runs statements in the page, for what no person can do: to let time pass. They may wait.
func Script(line string) Step { return Step{Do: "script", Text: line} }

// Count starts the count of keys and clicks anew.
func Count() Step { return Step{Do: "count"} }

// Shot keeps a picture.
func Shot(file string) Step { return Step{Do: "shot", File: file} }

// Overflow notes a problem when the page scrolls sideways.
func Overflow() Step { return Step{Do: "overflow"} }

// Axe looks for accessibility violations.
func Axe() Step { return Step{Do: "axe"} }

// Result is what the steps came to.
type Result struct {
	Keys       int         `json:"keys"`
	Clicks     int         `json:"clicks"`
	Violations []Violation `json:"violations"`
	Problems   []string    `json:"problems"`
	Failed     bool        `json:"failed"` // a step could not be done; the last problem says which
}

// Do runs steps, and gives what came of all steps of this browser so far. It ends the test when one cannot be done.
func (b *Browser) Do(steps ...Step) Result {
	b.t.Helper()
	var r Result
	for i, s := range steps {
		found, err := b.step(s)
		if err != nil {
			b.t.Fatalf("step %d (%s %s): %v", i+1, s.Do, cmp.Or(s.At, s.Key, s.URL), err)
		}
		r.Violations = append(r.Violations, found...)
	}
	r.Keys, r.Clicks = b.keys, b.clicks
	return r
}

func (b *Browser) step(s Step) (found []Violation, err error) {
	switch s.Do {
	case "goto":
		at, err := b.base.Parse(s.URL)
		if err != nil {
			return nil, err
		}
		return nil, b.do(chromedp.Navigate(at.String()))
	case "type":
		if s.At == "" {
			return nil, b.do(chromedp.KeyEvent(s.Text))
		}
		if err := b.shown(s.At, ""); err != nil {
			return nil, err
		}
		return nil, b.do(chromedp.Focus(chromedp.CSS(s.At)), chromedp.KeyEvent(s.Text))
	case "scan":
		return nil, b.scan(s.Text)
	case "compose":
		return nil, b.do(compose(s.Text))
	case "commit":
		return nil, b.do(commit(s.Text))
	case "press":
		return nil, b.press(s.Key)
	case "click":
		if err := b.shown(s.At, ""); err != nil {
			return nil, err
		}
		b.clicks++
		return nil, b.do(chromedp.Click(chromedp.CSS(s.At)))
	case "choose":
		b.clicks++
		return nil, b.do(chromedp.SetUploadFiles(chromedp.CSS(s.At), []string{s.File}))
	case "wait":
		return nil, b.shown(s.At, s.Text)
	case "script":
		_, err := run(b, chromedp.Evaluate[bool]("(async () => { "+s.Text+"; return true })()", chromedp.EvalAwaitPromise))
		return nil, err
	case "count":
		b.keys, b.clicks = 0, 0
		return nil, nil
	case "shot":
		return nil, b.shot(s.File)
	case "overflow":
		wide, err := ask[[]string](b, "overflow")
		for _, w := range wide {
			b.problem("%s", w)
		}
		return nil, err
	case "axe":
		return b.axe()
	}
	return nil, fmt.Errorf("no step is called %s", s.Do)
}

func (b *Browser) axe() ([]Violation, error) {
	source, err := os.ReadFile(filepath.Join(Root(b.t), "test/browser/node_modules/axe-core/axe.min.js"))
	if err != nil {
		return nil, err
	}
	if _, err := run(b, chromedp.Evaluate[chromedp.Void](string(source)+";undefined")); err != nil {
		return nil, err
	}
	return ask[[]Violation](b, "axe")
}

// Screenshot keeps a picture of a page at a size.
func Screenshot(t testing.TB, url string, s Size, file string) {
	t.Helper()
	b := Open(t, url)
	b.Resize(s)
	b.Do(Goto(""), Shot(file))
}

// In109 runs steps in Chromium 109. It never ends the test: what was wrong is in the result.
func In109(t testing.TB, base string, s Size, steps ...Step) Result {
	t.Helper()
	needs(t)
	here := filepath.Join(Root(t), "test/browser")
	input, err := json.Marshal(steps)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(here, "run109.mjs"), "flow", base, s.String())
	trace := tracePath(t) + "_109"
	t.Cleanup(func() {
		if !t.Failed() { // what was wrong was expected
			os.Remove(trace + ".png")
			os.Remove(trace + ".html")
		}
	})
	cmd.Env = append(os.Environ(), "HUDANG_TRACE="+trace)
	var out, complaints bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &out, &complaints
	failed := cmd.Run()
	var r Result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("Chromium 109: %v, %v\n%s%s", failed, err, &out, &complaints)
	}
	return r
}

// Both runs steps in both browsers, as two subtests: no problem, no violation, and the same keys and clicks, which it gives.
func Both(t *testing.T, base string, s Size, steps ...Step) Result {
	t.Helper()
	needs(t)
	var now, old Result
	t.Run("present", func(t *testing.T) {
		b := Open(t, base)
		b.Resize(s)
		now = b.Do(steps...)
		now.report(t)
	})
	t.Run("109", func(t *testing.T) {
		old = In109(t, base, s, steps...)
		old.report(t)
	})
	if !t.Failed() && (now.Keys != old.Keys || now.Clicks != old.Clicks) {
		t.Errorf("%d keys and %d clicks here, %d and %d in Chromium 109", now.Keys, now.Clicks, old.Keys, old.Clicks)
	}
	return now
}

func (r Result) report(t testing.TB) {
	t.Helper()
	for _, p := range r.Problems {
		t.Error(p)
	}
	for _, v := range r.Violations {
		t.Errorf("axe: %s (%s): %s: %v", v.ID, v.Impact, v.Help, v.At)
	}
}
