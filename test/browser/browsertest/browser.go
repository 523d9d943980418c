// Package browsertest opens the product's pages in the two browsers of the gate: the present Chromium (here, by chromedp)
// and Chromium 109 (run109.mjs). Both do the same steps, count the same keys and find the same faults.
//
// Every page is watched: a request to another host, a script error, anything on the console's error channel (a breach of
// the content policy among it) or a style, script, picture or font that does not load is a problem, and a problem left
// over fails the test. When a test fails, its last page and a picture of it stand in test/browser/out.
// Short tests skip; a machine without the browsers fails.
package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Size is a window's inside, in CSS pixels.
type Size struct{ W, H int64 }

// The three windows every page must fit: a desk's 1366×768, the same at 125 % scaling, and a phone.
var (
	Desk  = Size{1366, 600}
	Small = Size{1080, 490}
	Phone = Size{390, 844}
	Sizes = []Size{Desk, Small, Phone}
)

// String is "1366x600".
func (s Size) String() string { return fmt.Sprintf("%dx%d", s.W, s.H) }

// Violation is a breach of WCAG 2.2 AA that axe found, with the elements that show it.
type Violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	At     []string `json:"at"`
}

const patience = 30 * time.Second // that a step waits for what it needs

//go:embed inpage.js
var inPage string

// Browser is one tab of a present Chromium of its own, with nothing in its profile.
type Browser struct {
	t            testing.TB
	ctx          context.Context
	base         *url.URL
	keys, clicks int

	mu       sync.Mutex
	problems []string
}

// Open starts a Chromium for a test, at the Desk size. Paths are relative to base, and any other host is foreign.
func Open(t testing.TB, base string) *Browser {
	t.Helper()
	program := needs(t)
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	b := &Browser{t: t, base: at}
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	})
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	tab, closeTab := chromedp.NewContext(alloc, chromedp.WithListener(b.watch))
	b.ctx = tab
	t.Cleanup(func() {
		b.end()
		closeTab()
		stop()
	})
	b.Resize(Desk)
	return b
}

// needs skips a short test, and one on a machine without both browsers; it gives the present one's program.
func needs(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of short tests")
	}
	if _, err := os.Stat(filepath.Join(Root(t), "test/browser/node_modules/puppeteer-core")); err != nil {
		t.Fatal("no Chromium 109 here; `bash build/test` installs it")
	}
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium here; `bash build/test` installs it")
	return ""
}

// watch notes problems. It runs while the browser's messages are read, so it must not ask the browser anything.
func (b *Browser) watch(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if at, err := url.Parse(e.Request.URL); err == nil && foreign(at, b.base) {
			b.problem("request to another host: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 500 || e.Response.Status >= 400 && slices.Contains(pageParts, e.Type) { // a page of refusal is a page; one of failure is a fault
			b.problem("%d: %s", e.Response.Status, e.Response.URL)
		}
	case *runtime.EventExceptionThrown:
		b.problem("script: %s", thrown(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if text := spoken(e.Args); e.Type == runtime.ConsoleAPICalledTypeError && !strings.HasPrefix(text, refused) {
			b.problem("console: %s", text)
		}
	case *log.EventEntryAdded: // what did not load is judged by its response, above
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			b.problem("console: %s", e.Entry.Text)
		}
	}
}

var pageParts = []network.ResourceType{
	network.ResourceTypeStylesheet, network.ResourceTypeScript, network.ResourceTypeImage, network.ResourceTypeFont,
	network.ResourceTypeMedia, network.ResourceTypeManifest,
}

// refused is how htmx notes on the console that a form came back with its mistakes, which is no fault.
const refused = "Response Status Error Code 4"

func foreign(at, base *url.URL) bool {
	return (strings.HasPrefix(at.Scheme, "http") || strings.HasPrefix(at.Scheme, "ws")) && at.Host != base.Host
}

func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Exception.Description
	}
	return e.Text
}

func spoken(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
	}
	return strings.Join(words, " ")
}

func (b *Browser) problem(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, fmt.Sprintf(format, args...))
}

// Problems gives what was wrong so far and forgets it, for a test that expects it.
func (b *Browser) Problems() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.problems
	b.problems = nil
	return p
}

// end fails the test for problems nobody expected, and keeps a trace of a failed one.
func (b *Browser) end() {
	for _, p := range b.Problems() {
		b.t.Error(p)
	}
	if !b.t.Failed() {
		return
	}
	trace := tracePath(b.t)
	html, err := run(b, chromedp.Evaluate[string](`document.documentElement.outerHTML`))
	if err == nil {
		err = os.WriteFile(trace+".html", []byte(html), 0o600)
	}
	if err == nil {
		err = b.shot(trace + ".png")
	}
	b.t.Logf("trace: %s.png and .html (%v)", trace, err)
}

