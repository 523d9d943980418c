//go:build linux

package lossyfs

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What stays after a power cut that takes all it may, and after one that takes only bytes, or only names.
func TestDisk_KeepsWhatIsSure(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(d dir)
		after [ways]string // what is there, by the way of losing; the chances of the others are not for a table
	}{
		{"a file written only", func(d dir) { d.write("a", "one") },
			[ways]string{allLost: "", namesOnly: "a=", bytesOnly: ""}},
		{"a file fsynced, its folder not", func(d dir) { d.write("a", "one"); d.sync("a") },
			[ways]string{allLost: "", namesOnly: "a=one", bytesOnly: ""}},
		{"a folder fsynced, its file not", func(d dir) { d.write("a", "one"); d.sync("") },
			[ways]string{allLost: "a=", namesOnly: "a=", bytesOnly: "a=one"}},
		{"both", func(d dir) { d.write("a", "one"); d.sync("a"); d.sync("") },
			[ways]string{allLost: "a=one", namesOnly: "a=one", bytesOnly: "a=one"}},
		{"written over", func(d dir) { d.keep("a", "one"); d.write("a", "two") },
			[ways]string{allLost: "a=one", namesOnly: "a=one", bytesOnly: "a=two"}},
		{"renamed over another", func(d dir) { d.keep("a", "one"); d.write("b", "two"); d.rename("b", "a") },
			[ways]string{allLost: "a=one", namesOnly: "a=", bytesOnly: "a=one"}},
		{"renamed durably", func(d dir) { d.keep("a", "one"); d.write("b", "two"); d.sync("b"); d.rename("b", "a"); d.sync("") },
			[ways]string{allLost: "a=two", namesOnly: "a=two", bytesOnly: "a=two"}},
		{"renamed into another folder, which was not fsynced", func(d dir) { d.mkdir("x"); d.sync(""); d.keep("a", "one"); d.rename("a", "x/a"); d.sync("") },
			[ways]string{allLost: "a=one x/", namesOnly: "x/ x/a=one", bytesOnly: "a=one x/"}},
		{"renamed into another folder, which was", func(d dir) { d.mkdir("x"); d.sync(""); d.keep("a", "one"); d.rename("a", "x/a"); d.sync("x") },
			[ways]string{allLost: "x/ x/a=one", namesOnly: "x/ x/a=one", bytesOnly: "x/ x/a=one"}},
		{"a new folder with a durable file, its own name not durable", func(d dir) { d.mkdir("x"); d.write("x/a", "one"); d.sync("x/a"); d.sync("x") },
			[ways]string{allLost: "", namesOnly: "x/ x/a=one", bytesOnly: ""}},
		{"removed", func(d dir) { d.keep("a", "one"); d.remove("a") },
			[ways]string{allLost: "a=one", namesOnly: "", bytesOnly: "a=one"}},
		{"cut short", func(d dir) { d.keep("a", "one"); d.truncate("a", 1) },
			[ways]string{allLost: "a=one", namesOnly: "a=one", bytesOnly: "a=o"}},
	} {
		for _, way := range []int{allLost, namesOnly, bytesOnly} {
			t.Run(fmt.Sprint(c.name, " ", way), func(t *testing.T) {
				disk := New()
				mounted(t, disk, c.do)
				disk.lose(way, rand.New(rand.NewPCG(1, 1)))
				if got := disk.list(t); got != c.after[way] {
					t.Errorf("there is %q, want %q", got, c.after[way])
				}
			})
		}
	}
}

// Of what was not sure, single pieces stay: the old bytes, or zeros, stand beside new ones.
func TestDisk_TearsWhatIsNotSure(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(60) {
		disk := New()
		mounted(t, disk, func(d dir) {
			d.keep("a", strings.Repeat("a", 1024))
			d.write("a", strings.Repeat("b", 2048))
		})
		disk.lose(scattered, rand.New(rand.NewPCG(seed, 1)))
		content := disk.root.safeNames["a"].safe
		kinds := ""
		for at := 0; at < len(content); at += 512 {
			piece := content[at:min(at+512, len(content))]
			if n := len(slices.Compact(slices.Clone(piece))); n != 1 {
				t.Fatalf("seed %d: a piece is torn within: %q", seed, piece)
			}
			kinds += string(piece[0])
		}
		seen[kinds] = true
	}
	for _, want := range []string{"aa", "bbbb", "ab", "ba\x00b"} {
		if !seen[want] {
			t.Errorf("never seen: %q, of %q", want, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// Nothing is answered once the power has gone, and what is saved can be gone on with.
func TestDisk_StopsAtItsChange(t *testing.T) {
	disk := New()
	folder := t.TempDir()
	unmount := mount(t, disk, folder)
	d := dir{t, folder}
	d.keep("a", "one")
	disk.CutAt(1)
	ended := make(chan error)
	go func() { ended <- os.Remove(filepath.Join(folder, "a")) }()
	<-disk.Cut()
	select {
	case err := <-ended:
		t.Errorf("it was answered: %v", err)
	default:
	}
	disk.Release()
	if err := <-ended; err == nil {
		t.Error("removed without power")
	}
	unmount()
	saved := t.TempDir()
	if _, err := disk.Save(saved, rand.New(rand.NewPCG(1, 1))); err != nil {
		t.Fatal(err)
	}
	again, err := Load(saved)
	if err != nil || again.list(t) != "a=one" {
		t.Errorf("loaded: %q, %v", again.list(t), err)
	}
}

// dir is a mounted disk; its files are opened, written and closed at once.
type dir struct {
	*testing.T
	at string
}

func mount(t *testing.T, disk *Disk, at string) (unmount func()) {
	t.Helper()
	end, err := disk.Mount(at)
	if err != nil {
		t.Skipf("no file system of our own can be mounted here: %v", err)
	}
	return func() { dir{t, at}.must(end()) }
}

func mounted(t *testing.T, disk *Disk, do func(d dir)) {
	t.Helper()
	at := t.TempDir()
	defer mount(t, disk, at)()
	do(dir{t, at})
}

func (d dir) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d dir) path(name string) string { return filepath.Join(d.at, name) }

func (d dir) write(name, text string) {
	d.Helper()
	f, err := os.OpenFile(d.path(name), os.O_CREATE|os.O_WRONLY, 0o600)
	d.must(err)
	_, err = f.WriteString(text)
	d.must(err)
	d.must(f.Close())
}

func (d dir) sync(name string) {
	d.Helper()
	f, err := os.Open(d.path(name))
	d.must(err)
	d.must(f.Sync())
	d.must(f.Close())
}

func (d dir) keep(name, text string) {
	d.Helper()
	d.write(name, text)
	d.sync(name)
	d.sync(filepath.Dir(name))
}

func (d dir) rename(from, to string)           { d.must(os.Rename(d.path(from), d.path(to))) }
func (d dir) mkdir(name string)                { d.must(os.Mkdir(d.path(name), 0o700)) }
func (d dir) remove(name string)               { d.must(os.Remove(d.path(name))) }
func (d dir) truncate(name string, size int64) { d.must(os.Truncate(d.path(name), size)) }

// list is what is sure: folders with a stroke, files with their bytes.
func (d *Disk) list(t *testing.T) string {
	t.Helper()
	var all []string
	var walk func(o *object, at string)
	walk = func(o *object, at string) {
		for name, child := range o.safeNames {
			if child.folder {
				all = append(all, at+name+"/")
				walk(child, at+name+"/")
			} else {
				all = append(all, at+name+"="+string(child.safe))
			}
		}
	}
	walk(d.root, "")
	slices.Sort(all)
	return strings.Join(all, " ")
}
