package household

import (
	"context"

	"hudang/internal/archive"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
)

// filed are the papers of households' files, as the archive room has them, and those that were voided.
func filed(ctx context.Context, q db.Querier, s access.Scope, households ...*Household) (inForce, voided map[ID][]FiledPaper, err error) {
	refs := make([]ref.Ref, len(households))
	for i, h := range households {
		refs[i] = h.ID.Ref()
	}
	items, err := archive.ItemsOf(ctx, q, s, refs...)
	if err != nil {
		return nil, nil, err
	}
	gone, err := archive.VoidedOf(ctx, q, s, refs...)
	return papersOf(items), papersOf(gone), err
}

func papersOf(items map[ref.Ref][]archive.Held) map[ID][]FiledPaper {
	found := make(map[ID][]FiledPaper, len(items))
	for at, all := range items {
		for _, held := range all {
			found[ID(at.ID)] = append(found[ID(at.ID)], paperOf(held))
		}
	}
	return found
}

func paperOf(held archive.Held) FiledPaper {
	p := FiledPaper{Item: held.Item, Volume: held.Volume, Line: held.Paper, Title: held.Title, Paper: held.Carrier == archive.Paper || held.Place != "",
		Original: held.Original == archive.IsOriginal, Copies: held.Copies, Pages: held.Pages, Made: string(held.Formed), Filed: held.Filed, Place: held.Place, Verified: held.Verified, Sight: held.Sight, Voided: held.Voided}
	if held.Carrier == archive.Scan {
		p.Scanned = held.Pages
	}
	return p
}

// volumeOf is the open volume of a household's file, 0 for none.
func volumeOf(ctx context.Context, q db.Querier, s access.Scope, id ID) (archive.VolumeID, error) {
	all, err := archive.VolumesOf(ctx, q, s, id.Ref())
	for _, v := range all[id.Ref()] {
		if v.State == archive.Open {
			return v.ID, err
		}
	}
	return 0, err
}
