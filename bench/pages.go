package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// asked is a page under measurement, and the rows on it as somebody would read them by hand; nil where no SQL says it.
type asked struct {
	name   string
	path   string
	part   string
	bare   func(ctx context.Context) error
	budget float64                         // how many times its yardstick the page may take; 0 for none
	before func(ctx context.Context) error // done each time before the page is asked for, and not measured
}

// benchPages builds or opens a company and sets each page beside its bare SQL, in turns within one run.
func benchPages(ctx context.Context, engines []engine, rows int, keep, only string, span time.Duration) error {
	fmt.Println("| engine | rows of the file | read bare | dry run | whole import | : bare | most memory in use | the desk's operation meanwhile, p50 / p99 |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- |")
	var lines []string
	for _, e := range engines {
		told, err := pagesOf(ctx, e, rows, keep, only, span)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		lines = append(lines, told...)
	}
	fmt.Println("\n| engine | flats | page | page p50 · p99 · processor time of the program (ms) | bare SQL, the same | p50 page : bare | processor time page : bare | budget |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, line := range lines {
		fmt.Println(line)
	}
	return nil
}

func pagesOf(ctx context.Context, e engine, rows int, keep, only string, span time.Duration) (lines []string, err error) {
	cfg, err := e.make("pages")
	if err != nil {
		return nil, err
	}
	dir, database := filepath.Join(e.dir, "pages"+e.name), cfg.URL
	if keep != "" && e.stays {
		dir = filepath.Join(keep, fmt.Sprint(rows)+strings.TrimPrefix("-"+e.name, "-SQLite"))
	}
	c, err := openCompany(ctx, dir, database, rows, only)
	if c != nil {
		defer func() { err = errors.Join(err, c.close()) }()
	}
	if err != nil {
		return nil, err
	}
	if err := c.analyse(ctx, database); err != nil {
		return nil, err
	}
	y, err := c.yardsticks(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range c.pages(y) {
		if !strings.Contains(a.name, c.only) {
			continue
		}
		line, err := c.compare(ctx, e, a, span)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// pages are what is measured.
func (c *company) pages(y *yardsticks) []asked {
	n := c.middle()
	building, entrance, room := placeOf(n)
	search := func(kind, typed string) asked {
		return asked{name: "search, " + kind, path: "/search?q=" + url.QueryEscape(typed), part: "found"}
	}
	return []asked{
		{name: "households, first page", path: "/households", bare: y.households("", 0), budget: 3},
		{name: "households of a building", path: "/households?building=" + building, bare: y.households(building, 0), budget: 3},
		{name: "households, page 100", path: "/households?page=100", bare: y.households("", 99*50), budget: 3},
		{name: "summary sheet, first page", path: "/summary", bare: y.summary, budget: 3},
		{name: "units, first page", path: "/units", bare: y.units, budget: 3},
		{name: "home page", path: "/"},
		{name: "home page, something done since", path: "/", before: c.note},
		{name: "household page", path: fmt.Sprintf("/households/%d", y.home), bare: y.household, budget: 3},
		search("name", nameOf(n)),
		search("telephone", phoneOf(n)),
		search("last four digits, many have them", phoneOf(n)[7:]),
		search("last four digits, few have them", phoneOf(n + 1234)[7:]),
		search("room", building+"-"+entrance+"-"+room),
		search("identity number", identityOf(n)),
	}
}

// compare measures a page and its yardstick in turns; what comes first warms both.
func (c *company) compare(ctx context.Context, e engine, a asked, span time.Duration) (string, error) {
	page := func(context.Context) error { _, err := c.get(a.path, a.part); return err }
	all := []func(context.Context) error{page, a.bare}
	if a.bare == nil {
		all = all[:1]
	}
	var took [2]times
	began := time.Now()
	for round := 0; round < 20 || time.Since(began) < span; round++ {
		if time.Since(began) > 20*span && round > 3 {
			break
		}
		if a.before != nil {
			if err := a.before(ctx); err != nil {
				return "", err
			}
		}
		for i, do := range all {
			start, used := time.Now(), cpu()
			if err := do(ctx); err != nil {
				return "", fmt.Errorf("%s: %w", a.name, err)
			}
			if round > 1 {
				took[i].each, took[i].cpu = append(took[i].each, time.Since(start)), took[i].cpu+cpu()-used
			}
		}
	}
	slices.Sort(took[0].each)
	slices.Sort(took[1].each)
	line := fmt.Sprintf("| %s | %d | %s | %s |", e.name, c.rows, a.name, took[0].quick())
	if a.bare == nil {
		return line + " | | | |", nil
	}
	ratio := float64(took[0].at(0.5)) / float64(took[1].at(0.5))
	verdict := "met"
	if ratio > a.budget {
		verdict = "**missed**"
	}
	return line + fmt.Sprintf(" %s | %.1f× | %.1f× | ≤ %.0f×: %s |", took[1].quick(), ratio, took[0].cpuEach()/took[1].cpuEach(), a.budget, verdict), nil
}

func (t times) quick() string {
	return fmt.Sprintf("%.2f · %.2f · %.2f", t.at(0.5).Seconds()*1000, t.at(0.99).Seconds()*1000, t.cpuEach()/1000)
}
