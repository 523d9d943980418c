// Command bench measures the product against its budgets (design §10) and prints Markdown for docs/performance.md.
//
// Every figure is a rate or a time beside its bare counterpart from the same run on the same machine; only the ratios
// travel. Nothing here is a test: tests are never timed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"strconv"
	"time"

	"hudang/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context) error {
	var (
		door    = flag.Bool("door", false, "the write door beside bare SQL")
		verify  = flag.Int("verify", 0, "verify a log of so many operations of six rows")
		pages   = flag.Bool("pages", false, "the import of -rows flats, and the pages over them, beside bare SQL")
		only    = flag.String("only", "", "of -pages those with this in their name")
		rows    = flag.Int("rows", 10_000, "flats of -pages")
		keep    = flag.String("keep", "", "folder where the company of -pages is kept and found again; on PostgreSQL with -postgres only")
		server  = flag.String("postgres", "", "address of an empty database for -pages on a PostgreSQL that runs, instead of one of the run's own")
		load    = flag.String("load", "", "sign-in links of running programs, with commas between, each with #PID where its processor time is wanted: browsers ask them for pages in turns; -only, -clients (one number), -rounds and -span count")
		engine  = flag.String("engine", "both", "sqlite, postgres or both")
		clients = flag.String("clients", "1,4,16", "how many at once")
		span    = flag.Duration("span", 3*time.Second, "how long each measurement lasts")
		rounds  = flag.Int("rounds", 2, "how often each is repeated, in turns")
		dir     = flag.String("dir", "", "folder for the SQLite databases, on the disk to be measured (default: the temporary one)")
		profile = flag.String("cpuprofile", "", "write a CPU profile of the whole run")
	)
	flag.Parse()
	if *load != "" {
		browsers, err := strconv.Atoi(*clients)
		if err != nil {
			return err
		}
		return benchLoad(ctx, *load, *only, browsers, *rounds, *span)
	}
	app.LimitMemory() // as the program does
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	tmp, err := os.MkdirTemp(*dir, "hudang-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	engines, shut, err := startEngines(*engine, tmp, *server)
	if err != nil {
		return err
	}
	defer shut()
	fmt.Printf("%s, %s/%s, %d processors.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if *door {
		if err := benchDoor(ctx, engines, *clients, *span, *rounds); err != nil {
			return err
		}
	}
	if *verify > 0 {
		if err := benchVerify(ctx, engines, *verify); err != nil {
			return err
		}
	}
	if *pages {
		return benchPages(ctx, engines, *rows, *keep, *only, *span)
	}
	return nil
}
