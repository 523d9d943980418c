package command

import (
	"net"
	"os"
	"path/filepath"
)

// socketDir is the folder below a data folder where a serving program is reached. It lets in nobody but the data's owner,
// also in a data folder that others may look into.
const (
	socketDir  = "run"
	socketFile = "socket"
)

// listenIn opens the socket of a data folder, for the one who holds its lock: a socket found there was left by a program
// that was killed.
func listenIn(data string) (l *net.UnixListener, err error) {
	dir := filepath.Join(data, socketDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(filepath.Join(dir, socketFile)); err != nil {
		return nil, err
	}
	err = shortly(dir, func(file string) error {
		if l, err = net.ListenUnix("unix", &net.UnixAddr{Name: file, Net: "unix"}); err != nil {
			return err
		}
		l.SetUnlinkOnClose(false) // by a name that may be gone then
		return os.Chmod(file, 0o600)
	})
	return l, err
}

func dialIn(data string) (conn net.Conn, err error) {
	err = shortly(filepath.Join(data, socketDir), func(file string) error {
		conn, err = net.Dial("unix", file)
		return err
	})
	return conn, err
}

// shortly gives the socket's name to work. An address of a socket has some hundred bytes at most: a longer one is reached
// through a link that lasts as long as the work.
func shortly(dir string, work func(file string) error) error {
	if file := filepath.Join(dir, socketFile); len(file) <= 100 {
		return work(file)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "hudang-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	link := filepath.Join(temp, "data")
	if err := os.Symlink(dir, link); err != nil {
		return err
	}
	return work(filepath.Join(link, socketFile))
}
