package archive

import (
	"context"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/ref"
)

// The kinds of reference this room resolves.
const (
	KindVolume = "volume"
	KindItem   = "item"
)

// Ref points at the volume.
func (v *Volume) Ref() ref.Ref { return v.ID.Ref() }

// Ref points at the volume with this id.
func (id VolumeID) Ref() ref.Ref { return ref.Ref{Kind: KindVolume, ID: int64(id)} }

// Ref points at the item.
func (i *Item) Ref() ref.Ref { return ref.Ref{Kind: KindItem, ID: int64(i.ID)} }

func resolveVolume(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	v, err := FindVolume(ctx, q, s, VolumeID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: v.Title, Href: v.ID.Path(), Estate: v.Estate, Label: v.label(), Of: v.About()}, nil
}

func resolveItem(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	i, err := FindItem(ctx, q, s, ItemID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: i.Title, Href: i.ID.Path(), Estate: i.Estate, Label: i18n.T(ctx, "archive.label.item"), Of: i.Volume.Ref()}, nil
}

// label is what the volume's label says of it: its class and year. A title stands there only where nothing of the volume is
// confidential: it may tell of a person.
func (v *Volume) label() string {
	words := []string{v.Class}
	if v.Year != 0 {
		words = append(words, strconv.FormatInt(v.Year, 10))
	}
	if v.Secrecy == Ordinary {
		words = append(words, v.Title)
	}
	return strings.Join(words, " ")
}

// Path is the address of a volume's page.
func (id VolumeID) Path() string { return "/volumes/" + ref.Text(id) }

// Path is the address of an item's page.
func (id ItemID) Path() string { return "/items/" + ref.Text(id) }

// PagePath is the address of the picture of an item's page, from 1, at a width in pixels.
func (id ItemID) PagePath(page, width int) string {
	return id.Path() + "/pages/" + strconv.Itoa(page) + ".jpg?w=" + strconv.Itoa(width)
}

// ThumbPath is the address of a small picture of an item's page, from 1, or of what stands in its place.
func (id ItemID) ThumbPath(page int) string {
	return id.Path() + "/thumbs/" + strconv.Itoa(page) + ".jpg"
}
