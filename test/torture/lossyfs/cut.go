package lossyfs

import (
	"cmp"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// The ways in which what was not sure is lost.
const (
	allLost = iota
	inOrder
	scattered
	namesOnly
	bytesOnly
	ways
)

// Save loses what a power cut loses, by chance, and writes what is left into an empty folder. It says how it was lost.
func (d *Disk) Save(dir string, r *rand.Rand) (way string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	choice := r.IntN(ways)
	d.lose(choice, r)
	return []string{"all that was not sure is lost", "all after one moment is lost", "pieces are lost", "only names stay", "only bytes stay"}[choice],
		d.root.save(dir)
}

// lose decides about everything that is not sure, and makes the rest sure.
func (d *Disk) lose(way int, r *rand.Rand) {
	stays := []float64{0.1, 0.5, 0.9}[r.IntN(3)]
	until := r.IntN(d.moment + 1)
	stay := func(moment int, name bool) bool {
		switch way {
		case inOrder:
			return moment <= until
		case scattered:
			return r.Float64() < stays
		}
		return name && way == namesOnly || !name && way == bytesOnly
	}
	for _, o := range d.files() {
		for _, c := range o.loose {
			pieces := []change{c}
			if way == scattered {
				pieces = c.pieces([]int64{512, 4096}[r.IntN(2)])
			}
			for _, p := range pieces {
				if stay(p.moment, false) {
					o.safe = p.apply(o.safe)
				}
			}
		}
		o.loose = nil
	}
	for _, l := range d.links {
		if stay(l.moment, true) {
			l.keep()
		}
	}
	d.links = nil
}

// files are all that a program sees, or that may come back, in the order in which they were made.
func (d *Disk) files() []*object {
	seen := map[*object]bool{}
	var walk func(o *object)
	walk = func(o *object) {
		if seen[o] {
			return
		}
		seen[o] = true
		for _, names := range []map[string]*object{o.names, o.safeNames} {
			for _, child := range names {
				walk(child)
			}
		}
	}
	walk(d.root)
	for _, l := range d.links {
		if l.object != nil {
			walk(l.object)
		}
	}
	var all []*object
	for o := range seen {
		if !o.folder {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *object) int { return cmp.Compare(a.inode, b.inode) })
	return all
}

// pieces cuts what was written at the borders of a medium's pieces.
func (c change) pieces(size int64) (all []change) {
	if c.data == nil {
		return []change{c}
	}
	for from := int64(0); from < int64(len(c.data)); {
		at := c.at + from
		until := min(from+size-at%size, int64(len(c.data)))
		all = append(all, change{c.moment, at, c.data[from:until]})
		from = until
	}
	return all
}

// save writes what is sure.
func (o *object) save(at string) error {
	if !o.folder {
		return os.WriteFile(at, o.safe, 0o600)
	}
	if err := os.MkdirAll(at, 0o700); err != nil {
		return err
	}
	for name, child := range o.safeNames {
		if err := child.save(filepath.Join(at, name)); err != nil {
			return err
		}
	}
	return nil
}

// Load is a disk that holds a folder, all of it sure.
func Load(dir string) (*Disk, error) {
	d := New()
	return d, d.load(d.root, dir)
}

func (d *Disk) load(into *object, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		o := d.object(e.IsDir())
		into.names[e.Name()], into.safeNames[e.Name()] = o, o
		at := filepath.Join(dir, e.Name())
		if o.folder {
			err = d.load(o, at)
		} else if o.safe, err = os.ReadFile(at); err == nil {
			o.now = slices.Clone(o.safe)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
