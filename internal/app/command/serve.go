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
	"hudang/internal/platform/errs"
	"hudang/internal/platform/i18n"
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
	a, err := app.Open(ctx, app.Options{Data: *data, Log: logger(c), Gallery: true, Render: renderer(*data)})
	if err != nil {
		return stuck, errors.Join(app.Words(err, i18n.Chinese), l.Close())
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
	encryption := c.flags.String("tls", "", "own: by this installation's own authority; off: none; or CERT.pem,KEY.pem; kept for the next time")
	lang := c.flags.String("lang", string(i18n.Chinese), "language of what is said")
	if err := c.flags.Parse(c.args); err != nil {
		return stuck, err
	}
	if *data == "" {
		return stuck, errors.New("serve needs --data DIR")
	}
	words := i18n.Lang(*lang)
	chosen, err := app.ChooseEncryption(*data, *addr, *encryption)
	if errs.Is(err, errs.Blocked) && c.in != nil {
		chosen, err = askEncryption(c, *addr, words, err)
	}
	if err != nil {
		return stuck, app.Words(err, words)
	}
	a, err := app.Open(ctx, app.Options{Data: *data, Database: *database, Log: logger(c), Render: renderer(*data)})
	if err != nil {
		return stuck, app.Words(err, words)
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return stuck, errors.Join(err, a.Close(ctx))
	}
	err = a.Secure(chosen)
	if err == nil {
		err = announce(ctx, c, a, l, words)
	}
	if err != nil {
		return stuck, errors.Join(app.Words(err, words), l.Close(), a.Close(ctx))
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
