package archive

import (
	"context"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/vault"
)

// SubjectSource is what the room above tells of the things that volumes are about.
type SubjectSource struct {
	Kind string // of the things it knows
	Load func(ctx context.Context, q db.Querier, things []ref.Ref) (map[ref.Ref]Subject, error)
	// Stale says which things are to be told again when rows of a table were touched.
	Stale map[string]search.Stale
}

// Subject is what a volume is about, as it is found.
type Subject struct {
	Parts  []search.Part
	Papers map[string][]string // what kinds of paper in it are called, by the code they are filed under
}

// Sources are what volumes and papers are found by: their titles, the kind of paper, their numbers and dates, and what
// the room above tells of their subjects. It offers them.
func Sources(told SubjectSource) []search.Source {
	return []search.Source{
		{Kind: KindVolume, Title: "archive.found", Version: 1, Papers: true, Stale: told.stale(volumesAbout, "archive_volume"), After: volumesAfter, Load: told.volumes},
		{Kind: KindItem, Title: "archive.found", Version: 1, Papers: true, Stale: told.itemsStale(), After: itemsAfter, Load: told.items},
	}
}

// about turns things that volumes are about into volumes or papers.
type about func(ctx context.Context, q db.Querier, kind string, subjects []int64) ([]int64, error)

func (t SubjectSource) stale(of about, own string) map[string]search.Stale {
	all := map[string]search.Stale{own: search.Itself}
	for table, subjects := range t.Stale {
		all[table] = func(ctx context.Context, q db.Querier, rows []int64) ([]int64, error) {
			ids, err := subjects(ctx, q, rows)
			if err != nil || len(ids) == 0 {
				return nil, err
			}
			return of(ctx, q, t.Kind, ids)
		}
	}
	return all
}

func (t SubjectSource) itemsStale() map[string]search.Stale {
	all := t.stale(itemsAbout, "archive_item")
	all["archive_volume"] = itemsOfVolumes
	return all
}

func (t SubjectSource) volumes(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]search.Doc, error) {
	rows, err := volumesByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	told, err := t.of(ctx, q, keys, rows)
	docs := make([]search.Doc, len(rows))
	for i, v := range rows {
		docs[i] = v.doc(ctx)
		docs[i].Parts = append(docs[i].Parts, told[v.About()].Parts...)
	}
	return docs, err
}

// of are the things volumes are about; without keys nobody is making an index, and they are left out.
func (t SubjectSource) of(ctx context.Context, q db.Querier, keys *vault.Store, rows []*VolumeRow) (map[ref.Ref]Subject, error) {
	if keys == nil {
		return nil, nil
	}
	var subjects []ref.Ref
	for _, v := range rows {
		if v.SubjectKind == t.Kind {
			subjects = append(subjects, v.About())
		}
	}
	return t.Load(ctx, q, subjects)
}

func (v *VolumeRow) doc(ctx context.Context) search.Doc {
	line := []string{i18n.T(ctx, "archive.found.volume", i18n.Key("archive.secrecy."+string(v.Secrecy)))}
	if v.Code != "" {
		line = append(line, label.Spaced(v.Code))
	}
	if v.State == Closed {
		line = append(line, i18n.T(ctx, "archive.state."+string(v.State)))
	}
	return search.Doc{Ref: v.Ref(), Of: v.About(), Estate: v.Estate, Posts: v.maySee(), Title: v.Title, Href: v.ID.Path(),
		Line:  strings.Join(append(line, v.EstateName), " · "),
		Parts: []search.Part{{Kind: search.Title, Text: v.Title}}}
}

func (t SubjectSource) items(ctx context.Context, q db.Querier, keys *vault.Store, ids []int64) ([]search.Doc, error) {
	rows, err := itemsByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	volumes, err := volumesByID(ctx, q, volumesIn(rows))
	if err != nil {
		return nil, err
	}
	told, err := t.of(ctx, q, keys, volumes)
	in := map[VolumeID]*VolumeRow{}
	for _, v := range volumes {
		in[v.ID] = v
	}
	docs := make([]search.Doc, len(rows))
	for i, item := range rows {
		v := in[item.Volume]
		docs[i] = item.doc(ctx, v, told[v.About()])
	}
	return docs, err
}

func volumesIn(rows []*ItemRow) []int64 {
	ids := make([]int64, len(rows))
	for i, item := range rows {
		ids[i] = int64(item.Volume)
	}
	return ids
}

// doc is a paper of a volume. What its volume is found by stands beside what it is found by itself.
func (i *ItemRow) doc(ctx context.Context, v *VolumeRow, about Subject) search.Doc {
	line := []string{v.Title}
	for _, text := range []string{string(i.Formed), i.DocNo} {
		if text != "" {
			line = append(line, text)
		}
	}
	if !i.InForce() {
		line = append(line, i18n.T(ctx, "archive.voided_on", i.Voided))
	}
	d := search.Doc{Ref: i.Ref(), Of: v.About(), Estate: i.Estate, Posts: v.maySee(), Title: i.Title, Href: i.ID.Path(),
		Line: strings.Join(append(line, i.EstateName), " · ")}
	d.Parts = []search.Part{{Kind: search.Title, Text: i.Title}, {Kind: search.Company, Text: i.Author}, {Kind: search.Code, Text: i.DocNo}, {Kind: search.Date, Text: string(i.Formed)}}
	for _, name := range about.Papers[i.Paper] {
		d.Parts = append(d.Parts, search.Part{Kind: search.Title, Text: name})
	}
	for n := range d.Parts {
		d.Parts[n].Former = !i.InForce()
	}
	for _, p := range append([]search.Part{{Kind: search.Title, Text: v.Title}}, about.Parts...) {
		p.Beside = true
		d.Parts = append(d.Parts, p)
	}
	return d
}

// everywhere is all estates: the index asks for estate and posts itself.
var everywhere = access.ProgramActor().Scope([]access.Post{access.Program}, access.Company)
