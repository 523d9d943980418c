package archive

import (
	"context"

	"github.com/uptrace/bun"

	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/vault"
)

// VolumeID names a volume.
type VolumeID int64

// Key is whose key everything in the volume lies under; it is erased with the volume.
func (id VolumeID) Key() vault.Owner { return vault.Owner{Class: vault.Volume, ID: int64(id)} }

// Secrecy is how far a volume is closed to others (密级).
type Secrecy string

// The levels in use. Files of households are confidential (E15).
const (
	Ordinary     Secrecy = "ordinary"
	Confidential Secrecy = "confidential"
)

// Secrecies lists the levels in the order they are offered.
var Secrecies = []Secrecy{Confidential, Ordinary}

// VolumeState is whether papers still come in.
type VolumeState string

// The states.
const (
	Open   VolumeState = "open"
	Closed VolumeState = "closed"
)

// Classes of the example scheme (domain.md §4).
const (
	ClassHousehold = "YH" // the households' files
	ClassRunning   = "GL" // what comes of the daily running
)

// Volume is a volume (案卷): what is kept together about one subject.
type Volume struct {
	bun.BaseModel `bun:"table:archive_volume,alias:volume"`
	evidence.Row[VolumeID]
	Class       string      `bun:"class"`
	SubjectKind string      `bun:"subject_kind,nullzero"`
	Subject     int64       `bun:"subject,nullzero"`
	Title       string      `bun:"title"`
	Year        int64       `bun:"year,nullzero"`
	Secrecy     Secrecy     `bun:"secrecy"`
	State       VolumeState `bun:"state"`
	Opened      string      `bun:"opened"` // local date
	Closed      string      `bun:"closed,nullzero"`
}

// Owner is the volume's key.
func (v *Volume) Owner() vault.Owner { return v.ID.Key() }

// About is what the volume is about; the zero Ref where its title says it.
func (v *Volume) About() ref.Ref { return ref.Ref{Kind: v.SubjectKind, ID: v.Subject} }

// classWords are the classes of the example scheme whose words the program knows.
var classWords = map[string]string{ClassHousehold: "archive.class.household", ClassRunning: "archive.class.running"}

// ClassShown is a class in the company's word, or its code where the program knows none.
func ClassShown(ctx context.Context, class string) string {
	if key, known := classWords[class]; known {
		return i18n.T(ctx, key)
	}
	return class
}
