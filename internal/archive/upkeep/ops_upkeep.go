package upkeep

import (
	"context"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/job"
	"hudang/internal/platform/op"
)

// BeginIn says how much is looked at.
type BeginIn struct {
	All bool // everything, after something was put back; else what is due
}

// Begin starts a look at the files.
var Begin = op.Define("archive.begin_upkeep", op.Spec[BeginIn, job.ID]{
	NoClause: "starts the program's own work; what it finds has its own leaves (E9)",
	Posts:    mayBegin,
	Subject:  company[BeginIn],
	Do: func(ctx context.Context, tx op.Tx, in BeginIn) (job.ID, error) {
		last, err := job.Newest(ctx, tx, kind)
		if err != nil {
			return 0, err
		}
		if last.ID != 0 && last.Open() {
			return 0, errs.E(errs.Blocked, "upkeep.error.running")
		}
		total := int64(shelves)
		if !in.All {
			checked, err := checkedOn(ctx, tx)
			if err != nil {
				return 0, err
			}
			total = due(checked, tx.Now())
		}
		return job.Enqueue(ctx, tx, kind, job.Start{Estate: access.Company, Args: args{Before: tx.Now().UnixMicro()}, Total: total, Step: kind.Title})
	},
})

// RecordShelvesIn is what one chunk looked at.
type RecordShelvesIn struct {
	Shelves []int64
	Files   int
	Bytes   int64
	Removed []string // names that nothing referred to
	Thumbs  []string // of thumbnails that are damaged or lost
}

// RecordShelves notes what was looked at, and what is cleared away.
var RecordShelves = op.Define("archive.record_shelves", op.Spec[RecordShelvesIn, int]{
	NoClause: "how far the program's own work is; E9 rests on it",
	Posts:    mayBegin,
	Subject:  company[RecordShelvesIn],
	Do: func(ctx context.Context, tx op.Tx, in RecordShelvesIn) (int, error) {
		for _, shelf := range in.Shelves {
			if err := putShelf(ctx, tx, shelf); err != nil {
				return 0, err
			}
		}
		for _, name := range in.Thumbs {
			if err := archive.ForgetThumbs(ctx, tx, name); err != nil {
				return 0, err
			}
		}
		return in.Files, nil
	},
})

// ReportDamageIn is a file that cannot be read.
type ReportDamageIn struct {
	File archive.BlobID
	Kind Kind
}

// ReportDamage makes it an incident.
var ReportDamage = op.Define("archive.report_damage", op.Spec[ReportDamageIn, DamageID]{
	Clauses: []string{"E9"},
	Posts:   mayBegin,
	Subject: func(ctx context.Context, tx op.Tx, in ReportDamageIn) (op.Subject, error) {
		b, err := lockFile(ctx, tx, in.File)
		return op.Subject{Kind: "file", ID: int64(in.File), Estate: b.Estate}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in ReportDamageIn) (DamageID, error) {
		b, err := lockFile(ctx, tx, in.File)
		if err != nil {
			return 0, err
		}
		if known, err := openDamage(ctx, tx, b.Stored); err != nil || known {
			return 0, err
		}
		d := &Damage{File: b.ID, Stored: b.Stored, Kind: in.Kind, Found: tx.Now().UnixMicro()}
		d.ID, d.Estate = DamageID(tx.NewID()), b.Estate
		return d.ID, tx.Insert(ctx, d)
	},
})

// MendDamageIn names an incident whose file reads well again.
type MendDamageIn struct{ ID DamageID }

// MendDamage ends it.
var MendDamage = op.Define("archive.mend_damage", op.Spec[MendDamageIn, DamageID]{
	Clauses: []string{"E9"},
	Posts:   mayBegin,
	Subject: func(ctx context.Context, tx op.Tx, in MendDamageIn) (op.Subject, error) {
		d, err := lockDamage(ctx, tx, in.ID)
		return op.Subject{Kind: "damage", ID: int64(in.ID), Estate: d.Estate}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in MendDamageIn) (DamageID, error) {
		d, err := lockDamage(ctx, tx, in.ID)
		if err != nil || d.Mended != 0 {
			return in.ID, err
		}
		d.Mended = tx.Now().UnixMicro()
		return in.ID, tx.Update(ctx, d)
	},
})

func company[In any](context.Context, op.Tx, In) (op.Subject, error) {
	return op.Subject{Kind: "company", Estate: access.Company}, nil
}

func lockFile(ctx context.Context, tx op.Tx, id archive.BlobID) (*archive.Blob, error) {
	b := &archive.Blob{}
	b.ID = id
	return b, tx.Lock(ctx, b)
}

func lockDamage(ctx context.Context, tx op.Tx, id DamageID) (*Damage, error) {
	d := &Damage{}
	d.ID = id
	return d, tx.Lock(ctx, d)
}
