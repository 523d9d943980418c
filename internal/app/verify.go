package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
)

// VerifyOptions say what to verify against what.
type VerifyOptions struct {
	Data     string
	Database string   // PostgreSQL URL; empty: the file in the data folder
	Key      string   // the log's public key as the verifier keeps it; empty: the one in the data folder
	Anchors  []string // files or texts
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
		return nil, errors.New("the key is not one of a hudang log")
	}
	anchors := make([]evidence.Anchor, len(o.Anchors))
	for i, text := range o.Anchors {
		if raw, err := os.ReadFile(text); err == nil {
			text = string(raw)
		}
		var err error
		if anchors[i], err = evidence.ParseAnchor(text, o.Key); err != nil {
			return nil, err
		}
	}
	notes, err := evidence.HighWater{Dir: filepath.Join(o.Data, highWaterDir)}.Notes()
	if err != nil {
		return nil, err
	}
	h, err := join()
	if err != nil {
		return nil, err
	}
	q, done, err := db.Attach(db.Config{File: filepath.Join(o.Data, databaseFile), URL: o.Database})
	if err != nil {
		return nil, err
	}
	report, err := evidence.Verify(ctx, q, h.tables, evidence.Identity{Installation: name, VerifierKey: o.Key}, notes, anchors)
	return report, errors.Join(err, done())
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
		line("verify.finding", i18n.Key("verify."+f.What), f.Log, f.Leaf, f.Table, f.Row, f.Detail)
	}
	if report.More > 0 {
		line("verify.more", report.More)
	}
	if report.Clean() {
		line("verify.clean")
	} else {
		line("verify.found", fmt.Sprint(len(report.Findings)+report.More))
	}
	return b.String(), nil
}
