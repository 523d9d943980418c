package archive

import (
	"context"
	"slices"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// OpenVolumeIn opens a volume, about a subject or about what its title says.
type OpenVolumeIn struct {
	Estate  access.EstateID
	Subject ref.Ref
	VolumeFacts
}

// OpenVolume opens a volume by hand; the rooms open theirs with EnsureVolume. Where a subject has an open volume of the
// class already, it is that one.
var OpenVolume = op.Define("archive.open_volume", op.Spec[OpenVolumeIn, VolumeID]{
	Clauses: []string{"D4", "E3"},
	Posts:   mayChange,
	Check: func(in *OpenVolumeIn, _ cn.Date, f *errs.Fields) {
		in.Title, in.Class = cleanLine(in.Title), strings.ToUpper(strings.TrimSpace(in.Class))
		in.complete()
		f.Check(in.Estate != access.Company, "estate", "error.required")
		f.Check(in.Title != "", "title", "error.required")
		f.Within("title", in.Title, 200)
		f.Check(classCode(in.Class), "class", "archive.error.class")
		f.Check(in.Year == 0 || in.Year >= 1949 && in.Year <= 2200, "year", "archive.error.year")
		f.Check(slices.Contains(Secrecies, in.Secrecy), "secrecy", "error.required")
	},
	Subject: estate.Subject(func(in OpenVolumeIn) access.EstateID { return in.Estate }),
	Do: func(ctx context.Context, tx op.Tx, in OpenVolumeIn) (VolumeID, error) {
		return EnsureVolume(ctx, tx, in.Estate, in.Subject, in.VolumeFacts)
	},
})

// classCode reports a class of the scheme: letters and digits (domain.md §4, Number pattern).
func classCode(s string) bool {
	return s != "" && len(s) <= 8 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// AddItemsIn adds items to a volume.
type AddItemsIn struct {
	Volume VolumeID
	Items  []NewItem
}

const maxItems = 100 // files of one request

// AddItems adds items to a volume: papers ticked as there, or files that were received.
var AddItems = op.Define("archive.add_items", op.Spec[AddItemsIn, []ItemID]{
	Clauses: []string{"C2", "C3", "D4", "E2"},
	Posts:   mayChange,
	Check: func(in *AddItemsIn, _ cn.Date, f *errs.Fields) {
		f.Check(len(in.Items) > 0, "files", "error.required")
		f.Check(len(in.Items) <= maxItems, "files", "archive.error.many", maxItems)
		for i := range in.Items {
			in.Items[i].check("", f)
			if f.Err() != nil {
				return // the form has one set of facts for all
			}
		}
	},
	Subject: record.Subject(func(in AddItemsIn) VolumeID { return in.Volume }, lockVolume),
	Do: func(ctx context.Context, tx op.Tx, in AddItemsIn) ([]ItemID, error) {
		return Add(ctx, tx, in.Volume, in.Items)
	},
})
