package command

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/rpc"
	"os"
	"slices"
	"strings"
	"sync"

	"hudang/internal/app"
	"hudang/internal/platform/errs"
)

// caller is a command whose work is done by the program that serves the data folder: that program calls its methods, to
// say something here and to read and write files, since only this side may know the folder and be allowed into it.
type caller struct {
	*call
	ctx      context.Context // ends when the person stops the command, or the connection is gone
	mu       sync.Mutex
	files    map[string]*os.File
	made     map[string]bool // files that are taken away unless they are kept
	code     int
	finished bool
	other    string // the version of a program that is not of this one's
}

// Part is a piece of a file, or of what is said.
type Part struct {
	Name string
	Data []byte
}

// send has a command carried out by the program that serves the data folder; false when none answers there.
func (c *call) send(ctx context.Context, data string) (code int, answered bool, err error) {
	conn, err := dialIn(data)
	if err != nil {
		return stuck, false, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &caller{call: c, ctx: ctx, files: map[string]*os.File{}, made: map[string]bool{}}
	far := rpc.NewServer()
	if err := far.RegisterName("Caller", t); err != nil {
		return stuck, true, err
	}
	far.ServeConn(watched{conn, cancel})
	for name, f := range t.files {
		_ = f.Close()
		if t.made[name] {
			err = errors.Join(err, os.Remove(name))
		}
	}
	switch {
	case t.other != "":
		err = errs.E(errs.Blocked, "cli.error.other_version", t.other, build())
	case !t.finished:
		err = errors.Join(errs.E(errs.Blocked, "cli.error.broken"), err)
	}
	if err != nil {
		return stuck, true, err
	}
	return t.code, true, nil
}

// watched is a connection that says when nothing more comes.
type watched struct {
	net.Conn
	gone func()
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if err != nil {
		w.gone()
	}
	return n, err
}

// Hello tells the command line to a program of the same version.
func (t *caller) Hello(version string, args *[]string) error {
	if version != build() {
		t.other = version
		return errors.New("another version")
	}
	*args = append([]string{t.flags.Name()}, t.args...)
	return nil
}

// Stopped answers when the command is to stop.
func (t *caller) Stopped(_ int, _ *int) error {
	<-t.ctx.Done()
	return nil
}

// Out says something to standard output, Err to standard error.
func (t *caller) Out(p Part, n *int) (err error) { *n, err = t.out.Write(p.Data); return err }

func (t *caller) Err(p Part, n *int) (err error) { *n, err = t.err.Write(p.Data); return err }

// Ended tells the exit code.
func (t *caller) Ended(code int, _ *int) error {
	t.code, t.finished = code, true
	return nil
}

// Read gives the next piece of a file; nothing at its end.
func (t *caller) Read(name string, data *[]byte) error {
	f, err := t.file(name, os.O_RDONLY)
	if err != nil {
		return err
	}
	*data = make([]byte, 1<<20)
	n, err := f.Read(*data)
	if *data = (*data)[:n]; errors.Is(err, io.EOF) {
		return t.close(name)
	}
	return t.words(err)
}

// Create makes a file that is not there yet, Write goes on with it, Keep ends it.
func (t *caller) Create(name string, _ *int) error {
	_, err := t.file(name, creating)
	return err
}

func (t *caller) Write(p Part, n *int) error {
	f, err := t.file(p.Name, creating)
	if err == nil {
		*n, err = f.Write(p.Data)
	}
	return t.words(err)
}

func (t *caller) Keep(name string, _ *int) error {
	t.mu.Lock()
	delete(t.made, name)
	t.mu.Unlock()
	return t.close(name)
}

const creating = os.O_WRONLY | os.O_CREATE | os.O_EXCL

// file is an open file. Only what stands in the command line is opened: the other program may belong to somebody else.
func (t *caller) file(name string, how int) (f *os.File, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.files[name]; f != nil {
		return f, nil
	}
	if !slices.ContainsFunc(t.args, func(arg string) bool { return arg == name || strings.HasSuffix(arg, "="+name) }) {
		return nil, t.words(&fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission})
	}
	if f, err = os.OpenFile(name, how, 0o600); err != nil {
		return nil, t.words(err)
	}
	t.files[name], t.made[name] = f, how == creating
	return f, nil
}

func (t *caller) close(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.files[name]
	delete(t.files, name)
	if f == nil {
		return nil
	}
	return t.words(f.Close())
}

// words says an error of a file here, where it is known what it is.
func (t *caller) words(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(app.Words(err, t.lang))
}
