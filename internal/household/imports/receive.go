package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sheet"
)

// Receive looks at a file, refuses one that cannot be read with what to do about it, and takes it in; tables that were
// read in this estate before are read as they were then.
func Receive(ctx context.Context, d *op.Door, in UploadIn, opts ...op.Option) (ID, error) {
	if len(in.Data) > 0 && len(in.Data) <= MaxFile {
		if err := in.look(ctx, d); err != nil {
			return 0, err
		}
	}
	res, err := op.Run(ctx, d, Upload, in, opts...)
	return res.Out, err
}

// Preview is a file as it would be read, of which nothing is kept; into an estate that is not made yet where in names none.
func Preview(ctx context.Context, d *op.Door, in UploadIn) (*File, error) {
	var wrong errs.Fields
	if in.check(&wrong); wrong.Err() != nil {
		return nil, wrong.Err()
	}
	if err := in.look(ctx, d); err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, d.DB.Read(), in.Estate)
	if err != nil {
		return nil, err
	}
	known, err := json.Marshal(places)
	if err != nil {
		return nil, err
	}
	imp := &Import{File: in.File, Bytes: int64(len(in.Data)), Hash: d.Vault.MAC(hashPurpose, in.Data), State: Open, Moves: MovesLeave, Uploads: d.Clock.Now().UnixMicro()}
	imp.Estate = in.Estate
	said := map[string][]byte{partMapping: in.Mapping, partAnswers: in.Answers, partPlaces: known}
	f, err := understand(in.Data, imp, said)
	if err == nil {
		f.said = sumOf(said)
	}
	return f, err
}

// look refuses a file that cannot be read, and finds what is known about its tables.
func (in *UploadIn) look(ctx context.Context, d *op.Door) error {
	book, err := sheet.Open(bytes.NewReader(in.Data), int64(len(in.Data)), in.File, sheet.Limits{})
	if err != nil {
		return err
	}
	tables, err := roster.Look(book)
	if err != nil {
		return err
	}
	return in.prepare(ctx, d, book, tables)
}

// KnownFields refuses mappings that name a field there is not.
func KnownFields(mappings []roster.Mapping) error {
	for _, m := range mappings {
		for header, f := range m.Fields {
			if !slices.Contains(roster.Fields, f) {
				return errs.E(errs.Invalid, "import.error.mapping.field", header, string(f))
			}
		}
	}
	return nil
}

// prepare gives a file the mappings known for its tables, and to the program's own export the answer that it is right.
func (in *UploadIn) prepare(ctx context.Context, d *op.Door, book *sheet.Book, tables []roster.Table) error {
	if in.Mapping == nil && in.Answers == nil {
		if carried, err := in.carry(ctx, d); carried || err != nil {
			return err
		}
	}
	known, err := Remembered(ctx, d.DB.Read(), in.Estate, tables)
	if err != nil || len(known) == 0 || in.Mapping != nil {
		return err
	}
	if in.Mapping, err = json.Marshal(known); err != nil {
		return err
	}
	answers, err := ownAnswers(book, tables)
	if err != nil || len(answers) == 0 {
		return err
	}
	in.Answers, err = json.Marshal(answers)
	return err
}

// carry takes over what was said about the same file when it was brought in last, if that was taken back since: what people
// corrected there is not typed again.
func (in *UploadIn) carry(ctx context.Context, d *op.Door) (bool, error) {
	last, err := latest(ctx, d.DB.Read(), in.Estate, d.Vault.MAC(hashPurpose, in.Data))
	if err != nil || last == nil || last.State != Undone {
		return false, err
	}
	said, err := saidOf(ctx, d.DB.Read(), d, last.ID, partMapping, partAnswers)
	in.Mapping, in.Answers = said[partMapping], said[partAnswers]
	return len(in.Mapping)+len(in.Answers) > 0, err
}

// Remembered are the mappings that are known for tables: those of the program's own export, and how an estate's tables with
// the same headers were read last time.
func Remembered(ctx context.Context, q db.Querier, e access.EstateID, tables []roster.Table) ([]roster.Mapping, error) {
	var known []roster.Mapping
	for _, t := range tables {
		names := t.Names()
		if slices.ContainsFunc(known, func(m roster.Mapping) bool { return m.Fits(names) }) {
			continue
		}
		if m, own := ownMapping(names); own {
			known = append(known, m)
			continue
		}
		text, err := learned(ctx, q, e, headersKey(names))
		if err != nil {
			return nil, err
		}
		var m roster.Mapping
		if text == "" || json.Unmarshal([]byte(text), &m) != nil || !m.Fits(names) {
			continue // never read, or kept by a version that knew other fields
		}
		known = append(known, m)
	}
	return known, nil
}

// Lesson is what an estate remembers of a mapping: not what is true of one file only, its year and its building.
func Lesson(m roster.Mapping) (headers, mapping string, err error) {
	m.Options.Year, m.Options.Building = 0, ""
	raw, err := json.Marshal(m)
	return headersKey(m.Headers), string(raw), err
}

// headersKey is under what a mapping is remembered: the headers in any order.
func headersKey(names []string) string {
	return strings.Join(slices.Sorted(slices.Values(names)), "\n")
}
