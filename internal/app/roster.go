package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/household/imports/beside"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sheet"
)

// RosterOptions say which file goes into which estate, and as whom.
type RosterOptions struct {
	Estate  string // by name or number
	Create  bool   // make the estate when there is none
	As      string // login; empty: the only account that may
	Mapping []roster.Mapping
	DryRun  bool

	Patience time.Duration // with work that cannot go on for now; 0: a minute
}

// RosterReport is what a file said, and what became of it.
type RosterReport struct {
	Made       string                  `json:"made,omitempty"` // the estate that was made for it; in a dry run, that would be
	File       string                  `json:"file"`
	Import     imports.ID              `json:"import,string"` // 0 of a dry run
	Sheets     []SheetReport           `json:"sheets"`
	Problems   map[string]int          `json:"problems"`
	Mapping    []roster.Mapping        `json:"mapping"` // how its tables were read: what --mapping takes
	Units      map[imports.Verdict]int `json:"units"`
	Households map[imports.Verdict]int `json:"households"`
	People     int                     `json:"people"` // added; likewise the rest
	Phones     int                     `json:"phones"`
	Identities int                     `json:"identities"`
	Vehicles   int                     `json:"vehicles"`
	Leases     int                     `json:"leases"`
	Beside     []BesideReport          `json:"beside"`
	Rows       []RowReport             `json:"rows"`      // what became of every row of every sheet
	Left       []LeftReport            `json:"left_over"` // what nobody answered: work for a person
	Written    bool                    `json:"written"`
}

// RowReport is what became of a row, or of several empty ones; before the import is written, what would.
type RowReport struct {
	Sheet     string       `json:"sheet"`
	Row       int64        `json:"row"`
	Upto      int64        `json:"upto"`
	Part      string       `json:"part,omitempty"` // the column where the part begins, of tables side by side
	Fate      imports.Fate `json:"fate"`
	Says      string       `json:"says"`
	Room      string       `json:"room,omitempty"`
	Joined    string       `json:"joined,omitempty"` // the row it goes on with
	Unit      int64        `json:"unit,omitempty,string"`
	Household int64        `json:"household,omitempty,string"`
}

// LeftReport is something nobody answered.
type LeftReport struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Problem string `json:"problem"`
	Says    string `json:"says"`
	Value   string `json:"value"` // masked
}

// BesideReport is how much of something a file holds besides the values of its cells, and where the first are.
type BesideReport struct {
	Kind  beside.Kind `json:"kind"`
	Head  string      `json:"head,omitempty"`
	Paper string      `json:"paper,omitempty"`
	Count int         `json:"count"`
	First []string    `json:"first"`
}

// SheetReport is how a sheet was read.
type SheetReport struct {
	Sheet    string         `json:"sheet"`
	Rows     int            `json:"rows"`
	SetAside map[string]int `json:"set_aside"`
	Refused  []RefusedRow   `json:"refused"`
	Unread   []UnreadColumn `json:"unread"` // columns that are not brought in
	Choices  []ChoiceReport `json:"choices"`
	Proposed []RefusedRow   `json:"proposed"` // what is done unless somebody says otherwise
}

// UnreadColumn is a column that goes nowhere, with how many of its cells say something.
type UnreadColumn struct {
	Column string `json:"column"`
	Cells  int    `json:"cells"`
}

// ChoiceReport is a question that one line of a mapping settles for all its rows.
type ChoiceReport struct {
	Key  string            `json:"key"`
	Says string            `json:"says"`
	Of   string            `json:"of"` // one of the cells
	Rows []int             `json:"rows"`
	Ways map[string]string `json:"ways"` // values, and what each makes of that cell
}

// RefusedRow is a row that was not taken, and why.
type RefusedRow struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

// Clean reports that every row was taken and nothing waits for an answer.
func (r *RosterReport) Clean() bool {
	for _, s := range r.Sheets {
		if len(s.Refused) > 0 {
			return false
		}
	}
	all := 0
	for _, v := range imports.Verdicts {
		all += r.Units[v] + r.Households[v]
	}
	if all == 0 {
		return false // an empty file, or pictures only: nothing of it is a roster
	}
	left := r.Units[imports.Held] + r.Units[imports.Refused] + r.Households[imports.Held] + r.Households[imports.Refused]
	return left == 0
}

// named reports whether an estate is called so, by its name or its number.
func named(p account.Place, typed string) bool {
	return p.Name == strings.TrimSpace(typed) || strconv.FormatInt(int64(p.ID), 10) == typed
}

