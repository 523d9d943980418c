package lossyfs

import (
	"context"
	"os"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Mount shows the disk in an empty folder, to other processes; the error says why that cannot be done here. The process that
// mounts it must not look into the folder itself: its own calls would wait for its own answers.
func (d *Disk) Mount(dir string) (unmount func() error, err error) {
	long := time.Hour // nobody but the kernel changes anything
	server, err := fs.Mount(dir, &node{disk: d, object: d.root}, &fs.Options{
		EntryTimeout: &long,
		AttrTimeout:  &long,
		UID:          uint32(os.Getuid()),
		GID:          uint32(os.Getgid()),
		MountOptions: fuse.MountOptions{DirectMount: true, FsName: "lossyfs", Name: "lossyfs", DisableXAttrs: true, ExplicitDataCacheControl: true},
	})
	if err != nil {
		return nil, err
	}
	return server.Unmount, nil
}

// node is an object as FUSE knows it.
type node struct {
	fs.Inode
	disk   *Disk
	object *object
}

var _ interface {
	fs.NodeLookuper
	fs.NodeReaddirer
	fs.NodeGetattrer
	fs.NodeSetattrer
	fs.NodeCreater
	fs.NodeMkdirer
	fs.NodeUnlinker
	fs.NodeRmdirer
	fs.NodeRenamer
	fs.NodeOpener
	fs.NodeReader
	fs.NodeWriter
	fs.NodeFsyncer
	fs.NodeStatfser
} = &node{}

func (o *object) attr(out *fuse.Attr) {
	out.Ino, out.Size, out.Mode, out.Nlink = o.inode, uint64(len(o.now)), o.mode()|0o600, 1
	if o.folder {
		out.Mode |= 0o100
	}
}

func (o *object) mode() uint32 {
	if o.folder {
		return syscall.S_IFDIR
	}
	return syscall.S_IFREG
}

// child is the node of an object below this one.
func (n *node) child(ctx context.Context, o *object, out *fuse.EntryOut) *fs.Inode {
	o.attr(&out.Attr)
	return n.NewInode(ctx, &node{disk: n.disk, object: o}, fs.StableAttr{Mode: o.mode(), Ino: o.inode})
}

func (n *node) Lookup(ctx context.Context, name string, out *fuse.EntryOut) (inode *fs.Inode, errno syscall.Errno) {
	errno = n.disk.look(func() syscall.Errno {
		o, there := n.object.names[name]
		if !there {
			return syscall.ENOENT
		}
		inode = n.child(ctx, o, out)
		return 0
	})
	return inode, errno
}

func (n *node) Readdir(context.Context) (fs.DirStream, syscall.Errno) {
	var entries []fuse.DirEntry
	errno := n.disk.look(func() syscall.Errno {
		for name, o := range n.object.names {
			entries = append(entries, fuse.DirEntry{Name: name, Ino: o.inode, Mode: o.mode()})
		}
		return 0
	})
	return fs.NewListDirStream(entries), errno
}

func (n *node) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	return n.disk.look(func() syscall.Errno {
		n.object.attr(&out.Attr)
		return 0
	})
}

// Setattr heeds a length; owners and times are of no interest here.
func (n *node) Setattr(ctx context.Context, f fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	size, resized := in.GetSize()
	if !resized {
		return n.Getattr(ctx, f, out)
	}
	return n.disk.change(func() syscall.Errno {
		n.disk.truncate(n.object, int64(size))
		n.object.attr(&out.Attr)
		return 0
	})
}

func (n *node) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (inode *fs.Inode, f fs.FileHandle, flags uint32, errno syscall.Errno) {
	inode, errno = n.make(ctx, name, false, out)
	return inode, nil, fuse.FOPEN_KEEP_CACHE, errno
}

func (n *node) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return n.make(ctx, name, true, out)
}

func (n *node) make(ctx context.Context, name string, folder bool, out *fuse.EntryOut) (inode *fs.Inode, errno syscall.Errno) {
	errno = n.disk.change(func() syscall.Errno {
		if _, there := n.object.names[name]; there {
			return syscall.EEXIST
		}
		o := n.disk.object(folder)
		n.disk.link(relink{folder: n.object, name: name, object: o})
		inode = n.child(ctx, o, out)
		return 0
	})
	return inode, errno
}

func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	return n.disk.change(func() syscall.Errno {
		if o := n.object.names[name]; o == nil || len(o.names) > 0 {
			return syscall.ENOTEMPTY
		}
		n.disk.link(relink{folder: n.object, name: name})
		return 0
	})
}

func (n *node) Rmdir(ctx context.Context, name string) syscall.Errno { return n.Unlink(ctx, name) }

func (n *node) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	if flags != 0 { // exchanging two names, or refusing to replace one: nobody here asks for it
		return syscall.ENOTSUP
	}
	return n.disk.change(func() syscall.Errno {
		o, there := n.object.names[name]
		if !there {
			return syscall.ENOENT
		}
		n.disk.link(relink{folder: to.(*node).object, name: newName, object: o, from: n.object, old: name})
		return 0
	})
}

// Open truncates by a Setattr that the kernel sends; file locks are the kernel's too.
func (n *node) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, 0
}

func (n *node) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	count := 0
	errno := n.disk.look(func() syscall.Errno {
		if off < int64(len(n.object.now)) {
			count = copy(dest, n.object.now[off:])
		}
		return 0
	})
	return fuse.ReadResultData(dest[:count]), errno
}

func (n *node) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	errno := n.disk.change(func() syscall.Errno {
		n.disk.write(n.object, off, data)
		return 0
	})
	return uint32(len(data)), errno
}

// Fsync is of files and folders; fdatasync keeps a file's length too, as it does everywhere.
func (n *node) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return n.disk.change(func() syscall.Errno {
		n.disk.sync(n.object)
		return 0
	})
}

// Statfs says that there is room enough.
func (n *node) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	const blocks = 16 << 20 // of 4 KiB: 64 GiB
	out.Bsize, out.Frsize, out.NameLen = 4096, 4096, 255
	out.Blocks, out.Bfree, out.Bavail = blocks, blocks, blocks
	return 0
}
