package app_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/estate/estateweb"
	"hudang/internal/platform/access"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

// listen opens a person's stream; what it tells comes line by line, and the channel is closed when it ends.
func listen(t *testing.T, c *apptest.Client) <-chan string {
	t.Helper()
	res := c.Listen("/live/events")
	if h := res.Header; res.StatusCode != http.StatusOK || h.Get("Content-Type") != "text/event-stream" || h.Get("X-Accel-Buffering") != "no" || !strings.Contains(h.Get("Cache-Control"), "no-transform") {
		t.Fatalf("a stream: %d %v", res.StatusCode, h)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	next(t, lines, ":")
	next(t, lines, "")
	return lines
}

const soon = 20 * time.Second

func next(t *testing.T, lines <-chan string, want string) {
	t.Helper()
	select {
	case got, open := <-lines:
		if !open || got != want {
			t.Fatalf("the stream says %q (open: %v), want %q", got, open, want)
		}
	case <-time.After(soon):
		t.Fatalf("the stream does not say %q", want)
	}
}

func ends(t *testing.T, lines <-chan string) {
	t.Helper()
	for end := time.After(soon); ; {
		select {
		case got, open := <-lines:
			if !open {
				return
			}
			if got != "" && got != ":" {
				t.Fatalf("the stream says %q", got)
			}
		case <-end:
			t.Fatal("the stream goes on")
		}
	}
}

// counts are what a page shows of what is due, asked for as its script does.
func counts(t *testing.T, c *apptest.Client) map[string]int {
	t.Helper()
	var n map[string]int
	if err := json.Unmarshal([]byte(c.Get("/live/counts").Body), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// add registers a flat without its area at a person's page, which is a duty of whoever is at the desk.
func add(t *testing.T, c *apptest.Client, room string) {
	t.Helper()
	if p := c.Submit("/units/new", "/units/new", url.Values{"building": {"9"}, "room": {room}, "kind": {"flat"}}); p.Status != http.StatusOK || p.Path == "/units/new" {
		t.Fatalf("adding %s: %d at %s", room, p.Status, p.Path)
	}
}

// What one person does is told to another's browser at once, without a word about it, and counted at his bell and in his navigation. Who
// does not know the estate is told nothing.
func TestLive_TellsOthersOfTheEstate(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		other := c.SignIn(t, "other", c.Garden, access.Assistant)
		desk := c.SignIn(t, "desk", c.Garden, access.Assistant)
		tower := c.SignIn(t, "tower", c.Tower, access.Assistant)
		before := counts(t, desk)
		told, elsewhere := listen(t, desk), listen(t, tower)
		add(t, other, "901")
		next(t, told, "data:")
		after := counts(t, desk)
		for _, key := range []string{page.CountDue, estateweb.NavUnits, "web.nav.households"} {
			if after[key] != before[key]+1 {
				t.Errorf("%s counts %d, then %d", key, before[key], after[key])
			}
		}
		due := strconv.Itoa(after[page.CountDue])
		shown := desk.Get("/vehicles").Body
		pagetest.In(t, shown, "#bell .dot", due)
		pagetest.In(t, shown, ".nav small[data-count=home]", due)
		if n := pagetest.Count(t, desk.Get("/").Body, "main li.duty"); n != after[page.CountDue] {
			t.Errorf("the bell counts %s, the home page lists %d", due, n)
		}
		select {
		case line := <-elsewhere:
			t.Errorf("another estate's desk is told %q", line)
		default:
		}
	})
}

// A browser's fourth stream ends its first; after signing out the rest say nothing any more.
func TestLive_EndsWithTheSession(t *testing.T) {
	c := apptest.Open(t)
	other := c.SignIn(t, "other", c.Garden, access.Assistant)
	desk := c.SignIn(t, "desk", c.Garden, access.Assistant)
	first := listen(t, desk)
	rest := []<-chan string{listen(t, desk), listen(t, desk), listen(t, desk)}
	ends(t, first)
	desk.Submit("/", "/sign-out", nil)
	add(t, other, "902")
	for _, lines := range rest {
		ends(t, lines)
	}
	if p := desk.Get("/live/events"); p.Status != http.StatusForbidden || p.Path != "/live/events" {
		t.Errorf("who is signed out listens: %d at %s", p.Status, p.Path)
	}
}

// What a page asks by itself does not keep a session from ending.
func TestLive_IsNoUse(t *testing.T) {
	c := apptest.Open(t)
	desk := c.SignIn(t, "desk", c.Garden, access.Assistant)
	for range 4 {
		c.Clock.Move(10 * time.Minute)
		desk.Get("/live/counts")
	}
	if p := desk.Get("/"); p.Path != "/sign-in" {
		t.Errorf("after forty idle minutes the page is %s", p.Path)
	}
}

// A program that stops does not wait for those who listen.
func TestLive_EndsWithTheProgram(t *testing.T) {
	c := apptest.Open(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- c.App.Serve(ctx, l, c.App.Handler) }()
	desk := c.Over(t, "http://"+l.Addr().String(), http.DefaultTransport)
	c.Enter(t, desk, "desk", c.Garden, access.Assistant)
	lines := listen(t, desk)
	began := time.Now()
	stop()
	ends(t, lines)
	if err := <-served; err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("it stopped after %v: %v", time.Since(began), err)
	}
}