// ImportRoster brings a file into an estate, or only says what would come of it: a dry run writes nothing.
func (a *App) ImportRoster(ctx context.Context, name string, data []byte, o RosterOptions, lang i18n.Lang) (*RosterReport, error) {
	ctx, e, missing, err := a.enter(ctx, o, imports.MayImport())
	if err != nil {
		return nil, err
	}
	in := imports.UploadIn{Estate: e, File: filepath.Base(name), Data: data}
	if len(o.Mapping) > 0 {
		if err := imports.KnownFields(o.Mapping); err != nil {
			return nil, err
		}
		if in.Mapping, err = json.Marshal(o.Mapping); err != nil {
			return nil, err
		}
	}
	var report *RosterReport
	if o.DryRun || missing { // a file that cannot be read makes no estate
		f, err := imports.Preview(ctx, a.Door, in)
		if err != nil {
			return nil, err
		}
		if report, err = a.lookAt(ctx, f, o.Mapping, lang); err != nil {
			return nil, err
		}
	}
	if missing && !o.DryRun {
		made, err := op.Run(ctx, a.Door, estate.CreateEstate, estate.CreateEstateIn{Name: o.Estate})
		if err != nil {
			return nil, err
		}
		in.Estate = made.Out
	}
	if !o.DryRun {
		report, err = a.importFile(ctx, in, o, lang)
	}
	if report != nil && missing {
		report.Made = o.Estate
	}
	return report, err
}

// importFile writes a file into an estate.
func (a *App) importFile(ctx context.Context, in imports.UploadIn, o RosterOptions, lang i18n.Lang) (*RosterReport, error) {
	id, err := imports.Receive(ctx, a.Door, in)
	if err != nil {
		return nil, err
	}
	f, err := imports.Load(ctx, a.Door, id)
	if err != nil {
		return nil, err
	}
	report, err := a.lookAt(ctx, f, o.Mapping, lang)
	if err != nil {
		_, discarded := op.Run(context.WithoutCancel(ctx), a.Door, imports.Discard, id)
		return report, errors.Join(err, discarded)
	}
	started, err := op.Run(ctx, a.Door, imports.Commit, id)
	if err == nil {
		err = a.await(i18n.With(ctx, a.Texts, lang), started.Out, id, cmp.Or(o.Patience, time.Minute))
	}
	if report.Written = err == nil; err != nil {
		return report, err
	}
	rows, left, err := imports.LinesAndLeft(ctx, a.Door.DB.Read(), access.From(ctx).Scope(imports.MayImport(), in.Estate), id)
	report.tellRows(i18n.With(ctx, a.Texts, lang), rows, left)
	return report, err
}

// tellRows are the rows of an import and what they leave over, in words.
func (r *RosterReport) tellRows(ctx context.Context, rows []imports.LineRow, left []imports.LeftRow) {
	r.Rows, r.Left = make([]RowReport, 0, len(rows)), make([]LeftReport, 0, len(left))
	for _, l := range rows {
		says := i18n.T(ctx, l.Fate.Key())
		if detail := l.Detail(ctx); detail != "" {
			says = i18n.T(ctx, "roster.line", says, detail)
		}
		r.Rows = append(r.Rows, RowReport{Sheet: l.Sheet, Row: l.Row, Upto: l.Upto, Part: l.Part, Fate: l.Fate, Says: says, Room: l.Where(),
			Joined: l.Joined, Unit: int64(l.Unit), Household: int64(l.Household)})
	}
	for _, l := range left {
		r.Left = append(r.Left, LeftReport{Sheet: l.Sheet, Cell: l.Cell, Problem: l.Problem, Says: l.Says(ctx), Value: l.Value.Mask})
	}
}

// lookAt is the report of an import before it is written.
func (a *App) lookAt(ctx context.Context, f *imports.File, mapping []roster.Mapping, lang i18n.Lang) (*RosterReport, error) {
	if err := fits(mapping, f.Plan.Tables); err != nil {
		return nil, err
	}
	if err := wayKnown(mapping, f.Plan.Problems); err != nil {
		return nil, err
	}
	outcome, err := imports.DryRun(ctx, a.Door, f)
	if err != nil {
		return nil, err
	}
	t := outcome.Tally
	r := &RosterReport{File: f.Import.File, Import: f.Import.ID, Problems: map[string]int{}, Units: t.Units, Households: t.Households,
		People: t.People, Phones: t.Phones, Identities: t.Identities, Vehicles: t.Vehicles, Leases: t.Leases}
	rows, left := outcome.Rows(f)
	r.tellRows(i18n.With(ctx, a.Texts, lang), rows, left)
	for _, s := range f.Book.Sheets() {
		one := SheetReport{Sheet: s.Name, SetAside: map[string]int{}, Refused: []RefusedRow{}}
		if one.Rows, err = rowsOf(s); err != nil {
			return nil, err
		}
		for _, aside := range f.Plan.SetAside {
			if aside.At.Sheet == s.Name {
				one.SetAside[string(aside.Kind)]++
			}
		}
		a.questions(&one, f.Plan, lang)
		r.Sheets = append(r.Sheets, one)
	}
	for _, p := range f.Plan.Problems {
		r.Problems[p.Kind]++
	}
	for _, b := range f.Beside {
		r.Beside = append(r.Beside, BesideReport(b))
	}
	for _, table := range f.Plan.Tables {
		r.Mapping = append(r.Mapping, table.Mapping)
	}
	return r, nil
}

