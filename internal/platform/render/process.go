package render

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// Subcommand is the argument by which the program becomes the child; command hands it to Serve.
const Subcommand = "render-worker"

// inChild is set for the child, so that it can never start one itself.
const inChild = "HUDANG_RENDER_WORKER"

// New is a worker whose children are processes: a program and the arguments that make it call Serve.
func New(l Limits, program string, args ...string) *Worker {
	return newWorker(func() (*child, error) { return startProcess(l, program, args) }, l)
}

// TestFolder is where tests keep the machine code of decoders from one run to the next: it takes seconds to make.
func TestFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "hudang-test", "render")
}

// Inside is a worker without a process, for tests of what uses it: nothing watches its memory.
func Inside() *Worker {
	return newWorker(func() (*child, error) {
		toChild, in := io.Pipe()
		out, fromChild := io.Pipe()
		go func() { fromChild.CloseWithError(Serve(toChild, fromChild, TestFolder())) }()
		return &child{in: in, out: out, kill: func() { in.CloseWithError(io.ErrClosedPipe); out.CloseWithError(io.ErrClosedPipe) }}, nil
	}, Standard)
}

// None is a worker that looks into nothing: every request is Unavailable.
func None() *Worker {
	return newWorker(func() (*child, error) { return nil, errors.New("render: no renderer here") }, Standard)
}

func startProcess(l Limits, program string, args []string) (*child, error) {
	if os.Getenv(inChild) != "" {
		return nil, errors.New("render: a renderer starts no renderer")
	}
	c := exec.Command(program, args...)
	c.Env = []string{inChild + "=1"} // nothing of the program's environment, which may hold a database's password
	c.Dir = os.TempDir()
	separate(c)
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	alive, ended := context.WithCancel(context.Background())
	made := &child{in: in, out: out, worked: workOf(c.Process.Pid)}
	made.kill = sync.OnceFunc(func() {
		ended()
		_ = c.Process.Kill()
		_ = in.Close()
		_ = c.Wait() // reaps it; how it ended is known: it was killed
	})
	go watchMemory(alive, c.Process.Pid, l.Memory, made)
	return made, nil
}

// watchMemory kills a child that has grown past its limit.
func watchMemory(alive context.Context, pid int, limit int64, c *child) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-alive.Done():
			return
		case <-tick.C:
			if resident(pid) > limit {
				c.outgrown.Store(true)
				c.kill()
				return
			}
		}
	}
}
