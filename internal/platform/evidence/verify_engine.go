package evidence

import (
	"context"
	"slices"
	"strconv"

	"hudang/internal/platform/db"
)

// Schema is what the program's own migrations make, for a comparison with what is there.
type Schema struct {
	Objects  []db.Object
	Versions []int64 // of the migrations that belong to it, in order
	Gap      string  // why there are no objects: the comparison cannot be made
}

// logTables are the tables of the log itself.
var logTables = []string{"evidence_head", "evidence_leaf", "evidence_touched", "evidence_part"}

// engine compares the schema, and has the engine check tables against indexes. A trigger, a view in a table's place or an
// index that leaves rows out would make every reading that follows, and every reading of the program, a lie.
func (v *verifier) engine(ctx context.Context, schema *Schema) error {
	v.absent = map[string]bool{}
	if err := v.schema(ctx, schema); err != nil {
		return err
	}
	flaws, gap, err := db.Integrity(ctx, v.q)
	if err != nil {
		return err
	}
	for _, f := range flaws {
		v.report.Add(FlawFinding(f))
	}
	if gap != "" {
		v.report.Miss(PartIndexes, "", gap)
	} else {
		v.report.Cover(PartIndexes)
	}
	return nil
}

// FlawFinding is what the engine's check found, as a finding.
func FlawFinding(f db.Flaw) Finding {
	what := Damaged
	if f.Hidden {
		what = RowHidden
	}
	return Finding{What: what, Leaf: -1, Table: f.Table, Row: f.Row, Detail: f.Detail}
}

func (v *verifier) schema(ctx context.Context, schema *Schema) error {
	switch {
	case schema == nil:
		return nil
	case schema.Gap != "":
		v.report.Miss(PartSchema, "", schema.Gap)
		return nil
	}
	live, err := db.Schema(ctx, v.q)
	if err != nil {
		return err
	}
	for _, d := range db.Compare(live, schema.Objects) {
		f := Finding{What: SchemaChanged, Leaf: -1, Table: d.Table(), Detail: d.Kind + " " + d.Name}
		switch {
		case d.Want == "":
			f.What = SchemaUnknown
		case d.Have == "":
			f.What = SchemaMissing
		default:
			f.Detail += ": " + d.Have + " ≠ " + d.Want
		}
		v.report.Add(f)
		if d.Kind == "table" && d.Want != "" {
			v.absent[d.Name] = d.Have == "" || v.q.Engine() == db.Postgres // there a changed table is one of another kind
		}
	}
	if !v.absent["goose_db_version"] {
		if err := v.migrations(ctx, schema.Versions); err != nil {
			return err
		}
	}
	v.report.Cover(PartSchema)
	return nil
}

// migrations compares what the database says was done to its schema.
func (v *verifier) migrations(ctx context.Context, want []int64) error {
	have, err := db.Applied(ctx, v.q)
	if err != nil {
		return err
	}
	want = append([]int64{0}, want...) // the library's own first row
	for _, version := range have {
		if i := slices.Index(want, version); i >= 0 {
			want = slices.Delete(want, i, i+1)
			continue
		}
		v.report.Add(Finding{What: RowUnknown, Leaf: -1, Table: "goose_db_version", Detail: strconv.FormatInt(version, 10)})
	}
	for _, version := range want {
		v.report.Add(Finding{What: RowMissing, Leaf: -1, Table: "goose_db_version", Detail: strconv.FormatInt(version, 10)})
	}
	return nil
}
