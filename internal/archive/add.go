package archive

import (
	"cmp"
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/label"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
)

// VolumeFacts are what is said of a volume when it is opened.
type VolumeFacts struct {
	Title   string  `form:"title"`
	Class   string  `form:"class"` // empty: ClassHousehold
	Year    int64   `form:"year"`
	Secrecy Secrecy `form:"secrecy"` // empty: Confidential
}

// EnsureVolume is the open volume about a subject, of a class; it opens one where there is none. The caller holds the
// subject locked, so that two at once open one. A volume has its code from here on, until classes give numbers (design §4); one
// of the days before codes gets it with the next paper or label. No migration gives them: rows come with a leaf.
func EnsureVolume(ctx context.Context, tx op.Tx, e access.EstateID, subject ref.Ref, facts VolumeFacts) (VolumeID, error) {
	facts.complete()
	v := &Volume{}
	if subject != (ref.Ref{}) {
		var err error
		if v.ID, err = openVolumeOf(ctx, tx, subject, facts.Class); err != nil {
			return 0, err
		}
	}
	if v.ID == 0 {
		v = &Volume{Class: facts.Class, SubjectKind: subject.Kind, Subject: subject.ID, Title: facts.Title, Year: facts.Year,
			Secrecy: facts.Secrecy, State: Open, Opened: tx.Today().String()}
		v.ID, v.Estate = VolumeID(tx.NewID()), e
		if err := tx.Insert(ctx, v); err != nil {
			return 0, err
		}
	}
	_, err := label.Assign(ctx, tx, e, v.Ref())
	return v.ID, err
}

func (in *VolumeFacts) complete() {
	if in.Class == "" {
		in.Class = ClassHousehold
	}
	if in.Secrecy == "" {
		in.Secrecy = Confidential
	}
}

// NewItem is an item to be added: on paper only, or with the files of its pages in their order.
type NewItem struct {
	ItemFacts
	Uploads  []Upload
	Verified bool // a copy that whoever adds it has compared with its original (E2)
}

// Add adds items to a volume that is open, within the operation of whoever knows what they are.
func Add(ctx context.Context, tx op.Tx, id VolumeID, items []NewItem) ([]ItemID, error) {
	v, _, err := lockOpen(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var ids []ItemID
	for _, in := range items {
		i := &Item{Volume: v.ID, Carrier: Paper}
		i.ID, i.Estate = ItemID(tx.NewID()), v.Estate
		i.reach(Collect, tx.Now())
		if err := in.apply(ctx, tx, i); err != nil {
			return nil, err
		}
		if in.Verified {
			i.verify(tx)
		}
		rows, err := filed(ctx, tx, i, nil, in.Uploads)
		if err != nil {
			return nil, err
		}
		if err := tx.Insert(ctx, append([]evidence.Record{i}, rows...)...); err != nil {
			return nil, err
		}
		ids = append(ids, i.ID)
	}
	return ids, nil
}

// Scanned gives an item its scan, within the operation of whoever knows which it is: pages, and place and date where the
// item had none.
func Scanned(ctx context.Context, tx op.Tx, id ItemID, scan NewItem) error {
	i, err := lockInForce(ctx, tx, id)
	if err != nil {
		return err
	}
	if scan.Verified {
		i.verify(tx)
	}
	i.Place, i.Formed = cmp.Or(i.Place, scan.Place), cmp.Or(i.Formed, scan.Formed)
	if err := addPages(ctx, tx, i, scan.Uploads); err != nil {
		return err
	}
	return tx.Update(ctx, i)
}

// filed makes a new version of an item's pages: those it has, then every page of the files. The item is changed; the
// rows are the caller's to insert, after the item.
func filed(ctx context.Context, tx op.Tx, i *Item, pages []Page, uploads []Upload) ([]evidence.Record, error) {
	if len(uploads) == 0 {
		return nil, nil
	}
	var blobs []evidence.Record
	for _, u := range uploads {
		b := &Blob{Volume: i.Volume, Stored: u.Stored.Name, Size: u.Size, Sum: u.Sum, Wrapped: u.Stored.Key, Type: u.Type,
			State: u.State, Flags: u.flags(), Pages: int64(u.Pages), MadeAt: tx.Now().UnixMicro()}
		b.ID, b.Estate = BlobID(tx.NewID()), i.Estate
		var err error
		if b.FileName, err = sealed(ctx, tx, b.Owner(), bindName(b.ID), u.Name); err != nil {
			return nil, err
		}
		if err := thumbsWithin(ctx, tx, b.ID, u.thumbs); err != nil {
			return nil, err
		}
		blobs = append(blobs, b)
		for n := range max(b.Pages, 1) { // what shows no page (a film, a broken file) stands as one in the list
			pages = append(pages, Page{Blob: b.ID, Page: n})
		}
	}
	i.Carrier = Scan
	version, err := arranged(ctx, tx, i, pages, sourceOf(uploads[0].Name))
	return append(blobs, version...), err
}

// arranged makes a version of a list of pages and puts it in force.
func arranged(ctx context.Context, tx op.Tx, i *Item, pages []Page, source string) ([]evidence.Record, error) {
	no, err := lastVersion(ctx, tx, i.ID)
	if err != nil {
		return nil, err
	}
	v := &Version{Volume: i.Volume, Item: i.ID, No: no + 1, Source: source, MadeBy: tx.Actor().Account, MadeAt: tx.Now().UnixMicro()}
	v.ID, v.Estate = VersionID(tx.NewID()), i.Estate
	i.Current, i.Pages = v.ID, int64(len(pages))
	rows := []evidence.Record{v}
	for n, p := range pages {
		row := &Page{Volume: i.Volume, LeafOf: v.ID, Seq: int64(n + 1), Blob: p.Blob, Page: p.Page, Turn: p.Turn}
		row.ID, row.Estate = PageID(tx.NewID()), i.Estate
		rows = append(rows, row)
	}
	return rows, nil
}

var lockVolume = record.By[Volume, VolumeID](KindVolume)

// lockOpen locks a volume that still takes papers.
func lockOpen(ctx context.Context, tx op.Tx, id VolumeID) (*Volume, op.Subject, error) {
	v, s, err := lockVolume(ctx, tx, id)
	if err == nil && v.State != Open {
		err = errs.Rule("E3", "archive.error.closed", v.Title, v.Closed)
	}
	return v, s, err
}

var lockItem = record.By[Item, ItemID](KindItem)

// lockInForce locks an item that is not voided.
func lockInForce(ctx context.Context, tx op.Tx, id ItemID) (*Item, error) {
	i, _, err := lockItem(ctx, tx, id)
	if err == nil && !i.InForce() {
		err = errs.E(errs.Blocked, "archive.error.voided", i.Title, i.Voided)
	}
	return i, err
}