func rowsOf(s *sheet.Sheet) (n int, err error) {
	for _, err := range s.Rows() {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// await waits for the end of a job the caller started. One that cannot go on for longer than it has patience is stopped: what
// it wrote stays, and the import can be taken up again.
func (a *App) await(ctx context.Context, id job.ID, of imports.ID, patience time.Duration) error {
	waits := time.Duration(0)
	const look = 100 * time.Millisecond
	stop := func(run *job.Run, why string) error {
		ctx := context.WithoutCancel(ctx)
		_, err := op.Run(ctx, a.Door, job.Cancel, id)
		return errors.Join(errs.E(errs.Blocked, "cli.error.stopped", run.Count(ctx), why, ref.Text(of)), err)
	}
	for {
		run, err := job.Find(context.WithoutCancel(ctx), a.Door.DB.Read(), access.From(ctx), id)
		switch {
		case err != nil:
			return err
		case run.State == job.Failed:
			return errs.E(errs.Blocked, "cli.error.stopped", run.Count(ctx), run.Why(ctx), ref.Text(of))
		case run.State == job.Cancelled: // on the page
			return errs.E(errs.Blocked, "cli.error.stopped", run.Count(ctx), i18n.T(ctx, "job.state.cancelled"), ref.Text(of))
		case !run.Open():
			return nil
		case !run.Waits():
			waits = 0
		case waits >= patience:
			return stop(run, run.Why(ctx))
		}
		select {
		case <-ctx.Done():
			if errs.Is(context.Cause(ctx), errs.Unavailable) { // the program stops: its next start goes on with the job
				return ctx.Err()
			}
			return stop(run, i18n.T(ctx, "cli.error.interrupted"))
		case <-time.After(look):
			waits += look
		}
	}
}

// ExportRoster writes an estate's roster; in clear it needs a reason and a manager. It gives the number of rows.
func (a *App) ExportRoster(ctx context.Context, o RosterOptions, clear bool, why string, w io.Writer) (int, error) {
	ctx, e, _, err := a.enter(ctx, o, imports.MayExport(clear))
	if err != nil {
		return 0, err
	}
	return imports.Export(ctx, a.Door, imports.ExportIn{Estate: e, Why: why}, clear, w)
}

// enter finds the estate and the account a command acts for. An estate that is missing has no number: it may be made, as was asked.
func (a *App) enter(ctx context.Context, o RosterOptions, posts []access.Post) (_ context.Context, e access.EstateID, missing bool, err error) {
	all, err := places(ctx, a.Door.DB.Read())
	if err != nil {
		return ctx, 0, false, err
	}
	i := slices.IndexFunc(all, func(p account.Place) bool { return named(p, o.Estate) })
	if i < 0 && !o.Create {
		return ctx, 0, false, errs.E(errs.Invalid, "cli.error.estate", o.Estate, namesOf(all))
	}
	e = access.Company // who may make an estate may so in all of them
	if i >= 0 {
		e = all[i].ID
	} else {
		posts = slices.DeleteFunc(slices.Clone(posts), func(p access.Post) bool { return !slices.Contains(estate.CreateEstate.Posts(), p) })
	}
	who, err := a.acting(ctx, o.As, e, posts)
	if err != nil {
		return ctx, 0, false, err
	}
	if ctx = access.With(ctx, who); i >= 0 {
		return ctx, e, false, nil
	}
	var wrong errs.Fields
	in := estate.CreateEstateIn{Name: o.Estate}
	in.Check(&wrong)
	return ctx, access.Company, true, wrong.Err()
}

// namesOf are the names of estates, for whoever mistyped one.
func namesOf(all []account.Place) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// acting is the account a command acts as: the one named, else the only one that holds one of the posts in the estate. What it
// refuses names the posts, the accounts, and the command that makes one.
func (a *App) acting(ctx context.Context, login string, e access.EstateID, posts []access.Post) (access.Actor, error) {
	var accounts []account.Account
	if err := a.Door.DB.Read().Select(&accounts).OrderExpr("login").Scan(ctx); err != nil {
		return access.Actor{}, err
	}
	var may []access.Actor
	var logins []string // of those who may
	named := false
	for _, one := range accounts {
		if one.Disabled != 0 {
			continue
		}
		named = named || one.Login == login
		who, err := account.ActorOf(ctx, a.Door.DB.Read(), one.ID)
		if err != nil {
			return access.Actor{}, err
		}
		if _, ok := who.Holding(e, posts); !ok {
			continue
		}
		if logins = append(logins, one.Login); login == "" || one.Login == login {
			may = append(may, who)
		}
	}
	if len(may) == 1 {
		return may[0], nil
	}
	return access.Actor{}, refuseActing(login, named, logins, posts, e == access.Company)
}

// refuseActing says why nobody can act, and what to do next.
func refuseActing(login string, named bool, logins []string, posts []access.Post, everywhere bool) error {
	words := make([]string, len(posts))
	for i, p := range posts {
		words[i] = string(p)
	}
	able, who := strings.Join(words, ", "), strings.Join(logins, ", ")
	switch {
	case len(logins) == 0 && !named && everywhere:
		return errs.E(errs.Forbidden, "cli.error.nobody.company", able, words[len(words)-1])
	case len(logins) == 0 && !named:
		return errs.E(errs.Forbidden, "cli.error.nobody", able, words[len(words)-1])
	case login != "" && !named:
		return errs.E(errs.Forbidden, "cli.error.unknown", login, able, who)
	case login != "" && everywhere:
		return errs.E(errs.Forbidden, "cli.error.as.company", login, able)
	case login != "" || len(logins) == 0:
		return errs.E(errs.Forbidden, "cli.error.as", login, able)
	}
	return errs.E(errs.Forbidden, "cli.error.who", len(logins), who)
}

// paperTitle is a line of the directory in words.
func paperTitle(code string) string {
	for _, k := range household.Kinds {
		if line, ok := household.BuiltIn(k).Line(code); ok {
			return line.Title
		}
	}
	return code
}

// TellRoster writes a report for people.
func (a *App) TellRoster(r *RosterReport, lang i18n.Lang) string {
	var b strings.Builder
	line := func(key string, args ...any) { fmt.Fprintln(&b, a.Texts.Text(lang, key, args...)) }
	line("cli.import.file", r.File)
	for _, s := range r.Sheets {
		line("cli.import.sheet", s.Sheet, s.Rows)
		for _, kind := range roster.AsideKinds {
			if n := s.SetAside[string(kind)]; n > 0 {
				line("cli.import.aside", i18n.Key(kind.Key()), n)
			}
		}
		for _, u := range s.Unread {
			line("cli.import.unread", u.Column, u.Cells)
		}
		chosen := map[int]bool{}
		for _, c := range s.Choices {
			line("cli.import.choice", c.Says, rowsText(c.Rows), c.Key)
			for _, way := range slices.Sorted(maps.Keys(c.Ways)) {
				line("cli.import.way", way, c.Ways[way])
			}
			for _, row := range c.Rows {
				chosen[row] = true
			}
		}
		for _, row := range s.Refused {
			if !chosen[row.Row] {
				line("cli.import.refused", row.Row, row.Why)
			}
		}
		for _, row := range s.Proposed {
			line("cli.import.proposed", row.Row, row.Why)
		}
	}
	for _, v := range imports.Verdicts {
		if r.Units[v]+r.Households[v] > 0 {
			line("cli.import.verdict", i18n.Key("import.verdict."+string(v)), r.Units[v], r.Households[v])
		}
	}
	for _, one := range r.Beside {
		said := a.Texts.Text(lang, one.Kind.Key(), one.Count, strings.TrimSpace(one.Head+" "+paperTitle(one.Paper)))
		fmt.Fprintf(&b, "  %s (%s)\n", said, strings.Join(one.First, ", "))
	}
	if len(r.Left) > 0 {
		line("cli.import.left", len(r.Left))
	}
	line("cli.import.added", r.People, r.Phones, r.Identities, r.Vehicles, r.Leases)
	if r.Made != "" {
		line(map[bool]string{true: "cli.import.made", false: "cli.import.make"}[r.Written], r.Made)
	}
	if r.Written {
		line("cli.import.written", r.Import)
	} else {
		line("cli.import.dry")
	}
	return b.String()
}