// tracePath is where the trace of a test goes, without its extension.
func tracePath(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(Root(t), "test/browser/out")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Error(err)
	}
	return filepath.Join(dir, strings.NewReplacer("/", "_", " ", "_").Replace(t.Name()))
}

// Root is the repository's folder.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, there := os.Stat(filepath.Join(dir, "go.mod")); there == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod above the test's folder", err)
	return ""
}

// run does one action with the patience of a step.
func run[T any](b *Browser, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, action)
}

func (b *Browser) do(actions ...chromedp.Action[chromedp.Void]) error {
	_, err := run(b, chromedp.Steps(actions...))
	return err
}

// Resize gives the tab another size; a narrow one is a phone, with touch.
func (b *Browser) Resize(s Size) {
	b.t.Helper()
	var options []chromedp.EmulateViewportOption
	if s.W < 600 {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	// The first action starts the browser and ties it to its context, so that one must be the tab's own.
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(s.W, s.H, options...)); err != nil {
		b.t.Fatal(err)
	}
}

// ask runs a function of inpage.js.
func ask[T any](b *Browser, name string, args ...any) (T, error) {
	var list []string
	for _, a := range args {
		raw, err := json.Marshal(a)
		if err != nil {
			return *new(T), err
		}
		list = append(list, string(raw))
	}
	script := fmt.Sprintf("%s; hudangTest.%s(%s)", inPage, name, strings.Join(list, ", "))
	return run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// shown waits until an element can be seen, with a text in it. A page being replaced cannot be asked for a moment.
func (b *Browser) shown(at, text string) error {
	for end := time.Now().Add(patience); ; {
		if ok, err := ask[bool](b, "shows", at, text); err == nil && ok {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("did not happen: %s shown with %q", at, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (b *Browser) shot(file string) error {
	picture, err := run(b, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o600)
}

// named are the keys that have a name rather than a character.
var named = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Backspace": kb.Backspace, "Delete": kb.Delete, "Space": " ",
	"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
	"F1": kb.F1, "F2": kb.F2, "F3": kb.F3, "F4": kb.F4, "F8": kb.F8, "F9": kb.F9, "F10": kb.F10,
}

var modifiers = map[string]chromedp.Modifier{"Ctrl": kb.ModifierCtrl, "Alt": kb.ModifierAlt, "Shift": kb.ModifierShift}

func (b *Browser) scan(code string) error {
	at := float64(time.Now().UnixMilli())/1000 + 1 // nobody scans while still typing
	return b.do(chromedp.KeyEvent(code+kb.Enter, func(p *input.DispatchKeyEventParams) {
		at += 0.001 // a key goes down and comes up
		p.Timestamp = input.TimeSinceEpoch(at)
		if p.Type == kb.KeyChar && p.Text == kb.Enter { // a page that takes Enter for itself would not get it as a character
			p.Type, p.Text, p.UnmodifiedText = kb.KeyUp, "", ""
		}
	}))
}

// compose and commit are what an input method does between the keys and the page.
func compose(letters string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (none chromedp.Void, err error) {
		at := int64(len(letters))
		_, err = cdp.Call(ctx, t, input.ImeSetComposition, input.ImeSetCompositionParams{Text: letters, SelectionStart: at, SelectionEnd: at})
		return none, err
	}
}

func commit(text string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (none chromedp.Void, err error) {
		_, err = cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return none, err
	}
}

// press does "Enter", "n", "Ctrl+Enter".
func (b *Browser) press(chord string) error {
	parts := strings.Split(chord, "+")
	last := parts[len(parts)-1]
	var held []chromedp.Modifier
	for _, p := range parts[:len(parts)-1] {
		m, ok := modifiers[p]
		if !ok {
			return fmt.Errorf("no modifier is called %s", p)
		}
		held = append(held, m)
	}
	key, ok := named[last]
	if !ok && len([]rune(last)) != 1 {
		return fmt.Errorf("no key is called %s", last)
	} else if !ok {
		key = last
	}
	b.keys++
	return b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(held...), oneEnter))
}

// oneEnter lets Enter go down as a key with its character, as a keyboard's does: a page that takes the key for itself then gets no
// character, with which a field would send its form. With a key held the browser has no character for it.
func oneEnter(p *input.DispatchKeyEventParams) {
	switch {
	case p.Modifiers != 0:
	case p.Type == kb.KeyDown && p.Key == "Enter":
		p.Text, p.UnmodifiedText = kb.Enter, kb.Enter
	case p.Type == kb.KeyChar && p.Text == kb.Enter:
		p.Type, p.Text, p.UnmodifiedText = kb.KeyUp, "", ""
	}
}
