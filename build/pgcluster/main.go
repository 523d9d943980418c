// Command pgcluster runs a command beside a private PostgreSQL, whose address the command finds in HUDANG_TEST_POSTGRES:
//
//	go run ./build/pgcluster -- go test ./...
//
// All test processes then share one cluster. It ends with the command. Settings may stand before the dashes (fsync=on).
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"

	"hudang/internal/platform/db/dbtest"
)

func main() {
	at := slices.Index(os.Args, "--")
	if at < 0 || at == len(os.Args)-1 {
		fmt.Fprintln(os.Stderr, "usage: pgcluster [setting=value ...] -- command [argument ...]")
		os.Exit(2)
	}
	code, err := run(os.Args[1:at], os.Args[at+1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgcluster:", err)
	}
	os.Exit(code)
}

// run gives the command's own status, or 1 when it could not be run.
func run(settings, command []string) (int, error) {
	// A terminal's interrupt reaches the command too; its end is ours.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt, syscall.SIGTERM)
	cluster, err := dbtest.Start(settings...)
	if errors.Is(err, dbtest.ErrMissing) && os.Getenv("CI") != "true" {
		fmt.Fprintln(os.Stderr, "pgcluster:", err, "- going on without")
	} else if err != nil {
		return 1, err
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = os.Environ()
	if cluster != nil {
		cmd.Env = append(cmd.Env, dbtest.EnvURL+"="+cluster.URL)
		defer cluster.Stop()
	}
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil // -1: ended by a signal
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
