package lossyfs

import (
	"slices"
	"sync"
	"syscall"
)

// Disk is a medium and what is on its way to it. It is safe for concurrent use.
type Disk struct {
	mu      sync.Mutex
	root    *object
	inodes  uint64
	moment  int      // of the latest change
	links   []relink // changes of names that are not sure, in their order
	cutAt   int      // the change at which the power goes; 0: never
	off     bool
	cut     chan struct{} // closed when the power goes
	release chan struct{} // closed by Release
}

// object is a file or a folder: as programs see it, and as it surely is.
type object struct {
	inode     uint64
	folder    bool
	now, safe []byte             // of a file
	loose     []change           // of a file's bytes, since its last fsync
	names     map[string]*object // of a folder
	safeNames map[string]*object
}

// change is a piece of bytes written to a file, or, without any, its length made another.
type change struct {
	moment int
	at     int64
	data   []byte
}

// relink is a change of a name in a folder; with from, a rename.
type relink struct {
	moment int
	folder *object // whose fsync makes it sure
	name   string
	object *object // nil: the name goes
	from   *object
	old    string
}

// New is an empty disk.
func New() *Disk {
	d := &Disk{cut: make(chan struct{}), release: make(chan struct{})}
	d.root = d.object(true)
	return d
}

func (d *Disk) object(folder bool) *object {
	d.inodes++
	o := &object{inode: d.inodes, folder: folder}
	if folder {
		o.names, o.safeNames = map[string]*object{}, map[string]*object{}
	}
	return o
}

// CutAt makes the power go at the n-th call from now that changes something or waits for an fsync; it is not carried out.
func (d *Disk) CutAt(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moment, d.cutAt = 0, n
}

// Cut is closed when the power has gone.
func (d *Disk) Cut() <-chan struct{} { return d.cut }

// Release answers all who wait for a disk without power: with an error, which a killed program does not see any more.
func (d *Disk) Release() { close(d.release) }

// look carries out a call that only looks. Without power it is not answered until Release.
func (d *Disk) look(do func() syscall.Errno) syscall.Errno {
	d.mu.Lock()
	if d.off {
		d.mu.Unlock()
		<-d.release
		return syscall.EIO
	}
	defer d.mu.Unlock()
	return do()
}

// change carries out a call that changes something, or makes it sure, unless the power goes at it.
func (d *Disk) change(do func() syscall.Errno) syscall.Errno {
	d.mu.Lock()
	if !d.off {
		if d.moment++; d.moment == d.cutAt {
			d.off = true
			close(d.cut)
		}
	}
	d.mu.Unlock()
	return d.look(do)
}

func (d *Disk) write(o *object, at int64, data []byte) {
	c := change{d.moment, at, slices.Clone(data)}
	o.now = c.apply(o.now)
	o.loose = append(o.loose, c)
}

func (d *Disk) truncate(o *object, size int64) {
	c := change{d.moment, size, nil}
	o.now = c.apply(o.now)
	o.loose = append(o.loose, c)
}

// apply gives the file after the change; its bytes are reused.
func (c change) apply(file []byte) []byte {
	end := c.at + int64(len(c.data))
	if c.data == nil {
		file = file[:min(end, int64(len(file)))]
	}
	if more := end - int64(len(file)); more > 0 {
		file = append(file, make([]byte, more)...)
	}
	copy(file[c.at:], c.data)
	return file
}

// link gives an object a name, or takes the name away.
func (d *Disk) link(l relink) {
	l.moment = d.moment
	if l.from != nil {
		delete(l.from.names, l.old)
	}
	if l.object == nil {
		delete(l.folder.names, l.name)
	} else {
		l.folder.names[l.name] = l.object
	}
	d.links = append(d.links, l)
}

// keep makes a change of a name sure.
func (l relink) keep() {
	if l.from != nil && l.from.safeNames[l.old] == l.object {
		delete(l.from.safeNames, l.old)
	}
	if l.object == nil {
		delete(l.folder.safeNames, l.name)
	} else {
		l.folder.safeNames[l.name] = l.object
	}
}

// sync makes a file's bytes sure, or a folder's names.
func (d *Disk) sync(o *object) {
	for _, c := range o.loose {
		o.safe = c.apply(o.safe)
	}
	o.loose = nil
	if !o.folder {
		return
	}
	var rest []relink
	for _, l := range d.links {
		if l.folder != o {
			rest = append(rest, l)
			continue
		}
		l.keep()
		if l.from != nil { // its old name, if that was not sure yet, never comes back
			rest = slices.DeleteFunc(rest, func(e relink) bool { return e.folder == l.from && e.name == l.old })
		}
	}
	d.links = rest
}
