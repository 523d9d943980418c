package imports

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/job"
	"hudang/internal/platform/list"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/room"
	"hudang/internal/platform/setting"
)

// Room is what the package offers.
var Room = room.Room{
	Files: files,
	Tables: []evidence.Table{evidence.Of[Import](),
		evidence.Exempt(partTable, "files and answers on their way in, sealed; what they became has leaves"),
		evidence.Exempt(pieceTable, "derivable from the log: which of its leaves are the import's, and how far they are taken back"),
		evidence.Exempt(learnTable, "how a table was read last time: a comfort")},
	Ops: []op.Any{Upload, Prepare, Commit, WriteRows, Finish, Undo, TakeBackRows, Discard,
		TakeProblems, ExportRoster, ExportClear, FetchClear},
	Lists: []list.Any{Imports},
	Kinds: []ref.Kind{{Name: kindImport, Posts: mayImport, Resolve: resolve}},
	Jobs:  []job.Kind{Write, TakeBack},

	Settings: []setting.Number{ClearRows},
}

func resolve(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	imp, err := Find(ctx, q, s, ID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: imp.File, Href: imp.ID.Path(), Estate: imp.Estate}, nil
}
