package imports

import (
	"context"
	"encoding/json"
	"maps"
	"strings"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household/roster"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// mayImport are the posts that bring a roster in; undoing one is the custodian's and the manager's.
var (
	mayImport = []access.Post{access.Assistant, access.Custodian, access.Manager}
	mayUndo   = []access.Post{access.Custodian, access.Manager}
)

// MayImport are the posts that bring a roster in.
func MayImport() []access.Post { return mayImport }

// MayUndo are the posts that take an import back.
func MayUndo() []access.Post { return mayUndo }

// MayExport are the posts that take a roster out, masked or in clear.
func MayExport(clear bool) []access.Post {
	if clear {
		return mayClear
	}
	return mayImport
}

// MaxFile is the size of a roster at most, in bytes: what package sheet reads. The largest seen had 0.4 MB for 3,357 units.
const MaxFile = 50 << 20

// UploadIn is a roster as it is.
type UploadIn struct {
	Estate access.EstateID
	File   string
	Data   []byte `json:"-"`

	Mapping []byte `json:"-"` // how its tables are read, as far as they are known already
	Answers []byte `json:"-"` // to what would be asked about it, as far as that is settled already
}

// check brings a file's name into form, and notes a file that is none.
func (in *UploadIn) check(f *errs.Fields) {
	in.File = strings.TrimSpace(archive.CleanName(in.File))
	f.Check(len(in.Data) > 0, "files", "import.error.blank")
	f.Check(len(in.Data) <= MaxFile, "files", "import.error.large", MaxFile>>20)
}

// Upload takes a roster in and keeps it sealed until the import is discarded.
var Upload = op.Define("household.upload_roster", op.Spec[UploadIn, ID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Silent:  true,
	Check: func(in *UploadIn, _ cn.Date, f *errs.Fields) {
		f.Check(in.Estate != access.Company, "estate", "error.required")
		in.check(f)
	},
	Subject: estate.Subject(func(in UploadIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in UploadIn) (ID, error) {
		imp := &Import{File: in.File, Bytes: int64(len(in.Data)), Hash: tx.MAC(hashPurpose, in.Data), State: Open, Moves: MovesLeave,
			Uploads: tx.Now().UnixMicro(), By: tx.Actor().Account}
		imp.ID, imp.Estate = ID(tx.NewID()), in.Estate
		if err := tx.Insert(ctx, imp); err != nil {
			return 0, err
		}
		places, err := placesOf(ctx, tx, in.Estate)
		if err != nil {
			return 0, err
		}
		known, err := json.Marshal(places)
		if err != nil {
			return 0, err
		}
		for kind, data := range map[string][]byte{partFile: in.Data, partMapping: in.Mapping, partAnswers: in.Answers, partPlaces: known} {
			if err := seal(ctx, tx, imp.ID, kind, data); err != nil {
				return 0, err
			}
		}
		return imp.ID, nil
	},
})

// PrepareIn is what a person decided about an import that is still open. What is nil stays as it was.
type PrepareIn struct {
	ID        ID
	Mapping   []byte         `json:"-"` // how its tables are read
	Answers   roster.Answers `json:"-"` // what was answered anew to its problems; others' answers stay
	Withdrawn []roster.Cell  `json:"-"` // answers that were taken back
	Moves     Moves
	Learn     map[string]string `json:"-"` // headers → mapping, remembered for the estate's next file
}

// answer brings new answers to those that others may have given since they were asked for.
func answer(ctx context.Context, tx op.Tx, in PrepareIn) error {
	if len(in.Answers)+len(in.Withdrawn) == 0 {
		return nil
	}
	raw, err := open(ctx, tx, tx, in.ID, partAnswers)
	if err != nil {
		return err
	}
	all := roster.Answers{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &all); err != nil {
			return err
		}
	}
	for _, at := range in.Withdrawn {
		delete(all, at)
	}
	maps.Copy(all, in.Answers)
	if raw, err = json.Marshal(all); err != nil {
		return err
	}
	return seal(ctx, tx, in.ID, partAnswers, raw)
}

// Prepare keeps how a roster is to be read.
var Prepare = op.Define("household.prepare_import", op.Spec[PrepareIn, ID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Silent:  true,
	Subject: record.Subject(func(in PrepareIn) ID { return in.ID }, lock),
	Do: func(ctx context.Context, tx op.Tx, in PrepareIn) (ID, error) {
		imp, _, err := lock(ctx, tx, in.ID)
		if err == nil {
			err = imp.must(Open)
		}
		if err != nil {
			return 0, err
		}
		if in.Mapping != nil {
			imp.Mapped = tx.Actor().Account
		}
		if in.Mapping != nil {
			if err := seal(ctx, tx, in.ID, partMapping, in.Mapping); err != nil {
				return 0, err
			}
		}
		if err := answer(ctx, tx, in); err != nil {
			return 0, err
		}
		for headers, mapping := range in.Learn {
			if err := learn(ctx, tx, imp.Estate, headers, mapping); err != nil {
				return 0, err
			}
		}
		if in.Moves == MovesLeave || in.Moves == MovesTransfer {
			imp.Moves = in.Moves
		}
		return imp.ID, tx.Update(ctx, imp)
	},
})

// Commit starts the writing of an import, or goes on with one whose job was stopped.
var Commit = op.Define("household.commit_import", op.Spec[ID, job.ID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayImport,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (job.ID, error) {
		return start(ctx, tx, id, Running, Write, Open)
	},
})

const touchedKey = "import.error.touched"

// BuiltOn reports that an import is not undone because of what was changed since: Built names it.
func BuiltOn(err error) bool { return err != nil && errs.As(err).Key == touchedKey }

// Undo starts the taking back of an import that nobody has built on yet.
var Undo = op.Define("household.undo_import", op.Spec[ID, job.ID]{
	Clauses: []string{"A1", "D7"},
	Posts:   mayUndo,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (job.ID, error) {
		touched, err := touchedSince(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		if len(touched) > 0 {
			return 0, errs.Rule("D7", touchedKey, len(touched))
		}
		return start(ctx, tx, id, Undoing, TakeBack, Done, Running)
	},
})

// start begins a job that leads an import from one of some states to another; one whose job was stopped may begin it anew.
func start(ctx context.Context, tx op.Tx, id ID, to State, k job.Kind, from ...State) (job.ID, error) {
	imp, _, err := lock(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	stopped, err := Stopped(ctx, tx, imp)
	if err != nil {
		return 0, err
	}
	fits := imp.State == to && stopped
	for _, s := range from {
		fits = fits || imp.State == s && (s != Running || stopped)
	}
	if !fits {
		return 0, imp.must(from[0])
	}
	run, err := job.Enqueue(ctx, tx, k, job.Start{Estate: imp.Estate, Of: id.Ref(), Args: jobArgs{Import: id}, Step: k.Title})
	if err != nil {
		return 0, err
	}
	imp.State, imp.Job = to, int64(run)
	return run, tx.Update(ctx, imp)
}

// Discard gives an import up before it is written, or forgets the file of one that is over.
var Discard = op.Define("household.discard_import", op.Spec[ID, ID]{
	Clauses: []string{"D7"},
	Posts:   mayImport,
	Subject: record.Self(lock),
	Do: func(ctx context.Context, tx op.Tx, id ID) (ID, error) {
		imp, _, err := lock(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		if imp.State == Running || imp.State == Undoing {
			return 0, errs.E(errs.Blocked, "import.error.running")
		}
		if err := forget(ctx, tx, id); err != nil {
			return 0, err
		}
		plans.drop(id) // what was read of it lies in memory; dropping it twice is no harm
		if imp.State == Open {
			imp.State = Discarded
		}
		return id, tx.Update(ctx, imp)
	},
})

// TakeProblems leaves the leaf of the rows with problems that leave the screen as a file.
var TakeProblems = op.Define("household.export_problems", op.Spec[ID, ID]{
	Clauses: []string{"D5", "D7"},
	Posts:   mayImport,
	Subject: record.Self(lock),
	Do:      func(_ context.Context, _ op.Tx, id ID) (ID, error) { return id, nil },
})

var lock = record.By[Import, ID](kindImport)

// must refuses what fits another state.
func (i *Import) must(s State) error {
	if i.State == s {
		return nil
	}
	return errs.E(errs.Blocked, "import.error.state."+string(i.State))
}
