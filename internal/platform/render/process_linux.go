package render

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// separate lets a child die with the program, however that ends, and keeps the terminal's signals from it.
func separate(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// resident is the memory a process holds, in bytes; 0 when it cannot be told.
func resident(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := bytes.Fields(raw)
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// tick is the unit in which Linux counts a process's work.
const tick = time.Second / 100

// workOf tells how much processor time a process has had.
func workOf(pid int) func() time.Duration {
	return func() time.Duration {
		raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		_, rest, found := bytes.Cut(raw, []byte(") ")) // the program's name may hold anything else
		fields := bytes.Fields(rest)
		if err != nil || !found || len(fields) < 13 {
			return 0
		}
		user, _ := strconv.ParseInt(string(fields[11]), 10, 64)
		system, _ := strconv.ParseInt(string(fields[12]), 10, 64)
		return time.Duration(user+system) * tick
	}
}
