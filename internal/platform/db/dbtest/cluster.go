// Package dbtest gives tests a PostgreSQL of their own: a private cluster on a unix socket, and a fresh database per test.
//
// `make test` starts one cluster for the whole run (build/pgcluster) and names it in HUDANG_TEST_POSTGRES; a test run
// alone starts one for its own process. Either ends, and its files go, with the process that started it, however that
// one ends: the cluster's keeper reads a pipe that only this process holds open.
// It imports nothing of the house, so that package db can test with it.
package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// EnvURL names the variable with the address of a running cluster.
const EnvURL = "HUDANG_TEST_POSTGRES"

// ErrMissing is returned by Start where PostgreSQL's server programs are not installed.
var ErrMissing = errors.New("dbtest: no PostgreSQL server programs (initdb, postgres) here; `bash build/test` installs them")

// Quick settings: a test database need not survive the machine.
var quick = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=128MB",
}

// keeper starts the server, waits until its own input closes, then ends the server and removes the files.
// It ignores the signals of a terminal, so that an interrupted run is tidied up too.
const keeper = `trap "" HUP INT TERM
dir=$1; shift
{ "$@" >"$dir/log" 2>&1 </dev/null; : >"$dir/ended"; } &
while read -r line; do :; done
until [ -e "$dir/ended" ]; do kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")"; sleep 0.1; done 2>/dev/null
rm -rf "$dir"`

// Cluster is a running PostgreSQL that only this machine's users with access to its folder can reach.
type Cluster struct {
	// URL is the address of its maintenance database.
	URL string

	dir   string
	stdin io.Closer // closing it ends the cluster
	keep  *exec.Cmd
}

// Start makes and starts a cluster. Settings such as "fsync=on" are added to the quick ones and win over them.
func Start(settings ...string) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := socketDir()
	if err != nil {
		return nil, err
	}
	c, err := start(bin, dir, settings)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return c, nil
}

func start(bin, dir string, settings []string) (*Cluster, error) {
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := slices.Concat(as, []string{filepath.Join(bin, "initdb"), "--pgdata", data, "--username", "hudang",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"})
	cmd := exec.Command(initdb[0], initdb[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("dbtest: initdb: %w\n%s", err, out)
	}
	args := slices.Concat([]string{"-c", keeper, "keeper", dir}, as,
		[]string{filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses="})
	for _, s := range slices.Concat(quick, settings) {
		args = append(args, "-c", s)
	}
	c := &Cluster{URL: address(dir, "postgres"), dir: dir, keep: exec.Command("sh", args...)}
	c.keep.Dir = dir
	if c.stdin, err = c.keep.StdinPipe(); err != nil {
		return nil, fmt.Errorf("dbtest: %w", err)
	}
	if err := c.keep.Start(); err != nil {
		return nil, fmt.Errorf("dbtest: %w", err)
	}
	if err := c.ready(); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("dbtest: server did not start: %w\n%s", err, log), c.Stop())
	}
	return c, nil
}

// Stop ends the server at once and removes its files.
func (c *Cluster) Stop() error { return errors.Join(c.stdin.Close(), c.keep.Wait()) }

func (c *Cluster) ready() error {
	db, err := sql.Open("pgx", c.URL)
	if err != nil {
		return err
	}
	defer db.Close()
	for range 300 { // at most half a minute
		if err = db.Ping(); err == nil {
			return nil
		}
		if _, ended := os.Stat(filepath.Join(c.dir, "ended")); ended == nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// programs is the folder of the server programs: Debian keeps them out of PATH, one folder per version.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if len(found) == 0 {
		return "", ErrMissing
	}
	return filepath.Dir(found[0]), nil
}

// socketDir is a new folder with a path short enough for a unix socket (107 bytes with the socket's own name).
func socketDir() (string, error) {
	dir, err := os.MkdirTemp("", "hudang-pg-")
	if err == nil && len(dir) > 80 {
		err = errors.Join(os.Remove(dir), fmt.Errorf("%s: path too long for a unix socket, set TMPDIR to a shorter one", dir))
	}
	if err != nil {
		return "", fmt.Errorf("dbtest: %w", err)
	}
	return dir, nil
}

// unprivileged is what to put before a command so that it does not run as root, which PostgreSQL refuses;
// the folder goes to that user. Nothing for an ordinary user.
func unprivileged(dir string) ([]string, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("dbtest: no user to run PostgreSQL as: %w", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, fmt.Errorf("dbtest: %w", err)
	}
	return []string{"setpriv", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups", "--"}, nil
}

func address(dir, database string) string {
	query := url.Values{"host": {dir}, "user": {"hudang"}}
	return "postgres:///" + database + "?" + query.Encode()
}

// server is the cluster that this process's tests use.
type server struct {
	*sql.DB
	at  string
	own *Cluster // nil for one that `make test` started; held here because its end is the end of the cluster
}

// shared is the cluster named by the environment, or this process's own, which is never stopped: it ends with the process.
var shared = sync.OnceValues(func() (s server, err error) {
	if s.at = os.Getenv(EnvURL); s.at == "" {
		if s.own, err = Start(); err != nil {
			return s, err
		}
		s.at = s.own.URL
	}
	s.DB, err = sql.Open("pgx", s.at)
	return s, err
})

var made atomic.Int64

// Postgres is the address of an empty database (UTF-8, order by byte) that is dropped when the test ends.
// It skips under -short, and where PostgreSQL is not installed; in CI (CI=true) the latter fails.
func Postgres(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("PostgreSQL is left out of short tests")
	}
	s, err := shared()
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), made.Add(1))
	ctx := context.Background() // the test's own ends before its cleanup
	if _, err := s.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() {
		if _, err := s.ExecContext(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("dbtest: %v", err)
		}
	})
	return inDatabase(s.at, name)
}

// inDatabase is the address with another database's name.
func inDatabase(at, name string) string {
	before, query, _ := strings.Cut(at, "?")
	return before[:strings.LastIndex(before, "/")+1] + name + "?" + query
}
