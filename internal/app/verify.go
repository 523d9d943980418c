package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/archive/upkeep"
	"hudang/internal/household/imports"
	"hudang/internal/platform/blob"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// VerifyOptions say what to verify against what.
type VerifyOptions struct {
	Data     string
	Database string   // PostgreSQL URL; empty: the file in the data folder
	Key      string   // the log's public key as the verifier keeps it; empty: the one in the data folder
	Anchors  []string // files or texts
	Papers   bool     // read every scan too
}

// Verify looks for changes made behind the program's back. It reads only, beside a running program or without one,
// and needs no key of content.
func Verify(ctx context.Context, o VerifyOptions) (*evidence.Report, error) {
	if o.Key == "" {
		raw, err := os.ReadFile(filepath.Join(o.Data, identityFile))
		if err != nil {
			return nil, err
		}
		o.Key = strings.TrimSpace(string(raw))
	}
	name, _, ok := strings.Cut(strings.TrimPrefix(o.Key, "hudang/"), "+")
	if !ok {
		return nil, errs.E(errs.Invalid, "cli.error.vkey")
	}
	var anchors []evidence.Anchor
	for _, text := range o.Anchors {
		if raw, err := os.ReadFile(text); err == nil {
			text = string(raw)
		}
		all, err := evidence.ParseAnchors(text, o.Key)
		if err != nil {
			return nil, err
		}
		anchors = append(anchors, all...)
	}
	notes, err := evidence.HighWater{Dir: filepath.Join(o.Data, highWaterDir)}.Notes()
	if err != nil {
		return nil, err
	}
	h, err := join()
	if err != nil {
		return nil, err
	}
	cfg := db.Config{File: filepath.Join(o.Data, databaseFile), URL: o.Database}
	q, done, err := db.Attach(cfg)
	if err != nil {
		return nil, err
	}
	against := evidence.Against{Notes: notes, Marked: true, Anchors: anchors}
	keys, err := vault.Look(ctx, o.Data)
	if err == nil {
		defer keys.Close()
		against.MAC = func(row []byte) []byte { return keys.MAC(op.BoundPurpose, row) }
		against.Checked = []string{imports.LineTable}
	} else { // somebody outside, or a copy without its keys
		against.NoMAC = err.Error()
	}
	if against.Schema, err = h.wanted(ctx, q, cfg); err != nil {
		return nil, errors.Join(err, done())
	}
	report, err := evidence.Verify(ctx, q, h.tables, evidence.Identity{Installation: name, VerifierKey: o.Key}, against)
	if err == nil && keys != nil {
		checkLines(ctx, q, keys, report)
	}
	if err == nil {
		err = papersOf(ctx, q, o, keys, against.NoMAC, report)
	}
	return report, errors.Join(err, done())
}

// checkLines holds what became of imports' rows against the hashes over them.
func checkLines(ctx context.Context, q db.Querier, keys *vault.Store, report *evidence.Report) {
	err := imports.CheckLines(ctx, q, keys, func(where string) {
		report.Add(evidence.Finding{What: evidence.BoundChanged, Leaf: -1, Table: imports.LineTable, Detail: where})
	})
	if err != nil { // a database of an earlier version, or one whose tables are not there, which is a finding already
		report.Miss(evidence.OpenTable, imports.LineTable, err.Error())
	}
}

// papersOf reads every scan; without being asked to, it says when the program itself last had read them all.
func papersOf(ctx context.Context, q db.Querier, o VerifyOptions, keys *vault.Store, noKeys string, report *evidence.Report) error {
	if !o.Papers {
		last, whole, err := upkeep.LastRound(ctx, q)
		day := ""
		if whole {
			day = clock.Date(last)
		}
		if err != nil { // the tables themselves are not there, which is a finding already
			day = err.Error()
		}
		report.Miss(evidence.PartPapers, "", day)
		return nil
	}
	files := blob.New(blob.LookInto(filepath.Join(o.Data, blobsDir)), keys)
	var err error
	report.Papers, err = archive.CheckFiles(ctx, q, files, keys != nil, func(u archive.Unread) {
		f := evidence.Finding{What: evidence.PaperChanged, Leaf: -1, Table: "archive_blob", Row: int64(u.File), Detail: u.Stored}
		if u.Missing {
			f.What = evidence.PaperMissing
		}
		report.Add(f)
	})
	report.Cover(evidence.PartPapers)
	if keys == nil {
		report.Miss(evidence.PartInside, "", noKeys)
	} else {
		report.Cover(evidence.PartInside)
	}
	return err
}

