package archive

import (
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/record"
	"hudang/internal/platform/vault"
)

// ItemID names an item.
type ItemID int64

// Carrier is what an item is kept on.
type Carrier string

// The carriers. Paper is paper without a scan.
const (
	Scan  Carrier = "scan"
	Paper Carrier = "paper"
)

// Original tells an original from a copy (E2).
type Original string

// The two.
const (
	IsOriginal Original = "original"
	IsCopy     Original = "copy"
)

// Originals lists them in the order they are offered.
var Originals = []Original{IsOriginal, IsCopy}

// Stage is how far a paper has come (C3): 收集 → 整理 → 归档 → 使用.
type Stage string

// The stages.
const (
	Collect Stage = "collect"
	Sort    Stage = "sort"
	File    Stage = "file"
	Use     Stage = "use"
)

// Stages lists the stages in their order.
var Stages = []Stage{Collect, Sort, File, Use}

// Next is the stage after this one; empty after the last.
func (s Stage) Next() Stage {
	for i, known := range Stages[:len(Stages)-1] {
		if s == known {
			return Stages[i+1]
		}
	}
	return ""
}

// Item is an item (件): one paper with its annexes, on paper, scanned, or both.
type Item struct {
	bun.BaseModel `bun:"table:archive_item,alias:item"`
	evidence.Row[ItemID]
	Volume     VolumeID  `bun:"volume"`
	Title      string    `bun:"title"`
	Paper      string    `bun:"paper,nullzero"`  // code of the checklist line it fills
	Formed     Formed    `bun:"formed,nullzero"` // when it was made
	Author     string    `bun:"author,nullzero"` // 责任者
	DocNo      string    `bun:"doc_no,nullzero"` // 文号
	Carrier    Carrier   `bun:"carrier"`
	Original   Original  `bun:"original"`
	Copies     int64     `bun:"copies"` // 份数
	Pages      int64     `bun:"pages"`
	Place      string    `bun:"place,nullzero"` // where the paper lies, in the person's words
	Note       []byte    `bun:"note,nullzero"`  // sealed; see NoteOf
	Verified   string    `bun:"verified,nullzero"`
	VerifiedBy int64     `bun:"verified_by,nullzero"`
	Stage      Stage     `bun:"stage"`
	Collected  string    `bun:"collected"` // local date of each stage
	Sorted     string    `bun:"sorted,nullzero"`
	Filed      string    `bun:"filed,nullzero"`
	Used       string    `bun:"used,nullzero"`
	Current    VersionID `bun:"current,nullzero"` // the version of its pages in force
	record.Void
}

// Owner is the volume's key.
func (i *Item) Owner() vault.Owner { return i.Volume.Key() }

// Since is the local date on which the item came to its stage.
func (i *Item) Since() string {
	return map[Stage]string{Collect: i.Collected, Sort: i.Sorted, File: i.Filed, Use: i.Used}[i.Stage]
}

// reach notes that the item has come to a stage.
func (i *Item) reach(s Stage, now time.Time) {
	i.Stage = s
	on := map[Stage]*string{Collect: &i.Collected, Sort: &i.Sorted, File: &i.Filed, Use: &i.Used}[s]
	*on = clock.Date(now)
}
