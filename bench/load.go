package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// served is a running program (`hudang demo`) that browsers ask for pages.
type served struct {
	base, pid, home string // home: the path of a household's page
	web             *http.Client
}

// tick is a processor tick of /proc on Linux.
const tick = 10 * time.Millisecond

// benchLoad lets so many browsers at once ask running programs for pages, in turns: sign-in links, each with #PID of its program
// where its processor time is wanted (Linux). The browsers run on the same machine and take their share of it.
func benchLoad(ctx context.Context, links, only string, clients, rounds int, span time.Duration) error {
	var all []*served
	for _, link := range strings.Split(links, ",") {
		s, err := enter(link)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	fmt.Printf("%d browsers, %d rounds of %v in turns. Requests/s (least to most) · p99 (ms) · processor time of the program for a request (ms), medians.\n\n", clients, rounds, span)
	for _, page := range []struct{ name, path string }{
		{"home", "/"}, {"summary sheet", "/summary"}, {"households", "/households"}, {"a household", ""}, {"search", "/search?q=" + url.QueryEscape("张")},
	} {
		if !strings.Contains(page.name, only) {
			continue
		}
		line := "| " + page.name + " |"
		took := make([][]times, len(all))
		for range rounds {
			for i, s := range all {
				t, err := s.load(ctx, cmp.Or(page.path, s.home), clients, span)
				if err != nil {
					return fmt.Errorf("%s: %w", page.name, err)
				}
				took[i] = append(took[i], t)
			}
		}
		for i := range all {
			median := func(of func(times) float64) (least, middle, most float64) {
				var v []float64
				for _, t := range took[i] {
					v = append(v, of(t))
				}
				slices.Sort(v)
				return v[0], v[len(v)/2], v[len(v)-1]
			}
			least, rate, most := median(times.rate)
			_, slow, _ := median(func(t times) float64 { return t.at(0.99).Seconds() * 1000 })
			_, used, _ := median(func(t times) float64 { return t.cpuEach() / 1000 })
			line += fmt.Sprintf(" %.0f (%.0f–%.0f) · %.0f · %.2f |", rate, least, most, slow, used)
		}
		fmt.Println(line)
	}
	return nil
}

// enter signs in by a link.
func enter(link string) (*served, error) {
	link, pid, _ := strings.Cut(link, "#")
	at, err := url.Parse(link)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	s := &served{base: at.Scheme + "://" + at.Host, pid: pid, web: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1000}}}
	answer, err := s.web.PostForm(link, nil)
	if err != nil {
		return nil, err
	}
	if err := answer.Body.Close(); err != nil {
		return nil, err
	}
	body, err := s.get("/households")
	if s.home = regexp.MustCompile(`/households/\d+`).FindString(body); err == nil && s.home == "" {
		err = errors.New("no household: the link has been used, or nobody may see any")
	}
	return s, err
}

// get asks for a page, compressed as browsers do.
func (s *served) get(path string) (string, error) {
	r, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(path, "/search") {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", "found")
	}
	answer, err := s.web.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s: %s", path, answer.Status))
	}
	return string(body), err
}

// load lets browsers ask for a page until the time is over.
func (s *served) load(ctx context.Context, path string, clients int, span time.Duration) (times, error) {
	used := s.cpu()
	t, err := measure(ctx, clients, 0, span, func(context.Context, int, int) error {
		_, err := s.get(path)
		return err
	})
	slices.Sort(t.each)
	t.cpu = s.cpu() - used
	return t, err
}

// cpu is the processor time the program has used; 0 where nobody asked.
func (s *served) cpu() time.Duration {
	stat, err := os.ReadFile("/proc/" + s.pid + "/stat")
	if s.pid == "" || err != nil {
		return 0
	}
	f := strings.Fields(string(stat[strings.LastIndex(string(stat), ")")+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * tick
}