// wanted is the schema that a database of its age has to have: an older one, not yet opened by this program, is held against
// the migrations of its own time.
func (h *house) wanted(ctx context.Context, q db.Querier, cfg db.Config) (*evidence.Schema, error) {
	upto := int64(math.MaxInt64)
	applied, err := db.Applied(ctx, q)
	if err == nil { // else the table is not there, and is named with whatever else is missing
		known := h.migrations[0].Version
		for _, m := range h.migrations {
			if slices.Contains(applied, m.Version) {
				known = m.Version
			}
		}
		upto = known
	}
	schema := &evidence.Schema{}
	for _, m := range h.migrations {
		if m.Version <= upto {
			schema.Versions = append(schema.Versions, m.Version)
		}
	}
	schema.Objects, err = db.Wanted(ctx, cfg, h.migrations, upto)
	if err != nil && cfg.URL == "" {
		return nil, err
	} else if err != nil { // a standby, or a role that may not make temporary tables
		schema.Gap = err.Error()
	}
	return schema, nil
}

// Tell writes a report for people.
func Tell(report *evidence.Report, lang i18n.Lang) (string, error) {
	h, err := join()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(key string, args ...any) { b.WriteString(h.texts.Text(lang, key, args...) + "\n") }
	line("verify.head", report.Installation, report.Leaves, report.Versions, report.Rows, report.Anchors)
	for _, c := range report.Logs {
		b.WriteString("  " + c.Short() + "\n")
	}
	for _, f := range report.Findings {
		line("verify.finding", i18n.Key("verify."+f.What), place(h.texts, lang, f))
	}
	if report.More > 0 {
		line("verify.more", report.More)
	}
	tellCoverage(h.texts, lang, report, line)
	if report.Clean() {
		line("verify.clean")
	} else {
		line("verify.found", fmt.Sprint(len(report.Findings)+report.More))
	}
	line("verify.key", report.Key)
	return b.String(), nil
}

// place says where a finding is: the log's leaf, the table's row, and what else is known of it.
func place(texts *i18n.Bundle, lang i18n.Lang, f evidence.Finding) string {
	var parts []string
	if f.Leaf >= 0 {
		parts = append(parts, texts.Text(lang, "verify.at", f.Log, f.Leaf))
	}
	if f.Table != "" {
		parts = append(parts, f.Table)
	}
	if f.Row != 0 {
		parts = append(parts, strconv.FormatInt(f.Row, 10))
	}
	if f.Detail != "" || len(parts) == 0 {
		parts = append(parts, cmp.Or(f.Detail, fmt.Sprint(f.Log)))
	}
	return strings.Join(parts, " ")
}

// tellCoverage says what was looked at and what was not, tables that carry no evidence last.
func tellCoverage(texts *i18n.Bundle, lang i18n.Lang, report *evidence.Report, line func(key string, args ...any)) {
	for _, what := range report.Covered {
		line("verify.covered", i18n.Key("verify.part."+what))
	}
	tables := map[string][]string{}
	for _, gap := range report.NotCovered {
		switch gap.What {
		case evidence.OpenTable, evidence.OpenTaken, evidence.PartBound:
			tables[gap.What] = append(tables[gap.What], gap.Table)
		case evidence.PartPapers:
			key := "verify.papers.last"
			if gap.Detail == "" {
				key = "verify.papers.never"
			}
			line(key, gap.Detail)
		default:
			line("verify.not_covered", i18n.Key("verify.part."+gap.What), gap.Table, gap.Detail)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(tables)) {
		line("verify.open."+what, strings.Join(tables[what], " "))
	}
}
