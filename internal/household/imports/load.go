package imports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"hudang/internal/household/imports/beside"
	"hudang/internal/household/roster"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/sheet"
)

// File is an import's file as it is understood now.
type File struct {
	Import   *Import
	Book     *sheet.Book
	Plan     *roster.Plan
	Mappings []roster.Mapping // as corrected by hand
	Answers  roster.Answers

	rows          *entries
	beside.Extras                   // pictures, and what else hangs on its cells
	said          [sha256.Size]byte // of mappings and answers: the same gives the same plan
}

// Load reads an import's file with its mapping and answers. What it gives follows from these alone, so that a job that was
// interrupted goes on with the same plan; it is shared and not to be changed.
func Load(ctx context.Context, d *op.Door, id ID) (*File, error) {
	q := d.DB.Read()
	imp := &Import{}
	imp.ID = id
	if err := q.Select(imp).WherePK().Scan(ctx); err != nil {
		return nil, errs.E(errs.NotFound, "error.not_found").Because(err)
	}
	said, err := saidOf(ctx, q, d, id, partMapping, partAnswers, partPlaces)
	if err != nil {
		return nil, err
	}
	if there, err := HasFile(ctx, q, id); err != nil || !there {
		plans.drop(id)
		return nil, errs.E(errs.Blocked, "import.error.forgotten").Because(err)
	}
	key := planKey{id, string(imp.Hash), sumOf(said)}
	if f := plans.get(key); f != nil {
		fresh := *f
		fresh.Import = imp
		return &fresh, nil
	}
	f, err := read(ctx, d, q, imp, said)
	if err != nil {
		return nil, err
	}
	f.said = key.said
	plans.put(key, f)
	return f, nil
}

func read(ctx context.Context, d *op.Door, q db.Querier, imp *Import, said map[string][]byte) (*File, error) {
	data, err := open(ctx, q, d.Vault, imp.ID, partFile)
	if err != nil {
		return nil, err
	}
	return understand(data, imp, said)
}

// understand reads a file by what was said about it.
func understand(data []byte, imp *Import, said map[string][]byte) (*File, error) {
	f := &File{Import: imp, Answers: roster.Answers{}, rows: &entries{}}
	var err error
	if f.Book, err = sheet.Open(bytes.NewReader(data), int64(len(data)), imp.File, sheet.Limits{}); err != nil {
		return nil, err
	}
	places := roster.Places{}
	for kind, into := range map[string]any{partMapping: &f.Mappings, partAnswers: &f.Answers, partPlaces: &places} {
		if len(said[kind]) == 0 {
			continue
		}
		if err := json.Unmarshal(said[kind], into); err != nil {
			return nil, err
		}
	}
	day := cn.DateOf(time.UnixMicro(imp.Uploads).In(clock.China))
	if f.Plan, err = roster.Read(f.Book, roster.Input{Today: day, Mappings: f.Mappings, Answers: f.Answers, Places: places}); err != nil {
		return nil, err
	}
	if err := joinOwn(f.Book, f.Plan); err != nil {
		return nil, err
	}
	f.Extras, err = beside.Of(f.Book, f.Plan)
	return f, err
}

// sumOf tells apart what was said about a file.
func sumOf(said map[string][]byte) [sha256.Size]byte {
	return sha256.Sum256(slices.Concat(said[partMapping], said[partAnswers]))
}

// planKey names a reading: the file, and what was said about it.
type planKey struct {
	id   ID
	hash string
	said [sha256.Size]byte
}

// plans keeps the last few readings until their import is over: a page of the wizard, or the next chunk of a job, comes within
// seconds. A row takes two kilobytes.
var plans = planCache{most: 3, rows: 100_000}

type planCache struct {
	mu         sync.Mutex
	most, rows int // readings, and rows in all of them; the newest stays, whatever its size
	kept       []planned
}

type planned struct {
	key  planKey
	file *File
}

func (c *planCache) get(k planKey) *File {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.kept {
		if p.key == k {
			return p.file
		}
	}
	return nil
}

// put keeps a reading in place of an earlier one of the same import.
func (c *planCache) put(k planKey, f *File) {
	c.drop(k.id)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = append(c.kept, planned{k, f})
	rows, from := 0, len(c.kept)
	for from > 0 && len(c.kept)-from < c.most {
		rows += c.kept[from-1].file.Plan.Counts.Rows
		if rows > c.rows && from < len(c.kept) {
			break
		}
		from--
	}
	c.kept = slices.Clone(c.kept[from:])
}

// drop forgets what was read of an import.
func (c *planCache) drop(id ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = slices.DeleteFunc(c.kept, func(p planned) bool { return p.key.id == id })
}
