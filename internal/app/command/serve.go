package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"strings"

	"hudang/internal/app"
)

const defaultAddr = "127.0.0.1:8420"

func demo(ctx context.Context, c *call) (int, error) {
	data := c.flags.String("data", ".demo", "data folder")
	addr := c.flags.String("addr", defaultAddr, "address to listen at")
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return stuck, err
	}
	fmt.Fprintf(c.err, "Hudang 户档 http://%s\n", l.Addr())
	a, err := app.Open(ctx, app.Options{Data: *data, Log: logger(c), Gallery: true, Render: renderer()})
	if err != nil {
		return stuck, errors.Join(err, l.Close())
	}
	filled := make(chan error, 1)
	served := make(chan error, 1)
	filling := app.Filling(a.Handler)
	go func() { served <- a.Serve(ctx, l, filling) }()
	go func() { filled <- a.Fill(ctx, c.err) }()
	if err := <-filled; err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	filling.Done()
	links, err := a.DemoLinks(ctx)
	if err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	for _, link := range links {
		fmt.Fprintf(c.out, "%-15s %s\thttp://%s%s\n", link.Post, link.Name, l.Addr(), link.Path)
	}
	return good, errors.Join(<-served, a.Close(context.WithoutCancel(ctx)))
}

func serve(ctx context.Context, c *call) (int, error) {
	data := c.flags.String("data", "", "data folder")
	addr := c.flags.String("addr", defaultAddr, "address to listen at")
	database := c.flags.String("database", "", "PostgreSQL URL; without it SQLite in the data folder")
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	if *data == "" {
		return stuck, errors.New("serve needs --data DIR")
	}
	a, err := app.Open(ctx, app.Options{Data: *data, Database: *database, Log: logger(c), Render: renderer()})
	if err != nil {
		return stuck, err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	code, err := a.BeginSetup(ctx)
	if err != nil {
		return stuck, errors.Join(err, l.Close(), a.Close(ctx))
	}
	fmt.Fprintf(c.err, "Hudang 户档 http://%s\n", l.Addr())
	if code != "" { // to standard output, which is not kept as a log is
		fmt.Fprintf(c.out, "No account yet. Open http://%s and set up with this code, good until this program ends: %s\n", l.Addr(), code)
	}
	return good, errors.Join(a.Serve(ctx, l, a.Handler), a.Close(context.WithoutCancel(ctx)))
}

func logger(c *call) *slog.Logger { return slog.New(slog.NewJSONHandler(c.err, nil)) }

func version(_ context.Context, c *call) (int, error) {
	text := "hudang"
	if info, ok := debug.ReadBuildInfo(); ok {
		text += " " + info.Main.Version + " " + info.GoVersion
		for _, s := range info.Settings {
			if strings.HasPrefix(s.Key, "vcs.revision") {
				text += " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintln(c.out, text)
	return good, err
}
