package round

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/platform/label"
	"hudang/internal/platform/record"
)

// Picture is a small PNG.
func Picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func archiveSteps() []Step {
	item := func(r *Round) archive.ItemID { return r.Item }
	facts := func(r *Round) archive.ItemFacts {
		return archive.ItemFacts{Title: r.Say("item.title", "装修申请表"), Formed: "2026-03", Author: r.Say("item.author", "赵一"), DocNo: r.Say("item.doc_no", "装 2026-7"),
			Original: archive.IsOriginal, Place: r.Say("paper.place", "B-02-6"), Note: r.Say("item.note", "缺第三页")}
	}
	return []Step{
		does(archive.OpenVolume, keeper, func(r *Round) archive.OpenVolumeIn {
			return archive.OpenVolumeIn{Estate: r.Estate, VolumeFacts: archive.VolumeFacts{Title: r.Say("volume.title", "装修档案")}}
		}, func(r *Round, id archive.VolumeID) { r.Volume = id }),
		named("label.print_label", keeper, func(r *Round) any { return r.Volume.Ref() }, nil),
		named("label.print_labels", keeper, func(r *Round) any {
			return label.Printed{Kind: archive.KindVolume, IDs: []int64{int64(r.Volume), int64(r.File)}}
		}, nil),
		does(archive.AddItems, keeper, func(r *Round) archive.AddItemsIn {
			return archive.AddItemsIn{Volume: r.Volume, Items: []archive.NewItem{{ItemFacts: facts(r), Uploads: []archive.Upload{r.receive(r.Volume, r.Say("file.name", "申请")+".png", r.Scan)}}}}
		}, func(r *Round, ids []archive.ItemID) { r.Item = ids[0] }),
		does(archive.AddPages, keeper, func(r *Round) archive.AddPagesIn {
			return archive.AddPagesIn{ID: r.Item, Uploads: []archive.Upload{r.receive(r.Volume, r.Say("file.name", "背面")+".png", r.Scan)}}
		}, nil),
		does(archive.CorrectItem, keeper, func(r *Round) archive.CorrectItemIn {
			return archive.CorrectItemIn{ID: r.Item, ItemFacts: facts(r)}
		}, nil),
		does(archive.SetOriginal, keeper, func(r *Round) archive.SetOriginalIn {
			return archive.SetOriginalIn{ID: r.Item, Original: archive.IsCopy}
		}, nil),
		does(archive.VerifyItem, keeper, item, nil),
		does(archive.MoveItem, keeper, func(r *Round) archive.MoveItemIn { return archive.MoveItemIn{ID: r.Item, To: archive.Sort} }, nil),
		does(archive.TurnPage, keeper, func(r *Round) archive.TurnPageIn { return archive.TurnPageIn{ID: r.Item, Page: 1, By: 90} }, nil),
		looks("archive.open_item", func(r *Round) string { return r.Item.Path() }),
		{Name: "archive.take_file", Do: func(r *Round) error {
			var blob archive.Blob
			r.must(r.C.App.Door.DB.Read().Select(&blob).Where("volume = ?", r.Volume).Limit(1).Scan(r.T.Context()))
			r.Blob = blob.ID
			return r.opens(fmt.Sprintf("%s/files/%d", r.Item.Path(), r.Blob))
		}},
		does(archive.SplitItem, keeper, func(r *Round) archive.SplitItemIn { return archive.SplitItemIn{ID: r.Item, At: 2} },
			func(r *Round, id archive.ItemID) { r.Piece = id }),
		does(archive.MergeItem, keeper, func(r *Round) archive.MergeItemIn {
			return archive.MergeItemIn{ID: r.Piece, Into: r.Item}
		}, nil),
		does(archive.VoidItem, keeper, func(r *Round) record.VoidIn[archive.ItemID] {
			return record.VoidIn[archive.ItemID]{ID: r.Item, Why: r.Say("item.why", "归错了卷")}
		}, nil),
		does(archive.RestoreItem, keeper, item, nil),
		does(archive.AddItems, keeper, func(r *Round) archive.AddItemsIn {
			return archive.AddItemsIn{Volume: r.Volume, Items: []archive.NewItem{{ItemFacts: facts(r), Uploads: []archive.Upload{r.receive(r.Volume, r.Say("file.name", "申请")+".png", r.Scan)}}}}
		}, func(r *Round, ids []archive.ItemID) { r.Piece = ids[0] }),
		does(archive.DropTwin, keeper, func(r *Round) archive.ItemID { return r.Piece }, nil),
	}
}

// looks is a step by opening a page.
func looks(name string, path func(r *Round) string) Step {
	return Step{Name: name, Do: func(r *Round) error { return r.opens(path(r)) }}
}

func (r *Round) opens(path string) error {
	if p := r.keeper.client.Get(path); p.Status != http.StatusOK {
		return fmt.Errorf("%s: %d", path, p.Status)
	}
	return nil
}
