package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/rpc"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"hudang/internal/app"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
)

// open does a command's work with the installation in a data folder: in the program that serves it, else in this one,
// which then has the folder to itself. Every command that needs the folder's owner comes through here, with nothing done before.
func (c *call) open(ctx context.Context, data, database string, work func(*app.App) (int, error)) (code int, err error) {
	if c.serving != nil {
		return work(c.serving)
	}
	a, err := app.Open(ctx, app.Options{Data: data, Database: database, Log: logger(c), Render: renderer(data)})
	if app.InUse(err) {
		if code, answered, err := c.send(ctx, data); answered {
			return code, err
		}
	}
	if err != nil {
		return stuck, err
	}
	defer func() { err = errors.Join(err, a.Close(context.WithoutCancel(ctx))) }()
	return work(a)
}

// present refuses a folder without an installation. To the serving program its folder may have another name.
func (c *call) present(data string) error {
	if c.serving != nil || app.Present(data) {
		return nil
	}
	return errs.E(errs.NotFound, "cli.error.no_data", data)
}

// served answers browsers, and the commands of this computer, until the context ends.
func served(ctx context.Context, a *app.App, data string, answer func() error) error {
	stop, err := listenBeside(ctx, a, data)
	if err != nil {
		a.Log.Warn("commands cannot reach this program", "error", err)
		return answer()
	}
	return errors.Join(answer(), stop())
}

// farewell is how long a command has to tell its end when the program stops.
const farewell = 5 * time.Second

// listenBeside carries out the commands of others in this program, until it is stopped.
func listenBeside(ctx context.Context, a *app.App, data string) (stop func() error, err error) {
	l, err := listenIn(data)
	if err != nil {
		return nil, err
	}
	work, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	over := func() { cancel(errs.E(errs.Unavailable, "cli.error.stops")) }
	context.AfterFunc(ctx, over)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { beside(work, a, conn) })
		}
	})
	return func() error {
		over()
		err := l.Close()
		all.Wait()
		return errors.Join(err, os.Remove(filepath.Join(data, socketDir, socketFile)))
	}, nil
}

// beside carries out one command for its terminal.
func beside(ctx context.Context, a *app.App, conn net.Conn) {
	far := rpc.NewClient(conn)
	defer far.Close()
	defer func() {
		if p := recover(); p != nil {
			a.Log.Error("command", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	wait := func() { _ = conn.SetDeadline(clock.System{}.Now().Add(farewell)) }
	defer context.AfterFunc(ctx, wait)()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var args []string
	if err := far.Call("Caller.Hello", build(), &args); err != nil || len(args) == 0 {
		return
	}
	stopped := far.Go("Caller.Stopped", 0, new(int), make(chan *rpc.Call, 1))
	go func() {
		<-stopped.Done
		cancel()
	}()
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return
	}
	lang, _ := langOf(args)
	c := newCall(args[0], args[1:], lang, nil, &stream{far, "Caller.Out", ""}, &stream{far, "Caller.Err", ""})
	c.serving, c.far = a, far
	_ = far.Call("Caller.Ended", c.do(ctx, all[i]), new(int))
}

// stream writes to a terminal, to a file of it or what is read there.
type stream struct {
	far          *rpc.Client
	method, file string
}

func (s *stream) Write(p []byte) (n int, err error) {
	err = s.far.Call(s.method, Part{s.file, p}, &n)
	return n, err
}

// largest is more than any command takes of a file.
const largest = 64 << 20

// readFile reads a file of the person who gave the command.
func (c *call) readFile(name string) (all []byte, err error) {
	if c.far == nil {
		return os.ReadFile(name)
	}
	for {
		var data []byte
		if err := c.far.Call("Caller.Read", name, &data); err != nil || len(data) == 0 {
			return all, err
		}
		if all = append(all, data...); len(all) > largest {
			return nil, errs.E(errs.Invalid, "import.error.large", largest>>20)
		}
	}
}

// writeFile writes a file of the person who gave the command; one that is there already is left, and one that fails goes.
func (c *call) writeFile(name string, write func(io.Writer) error) error {
	if c.far != nil {
		if err := c.far.Call("Caller.Create", name, new(int)); err != nil {
			return err
		}
		out := bufio.NewWriterSize(&stream{c.far, "Caller.Write", name}, 1<<18)
		if err := errors.Join(write(out), out.Flush()); err != nil {
			return err
		}
		return c.far.Call("Caller.Keep", name, new(int))
	}
	out, err := os.OpenFile(name, creating, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(write(out), out.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
