package archive

import (
	"github.com/uptrace/bun"

	"hudang/internal/platform/blob"
	"hudang/internal/platform/evidence"
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

// The states. A broken file is kept and can be downloaded; a flagged one is shown as pictures only.
const (
	Sound   BlobState = "ok"
	Broken  BlobState = "broken"
	Flagged BlobState = "flagged"
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
func (b *Blob) Shown() bool { return b.Type.Shown() && b.State != Broken }

// stored is the blob as its store knows it.
func (b *Blob) stored() blob.Blob {
	return blob.Blob{Name: b.Stored, Size: b.Size, Sum: b.Sum, Key: b.Wrapped}
}

// Type is a type of file that the archive takes, by its usual extension.
type Type string

// The types. A film is stored and downloaded, never decoded here.
const (
	PDF  Type = "pdf"
	JPEG Type = "jpg"
	PNG  Type = "png"
	TIFF Type = "tiff"
	HEIC Type = "heic"
	MP4  Type = "mp4"
)

// Shown reports a type whose pages can be shown.
func (t Type) Shown() bool { return t != MP4 }

// mediaTypes are the types as the web calls them.
var mediaTypes = map[Type]string{PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png", TIFF: "image/tiff", HEIC: "image/heic", MP4: "video/mp4"}

// MediaType is the type as the web calls it.
func (t Type) MediaType() string { return mediaTypes[t] }

// renders is the type as the renderer knows it.
func (t Type) renders() render.Type { return render.Type(t) }
