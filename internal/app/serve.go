package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"hudang/internal/archive"
	"hudang/internal/archive/upkeep"
	"hudang/internal/platform/draft"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/viewlog"
)

const (
	checkpointEvery = time.Hour      // reliability §3: hourly if changed
	tablesEvery     = 24 * time.Hour // a look at tables reads the whole database: a minute at a million flats
	shutdownGrace   = 10 * time.Second
)

// Serve answers requests until the context ends, cutting checkpoints meanwhile. It stops by itself when the disk has
// failed: nothing may be written any more, and the next start checks the data. With an Encryption that Secure made ready it
// is encrypted.
func (a *App) Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	a.exposed.Store(a.Exposed(l))
	all := a.Addresses(l)
	a.reached.Store(&all)
	go a.lookAgain(ctx)
	servers := a.answers(l, h)
	for _, one := range servers {
		one.RegisterOnShutdown(a.live.Close) // streams last as long as their browsers: a server would wait for them
	}
	return serve(ctx, servers, func(stop context.CancelCauseFunc) {
		go a.watchTables(ctx)
		go a.watchMonths(ctx)
		tick := time.NewTicker(checkpointEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-a.Door.DB.Broken():
				stop(errs.E(errs.Unavailable, "cli.error.disk"))
				return
			case <-tick.C:
				if err := viewlog.SealAll(ctx, a.Door); err != nil {
					a.Log.Error("views are not sealed", "error", err)
				}
				if err := (draft.Store{Door: a.Door}).Expire(ctx); err != nil {
					a.Log.Error("old drafts", "error", err)
				}
				if err := upkeep.Daily(ctx, a.Door); err != nil {
					a.Log.Error("upkeep", "error", err)
				}
				if _, err := a.Checkpoint(ctx); err != nil {
					a.Log.Error("checkpoint", "error", err)
				}
			}
		}
	})
}

// lookAgain makes the decoders of papers ready, then looks once a minute at papers that were not looked at to their end.
func (a *App) lookAgain(ctx context.Context) {
	if err := a.Scans.Render.Warm(ctx); err != nil && ctx.Err() == nil {
		a.Log.Warn("the decoders of papers are not ready", "error", err)
	}
	l := &archive.Looker{Scans: a.Scans, Door: a.Door, Log: a.Log}
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		if err := l.Round(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("papers to look at again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// watchTables looks every day, first with the first tick after the start.
func (a *App) watchTables(ctx context.Context) {
	tick := time.NewTicker(checkpointEvery)
	defer tick.Stop()
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := a.Door.Clock.Now(); now.Sub(last) >= tablesEvery {
			last = now
			a.LookAtTables(ctx)
		}
	}
}

// serve runs servers beside a watch until the context ends, the watch stops them, or one of them fails.
func serve(ctx context.Context, all []answer, watch func(context.CancelCauseFunc)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go watch(stop)
	failed := make(chan error, len(all))
	for _, one := range all {
		go func() { failed <- one.begin() }()
	}
	var failures []error
	select {
	case err := <-failed:
		failures = append(failures, err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	for _, one := range all {
		failures = append(failures, one.Shutdown(grace))
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		failures = append(failures, cause)
	}
	return errors.Join(failures...)
}
