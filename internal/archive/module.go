package archive

import (
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/setting"
)

// Module is what this room offers.
var Module = module.Module{
	Files: files,
	Tables: []evidence.Table{evidence.Of[Volume](), evidence.Of[Blob](), evidence.Of[Item](), evidence.Of[Version](), evidence.Of[Page](),
		evidence.Bound(thumbTable, "small pictures of pages, which can be made anew", "file", "first")},
	Ops: []op.Any{OpenVolume, AddItems, AddPages, CorrectItem, SetOriginal, VerifyItem, MoveItem, VoidItem, RestoreItem, DropTwin,
		TurnPage, SplitItem, MergeItem, openItem, TakeFile, Looked},
	Lists: []list.Any{Papers, Volumes},
	Kinds: []ref.Kind{
		{Name: KindVolume, Posts: mayRead, Resolve: resolveVolume, Labelled: true},
		{Name: KindItem, Posts: mayRead, Resolve: resolveItem, Labelled: true},
	},
	Duties:   []duty.Source{{Posts: []access.Post{access.Custodian}, Kept: "papersWait", Load: papersWait}},
	Controls: []control.Control{sortedInTime, filedInTime},
	Settings: []setting.Number{sortingDays, filingDays},
}
