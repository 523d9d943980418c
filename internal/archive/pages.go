package archive

import (
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/filekind"
	"hudang/internal/platform/render"
	"hudang/internal/platform/vault"
)

// VersionID names a version of an item's pages.
type VersionID int64

// Where a version's pages came from.
const (
	fromUpload  = "upload"
	fromWeChat  = "wechat"  // compressed on its way: the name says so (realities 8)
	fromArrange = "arrange" // pages of earlier versions, turned, split off or joined
)

// Version is a list of an item's pages. A change makes a new one; the old ones stay.
type Version struct {
	bun.BaseModel `bun:"table:archive_version,alias:made"`
	evidence.Row[VersionID]
	Volume VolumeID `bun:"volume"`
	Item   ItemID   `bun:"item"`
	No     int64    `bun:"no"`
	Source string   `bun:"source"`
	MadeBy int64    `bun:"made_by"`
	MadeAt int64    `bun:"made_at"`
}

// Owner is the volume's key.
func (v *Version) Owner() vault.Owner { return v.Volume.Key() }

// PageID names a page of a version.
type PageID int64

// Page is one page of a version: a page of a blob, turned.
type Page struct {
	bun.BaseModel `bun:"table:archive_page,alias:page"`
	evidence.Row[PageID]
	Volume VolumeID  `bun:"volume"`
	LeafOf VersionID `bun:"leaf_of"`
	Seq    int64     `bun:"seq"`
	Blob   BlobID    `bun:"blob"`
	Page   int64     `bun:"page"` // within the blob, from 0
	Turn   int64     `bun:"turn"`
}

// Owner is the volume's key.
func (p *Page) Owner() vault.Owner { return p.Volume.Key() }

// BlobID names a blob's row.
type BlobID int64

// BlobState is what was found in a file.
type BlobState string

// The states. A broken file is kept and can be downloaded; a flagged one carries more than its pages; of a doubtful one
// something is not to be seen (Marks), so it is no good scan; of an unseen one nothing is known yet (Looker).
const (
	Sound    BlobState = "ok"
	Broken   BlobState = "broken"
	Flagged  BlobState = "flagged"
	Doubtful BlobState = "doubtful"
	Unseen   BlobState = "unseen"
)

// Blob is a file as it came in, immutable; its bytes lie encrypted in the blob store.
type Blob struct {
	bun.BaseModel `bun:"table:archive_blob,alias:file"`
	evidence.Row[BlobID]
	Volume   VolumeID  `bun:"volume"`
	Stored   string    `bun:"stored"`
	Size     int64     `bun:"size"`
	Sum      []byte    `bun:"sum"`
	Wrapped  []byte    `bun:"wrapped"`
	Type     Type      `bun:"type"`
	State    BlobState `bun:"state"`
	Flags    string    `bun:"flags,nullzero"`
	Pages    int64     `bun:"pages"`
	FileName []byte    `bun:"file_name"` // sealed
	MadeAt   int64     `bun:"made_at"`
}

// Owner is the volume's key.
func (b *Blob) Owner() vault.Owner { return b.Volume.Key() }

// Shown reports whether its pages can be shown as pictures.
func (b *Blob) Shown() bool { return b.Type.Shown() && b.State != Broken && b.State != Unseen }

// Again reports a file that may be looked at again: nobody came to its end, or what was found may have been another's fault.
func (b *Blob) Again() bool {
	return b.State == Unseen || b.State == Broken && b.Type.Shown() && !slices.Contains(b.flags(), render.FlagLocked)
}

// flags are the marks of a file as they were found.
func (b *Blob) flags() []string { return strings.Fields(b.Flags) }

// stored is the blob as its store knows it.
func (b *Blob) stored() blob.Blob {
	return blob.Blob{Name: b.Stored, Size: b.Size, Sum: b.Sum, Key: b.Wrapped}
}

// Type is what a file is; the archive takes all but programs, scripts and web pages.
type Type = filekind.Kind
