package archive

import (
	"context"
	"strconv"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
)

// The kinds of reference this room resolves.
const (
	KindVolume = "volume"
	KindItem   = "item"
)

// Ref points at the volume.
func (v *Volume) Ref() ref.Ref { return ref.Ref{Kind: KindVolume, ID: int64(v.ID)} }

// Ref points at the item.
func (i *Item) Ref() ref.Ref { return ref.Ref{Kind: KindItem, ID: int64(i.ID)} }

func resolveVolume(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	v, err := FindVolume(ctx, q, s, VolumeID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: v.Title, Href: v.ID.Path(), Estate: v.Estate}, nil
}

func resolveItem(ctx context.Context, q db.Querier, s access.Scope, id int64) (ref.Thing, error) {
	i, err := FindItem(ctx, q, s, ItemID(id))
	if err != nil {
		return ref.Thing{}, err
	}
	return ref.Thing{Title: i.Title, Href: i.ID.Path(), Estate: i.Estate}, nil
}

// Path is the address of a volume's page.
func (id VolumeID) Path() string { return "/volumes/" + id.String() }

// Path is the address of an item's page.
func (id ItemID) Path() string { return "/items/" + id.String() }

// PagePath is the address of the picture of an item's page, from 1, at a width in pixels.
func (id ItemID) PagePath(page, width int) string {
	return id.Path() + "/pages/" + strconv.Itoa(page) + ".jpg?w=" + strconv.Itoa(width)
}

// String is the id as it stands in addresses and JSON.
func (id VolumeID) String() string { return strconv.FormatInt(int64(id), 10) }

// String is the id as it stands in addresses and JSON.
func (id ItemID) String() string { return strconv.FormatInt(int64(id), 10) }

// String is the id as it stands in addresses and JSON.
func (id BlobID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseID reads an id as it stands in an address; 0 for anything else, which nothing has.
func ParseID[ID ~int64](s string) ID {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return ID(id)
}
