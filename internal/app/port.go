package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hudang/internal/web"
)

// answer is one server at a listener.
type answer struct {
	*http.Server
	begin func() error
}

// answers are the servers at one address: one, or with encryption a second that leads plain requests on.
func (a *App) answers(l net.Listener, h http.Handler) []answer {
	main := newServer(h, a.Log)
	if a.encrypted == nil {
		return []answer{{main, func() error { return main.Serve(l) }}}
	}
	main.TLSConfig = a.encrypted
	plain := &plainSide{Listener: l, taken: make(chan net.Conn), closed: make(chan struct{})}
	side := newServer(toHTTPS(h), a.Log)
	return []answer{
		{main, func() error { return main.ServeTLS(bothSides{l, plain}, "", "") }},
		{side, func() error { return side.Serve(plain) }},
	}
}

func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, WriteTimeout: 5 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(handshakes{log.Handler()}, slog.LevelError)}
}

// handshakes keeps what strangers do wrong while they connect out of the program's log, unless everything is wanted in it: a
// browser that does not trust the authority yet, or one that was led on.
type handshakes struct{ slog.Handler }

func (h handshakes) Handle(ctx context.Context, r slog.Record) error {
	if !strings.HasPrefix(r.Message, "http: TLS handshake error") {
		return h.Handler.Handle(ctx, r)
	}
	if r.Level = slog.LevelDebug; !h.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// toHTTPS leads whoever typed a bare address to the encrypted one. What it takes to trust that one comes without it, so that
// nobody learns to wave a browser's warning away. The answer is for this once: the choice may be changed back.
func toHTTPS(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case web.Unencrypted(r.URL.Path):
			pages.ServeHTTP(w, r)
		case r.Host == "":
			http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
		default:
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, "https://"+r.Host+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		}
	})
}

// bothSides gives the connections of a listener to the encrypted server, which looks at how each begins in its own time.
type bothSides struct {
	net.Listener
	plain *plainSide
}

func (l bothSides) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &beginning{Conn: c, plain: l.plain}, nil
}

// helloByte is how every TLS connection begins, and no request of plain HTTP.
const helloByte = 22

var errPlain = errors.New("plain http: led on")

// beginning is a connection of which nothing was read yet. One that begins as plain HTTP goes to the plain side when it is
// first read; for the encrypted server it has ended. The plain server sets deadlines of its own.
type beginning struct {
	net.Conn
	plain *plainSide
	known bool // only the handshake reads before it is
	gone  atomic.Bool
}

func (c *beginning) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.known || n == 0 {
		return n, err
	}
	if c.known = true; p[0] == helloByte {
		return n, err
	}
	c.gone.Store(true)
	c.plain.take(&begun{c.Conn, bytes.Clone(p[:n])})
	return 0, errPlain
}

func (c *beginning) Close() error {
	if c.gone.Load() {
		return nil
	}
	return c.Conn.Close()
}

// begun is a connection with what was already read of it.
type begun struct {
	net.Conn
	read []byte
}

func (c *begun) Read(p []byte) (int, error) {
	if len(c.read) == 0 {
		return c.Conn.Read(p)
	}
	n := copy(p, c.read)
	c.read = c.read[n:]
	return n, nil
}

// plainSide is the listener of the plain connections; the address is the other's, who accepts and closes it.
type plainSide struct {
	net.Listener
	taken  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *plainSide) take(c net.Conn) {
	select {
	case l.taken <- c:
	case <-l.closed:
		_ = c.Close()
	}
}

func (l *plainSide) Accept() (net.Conn, error) {
	select {
	case c := <-l.taken:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *plainSide) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}
