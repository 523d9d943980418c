package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// work does something once; client and n say whose and which.
type work func(ctx context.Context, client, n int) error

// times are how long each piece of work took, how long all of them together, and the processor time this process
// spent on them: the one figure that other programs on the machine hardly disturb.
type times struct {
	each       []time.Duration
	whole, cpu time.Duration
}

func (t times) cpuEach() float64 { return t.cpu.Seconds() * 1e6 / float64(max(1, len(t.each))) }

func (t times) rate() float64 { return float64(len(t.each)) / t.whole.Seconds() }

func (t times) at(share float64) time.Duration {
	if len(t.each) == 0 {
		return 0
	}
	return t.each[min(len(t.each)-1, int(share*float64(len(t.each))))]
}

func (t times) String() string {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()*1000) }
	return fmt.Sprintf("%.0f · %s · %s · %.0f", t.rate(), ms(t.at(0.5)), ms(t.at(0.99)), t.cpuEach())
}

// measure lets clients work side by side for a while.
func measure(ctx context.Context, clients, from int, span time.Duration, do work) (times, error) {
	all := make([][]time.Duration, clients)
	errs := make([]error, clients)
	var wg sync.WaitGroup
	start, used := time.Now(), cpu()
	for c := range clients {
		wg.Go(func() {
			for n := from; time.Since(start) < span && errs[c] == nil && ctx.Err() == nil; n++ {
				t := time.Now()
				errs[c] = do(ctx, c, n)
				all[c] = append(all[c], time.Since(t))
			}
		})
	}
	wg.Wait()
	t := times{slices.Concat(all...), time.Since(start), cpu() - used}
	for _, err := range errs {
		if err != nil {
			return t, err
		}
	}
	return t, ctx.Err()
}

// benchDoor prints the table of the write door: (a) one bare row, (b) a receipt's six rows bare, (c) through the door.
func benchDoor(ctx context.Context, engines []engine, counts string, span time.Duration, rounds int) error {
	fmt.Println("ops/s · p50 · p99 (ms) · processor time of the program per operation (µs; PostgreSQL's own is not in it)")
	fmt.Println()
	fmt.Println("| engine | clients | (a) one bare row | (b) six rows, bare | (c) six rows, through the door | c : b | p99 c : b | budget |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, e := range engines {
		for count := range strings.SplitSeq(counts, ",") {
			clients, err := strconv.Atoi(count)
			if err != nil {
				return err
			}
			if err := benchClients(ctx, e, clients, span, rounds); err != nil {
				return fmt.Errorf("%s, %d clients: %w", e.name, clients, err)
			}
		}
	}
	fmt.Println()
	return nil
}

func benchClients(ctx context.Context, e engine, clients int, span time.Duration, rounds int) error {
	bareDesk, err := e.desk(ctx, fmt.Sprintf("bare%d", clients))
	if err != nil {
		return err
	}
	defer bareDesk.shut()
	b, err := newBare(ctx, bareDesk, clients)
	if err != nil {
		return err
	}
	defer b.close()
	doorDesk, err := e.desk(ctx, fmt.Sprintf("door%d", clients))
	if err != nil {
		return err
	}
	defer doorDesk.shut()
	kinds := []work{b.row, b.receipt, doorDesk.take}
	total := make([]times, len(kinds))
	const warm = 200 * time.Millisecond
	for round := range rounds {
		for i, do := range kinds {
			if _, err := measure(ctx, clients, round*2e6, warm, do); err != nil {
				return err
			}
			t, err := measure(ctx, clients, round*2e6+1e6, span, do)
			if err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%s, %d clients, %c: %s\n", e.name, clients, 'a'+rune(i), t.line())
			total[i].each = append(total[i].each, t.each...)
			total[i].whole += t.whole
			total[i].cpu += t.cpu
		}
	}
	for i := range total {
		slices.Sort(total[i].each)
	}
	ratio := total[2].rate() / total[1].rate()
	tail := float64(total[2].at(0.99)) / float64(total[1].at(0.99))
	fmt.Printf("| %s | %d | %s | %s | %s | %.0f %% | %.1f× | %s |\n", e.name, clients, total[0], total[1], total[2], ratio*100, tail, budget(e, clients, ratio, tail))
	return nil
}

func (t times) line() string {
	slices.Sort(t.each)
	return t.String()
}

// budget is what design §10 asks for, and whether it is met.
func budget(e engine, clients int, ratio, tail float64) string {
	mark := func(ok bool, text string) string {
		if ok {
			return text + ": met"
		}
		return text + ": **missed**"
	}
	switch {
	case clients == 1:
		return mark(ratio >= 0.55, "≥ 55 %")
	case clients == 16 && e.name == "SQLite":
		return mark(ratio >= 1, "≥ 100 %")
	case clients == 16:
		return mark(ratio >= 0.30 && tail <= 3, "≥ 30 %, p99 ≤ 3×")
	}
	return ""
}
