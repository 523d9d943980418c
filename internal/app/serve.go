package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"hudang/internal/archive/upkeep"
	"hudang/internal/platform/viewlog"
)

const (
	checkpointEvery = time.Hour // reliability §3: hourly if changed
	shutdownGrace   = 10 * time.Second
)

// Serve answers requests until the context ends, cutting checkpoints meanwhile. It stops by itself when the disk has
// failed: nothing may be written any more, and the next start checks the data.
func (a *App) Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	return serve(ctx, l, h, func(stop context.CancelCauseFunc) {
		tick := time.NewTicker(checkpointEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-a.Door.DB.Broken():
				stop(errors.New("the disk failed; nothing more is written"))
				return
			case <-tick.C:
				if err := viewlog.SealAll(ctx, a.Door); err != nil {
					a.Log.Error("views are not sealed", "error", err)
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

// serve runs an HTTP server beside a watch until the context ends or the watch stops it.
func serve(ctx context.Context, l net.Listener, h http.Handler, watch func(context.CancelCauseFunc)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	go watch(stop)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	err := server.Shutdown(grace)
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		err = errors.Join(cause, err)
	}
	return err
}
