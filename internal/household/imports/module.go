package imports

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/db"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/job"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
)

// Module is what the package offers.
var Module = module.Module{
	Files: files,
	Tables: []evidence.Table{evidence.Of[Import](),
		evidence.Bound(partTable, "files and answers on their way in, sealed; what they became has leaves", "import", "kind", "seq"),
		evidence.Of[fateRow](), evidence.Of[Left](),
		evidence.Exempt(lineTable, "what became of a row never changes; household_import_fate holds a keyed hash over a thousand of them, which verify recomputes"),
		evidence.Bound(pieceTable, "derivable from the log: which of its leaves are the import's, and how far they are taken back", "import", "seq"),
		evidence.Bound(learnTable, "how a table was read last time: a comfort", "estate", "headers")},
	Ops: []op.Any{Upload, Prepare, Commit, WriteRows, FilePictures, KeepLines, Finish, Undo, TakeBackRows, Discard,
		TakeProblems, ExportRoster, ExportClear, FetchClear, SettleLeft, FilePicture, ReopenLeft, GiveLeft},
	Lists:   []list.Any{Imports, Lines, Lefts},
	Kinds:   []ref.Kind{{Name: kindImport, Posts: mayImport, Resolve: resolve}, {Name: kindLeft, Posts: mayImport, Resolve: resolveLeft}},
	Jobs:    []job.Kind{Write, TakeBack},
	Reveals: []*masked.Field{LeftValue, LineText},
	Duties:  []duty.Source{{Posts: mayImport, Kept: "rosterMissing", Load: rosterMissing}, {Posts: mayImport, Load: leftDuties}},

	Controls: []control.Control{workedOff},

	Settings: []setting.Number{ClearRows, LeftDays},
}

func resolveLeft(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	l, err := FindLeft(ctx, q, s, LeftID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: l.Place(), Href: l.ID.Path(), Estate: l.Estate}, nil
}

func resolve(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	imp, err := Find(ctx, q, s, ID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: imp.File, Href: imp.ID.Path(), Estate: imp.Estate}, nil
}
