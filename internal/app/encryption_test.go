package app_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/render/rendertest"
	"hudang/internal/platform/tlsca"
)

// served is a company at a real listener.
type served struct {
	*apptest.Company
	t     *testing.T
	at    string // host and port
	roots *x509.CertPool
}

// serve serves a company, encrypted as choice says, until the test ends; then everything must have stopped by itself.
func serve(t *testing.T, addr, choice string) *served {
	t.Helper()
	s := &served{Company: apptest.Open(t), t: t, roots: x509.NewCertPool()}
	if choice != "" {
		e, err := app.ParseEncryption(choice)
		if err == nil {
			err = s.App.Secure(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.App.Serve(ctx, l, s.App.Handler) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving ended: %v", err)
		}
	})
	_, port, _ := net.SplitHostPort(l.Addr().String())
	s.at = net.JoinHostPort("127.0.0.1", port)
	return s
}

// way is how a browser comes, with a connection for each request; limits may change what it accepts.
func (s *served) way(limits ...func(*tls.Config)) http.RoundTripper {
	config := &tls.Config{RootCAs: s.roots, Time: s.Clock.Now}
	for _, limit := range limits {
		limit(config)
	}
	way := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true, DisableKeepAlives: true}
	s.t.Cleanup(way.CloseIdleConnections)
	return way
}

// ask asks once and follows nothing.
func (s *served) ask(method, address string, way http.RoundTripper, header ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, address, strings.NewReader("a=b"))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := way.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

// trust brings the authority to this browser, as a person does: over the plain page.
func (s *served) trust() *x509.Certificate {
	s.t.Helper()
	res, body := s.ask("GET", "http://"+s.at+"/ca.crt", s.way())
	c, err := x509.ParseCertificate([]byte(body))
	if err != nil || res.Header.Get("Content-Type") != "application/x-x509-ca-cert" {
		s.t.Fatalf("%d %s: %v", res.StatusCode, res.Header.Get("Content-Type"), err)
	}
	s.roots.AddCert(c)
	return c
}

func TestServe_ByItsOwnAuthority(t *testing.T) {
	s := serve(t, "127.0.0.1:0", "own")
	if _, err := s.way().RoundTrip(get(t, "https://"+s.at+"/sign-in")); err == nil {
		t.Fatal("a browser that does not know the authority took it")
	}
	authority := s.trust()
	if res, body := s.ask("GET", "http://"+s.at+"/ca", s.way()); res.StatusCode != http.StatusOK || !strings.Contains(body, tlsca.Fingerprint(authority)[:23]) || !strings.Contains(body, "受信任的根证书颁发机构") {
		t.Errorf("the page in words: %d", res.StatusCode)
	}
	res, _ := s.ask("GET", "https://"+s.at+"/sign-in", s.way())
	if res.StatusCode != http.StatusOK || res.ProtoMajor != 2 || res.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("%d by %s, HSTS %q", res.StatusCode, res.Proto, res.Header.Get("Strict-Transport-Security"))
	}
	for _, v := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		if res, _ := s.ask("GET", "https://"+s.at+"/sign-in", s.way(func(c *tls.Config) { c.MaxVersion = v })); res.TLS.Version != v {
			t.Errorf("spoke %x, want %x", res.TLS.Version, v)
		}
	}
	if old, err := tls.Dial("tcp", s.at, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		_ = old.Close()
		t.Error("TLS 1.1 was taken")
	}
	if strings.Contains(s.Log.Text(), "handshake") && strings.Contains(s.Log.Text(), `"level":"ERROR"`) {
		t.Errorf("what strangers do wrong is in the log:\n%s", s.Log.Text())
	}
}

func TestServe_LeadsPlainHTTPOn(t *testing.T) {
	s := serve(t, "127.0.0.1:0", "own")
	for _, method := range []string{"GET", "POST"} {
		res, _ := s.ask(method, "http://"+s.at+"/units?building=1&q=%E5%BC%A0", s.way())
		if to := res.Header.Get("Location"); res.StatusCode != http.StatusTemporaryRedirect || to != "https://"+s.at+"/units?building=1&q=%E5%BC%A0" {
			t.Errorf("%s: %d to %s", method, res.StatusCode, to)
		}
	}
	if res, _ := s.ask("POST", "http://"+s.at+"/sign-in", s.way()); res.StatusCode != http.StatusTemporaryRedirect || len(res.Cookies()) != 0 {
		t.Errorf("signing in without encryption: %d %v", res.StatusCode, res.Cookies())
	}
	slow, err := net.Dial("tcp", s.at) // one that sends letter by letter is led on too
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	for _, b := range []byte("GET /x HTTP/1.1\r\nHost: desk\r\n\r\n") {
		if _, err := slow.Write([]byte{b}); err != nil {
			t.Fatal(err)
		}
	}
	start := make([]byte, 300)
	if n, err := slow.Read(start); err != nil || !bytes.Contains(start[:n], []byte("Location: https://desk/x\r\n")) {
		t.Errorf("%q %v", start[:n], err)
	}
	silent, err := net.Dial("tcp", s.at) // and one that only connects keeps nobody from stopping
	if err != nil {
		t.Fatal(err)
	}
	_ = silent.Close()
}

func TestServe_CertificateAnewWithoutARestart(t *testing.T) {
	s := serve(t, "127.0.0.1:0", "own")
	s.trust()
	first, _ := s.ask("GET", "https://"+s.at+"/sign-in", s.way())
	s.Clock.Move(380 * 24 * time.Hour)
	second, _ := s.ask("GET", "https://"+s.at+"/sign-in", s.way())
	a, b := first.TLS.PeerCertificates[0], second.TLS.PeerCertificates[0]
	if a.Equal(b) || !b.NotAfter.After(s.Clock.Now().AddDate(1, 0, 0)) {
		t.Errorf("until %v, then until %v", a.NotAfter, b.NotAfter)
	}
}

// Sessions, form tokens and the refusal of other sites are the same by both ways; only the cookie's name and its Secure differ.
func TestServe_SessionsByBothWays(t *testing.T) {
	for choice, cookie := range map[string]string{"own": "__Host-hudang", "off": "hudang"} {
		t.Run(choice, func(t *testing.T) {
			s := serve(t, "127.0.0.1:0", choice)
			base := "http://" + s.at
			if choice == "own" {
				s.trust()
				base = "https://" + s.at
			}
			jar := &jar{s.way(), map[string]*http.Cookie{}}
			b := s.Over(t, base, jar)
			s.Enter(t, b, "zhouqian", s.Garden, access.Assistant)
			if c := jar.set[cookie]; c == nil || c.Secure != (choice == "own") || !c.HttpOnly || c.Domain != "" || c.Path != "/" {
				t.Errorf("the cookie: %v", c)
			}
			if p := b.Get("/units"); p.Path != "/units" || strings.Contains(p.Body, "未加密") {
				t.Errorf("signed in: %d at %s", p.Status, p.Path)
			}
			if p := b.Submit("/", "/display", url.Values{"lang": {"en"}}); p.Status != http.StatusOK || jar.set["lang"].Secure {
				t.Errorf("the language: %d %v", p.Status, jar.set["lang"])
			}
			if p := b.Post("/sign-out", nil); p.Status != http.StatusForbidden {
				t.Errorf("a form without its token: %d", p.Status)
			}
			for header, from := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
				if res, _ := s.ask("POST", base+"/sign-in", s.way(), header, from); res.StatusCode != http.StatusForbidden {
					t.Errorf("%s: %s came through: %d", header, from, res.StatusCode)
				}
			}
			for header, from := range map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": base} {
				if res, _ := s.ask("POST", base+"/sign-in", s.way(), header, from, "Content-Type", "application/x-www-form-urlencoded"); res.StatusCode != http.StatusUnprocessableEntity {
					t.Errorf("%s: %s was refused: %d", header, from, res.StatusCode)
				}
			}
			if p := b.Submit("/", "/sign-out", nil); p.Path != "/sign-in" {
				t.Errorf("a form with its token: %d at %s", p.Status, p.Path)
			}
		})
	}
}

// A form whose files are read as they arrive sets deadlines of its own, which HTTP/2 keeps in another way.
func TestServe_TakesScansEncrypted(t *testing.T) {
	s := serve(t, "127.0.0.1:0", "own")
	s.trust()
	b := s.Over(t, "https://"+s.at, s.way())
	s.Enter(t, b, "zhouqian", s.Garden, access.Assistant)
	scan := rendertest.JPEG(t, 3000, 4000)
	if len(scan) < 4<<20 { // many windows of a stream, and some MiB of pace
		scan = append(scan, make([]byte, 4<<20)...)
	}
	to := s.Home.Path() + "/papers/new"
	p := b.Upload(to+"?line=title", to, url.Values{"place": {"B-02-4"}}, apptest.File{Name: "产权证.jpg", Content: scan})
	if p.Status != http.StatusOK || p.Path != s.Home.Path() {
		t.Errorf("%d bytes: %d at %s", len(scan), p.Status, p.Path)
	}
}

// Whoever works over a connection that others can read along is told so on every page; elsewhere nobody is.
func TestServe_SaysThatItIsNotEncrypted(t *testing.T) {
	for _, c := range []struct {
		addr, choice, scheme string
		told                 bool
	}{{"0.0.0.0:0", "off", "http://", true}, {"127.0.0.1:0", "", "http://", false}, {"127.0.0.1:0", "off", "http://", false}, {"0.0.0.0:0", "own", "https://", false}} {
		s := serve(t, c.addr, c.choice)
		if c.choice == "own" {
			s.trust()
		}
		b := s.Over(t, c.scheme+s.at, s.way())
		s.Enter(t, b, "zhouqian", s.Garden, access.Assistant)
		if p := b.Get("/units"); strings.Contains(p.Body, "连接未加密") != c.told || strings.Contains(p.Body, `href="/ca"`) != c.told {
			t.Errorf("at %s, %q: told %v", c.addr, c.choice, !c.told)
		}
		if p := b.Get("/ca"); c.choice != "own" && !strings.Contains(p.Body, "--tls own") {
			t.Errorf("the way to encrypt: %d", p.Status)
		}
		if p := b.Get("/ca.crt"); (p.Status == http.StatusOK) != (c.choice == "own") {
			t.Errorf("the certificate, %q: %d", c.choice, p.Status)
		}
	}
}

// Before the first account there is nobody to sign in, and the set-up itself comes over an encrypted connection.
func TestServe_TrustComesBeforeTheSetUp(t *testing.T) {
	s := serve(t, "127.0.0.1:0", "own")
	if _, err := s.App.BeginSetup(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.trust()
	b := s.Over(t, "https://"+s.at, s.way())
	if p := b.Get("/"); p.Path != "/setup" {
		t.Errorf("at %s", p.Path)
	}
	if p := b.Get("/ca"); p.Path != "/ca" || p.Status != http.StatusOK {
		t.Errorf("%d at %s", p.Status, p.Path)
	}
}

func TestSecure_WithFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, raw []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	pair := func(name string) (cert, key string) {
		here := tlsca.Names{Hosts: []string{"localhost"}}
		if _, err := tlsca.Open(filepath.Join(dir, name+".pem"), here, clock.System{}.Now()); err != nil {
			t.Fatal(err)
		}
		raw, _ := os.ReadFile(filepath.Join(dir, name+".pem"))
		first, rest := pem.Decode(raw)
		return write(name+".crt", pem.EncodeToMemory(first)), write(name+".key", rest)
	}
	cert, key := pair("one")
	_, other := pair("two")
	c := apptest.Open(t)
	for _, wrong := range []struct{ choice, refusal string }{
		{cert + "," + other, "tls.error.pair"}, {cert + "," + write("broken.key", []byte("-----BEGIN")), "tls.error.pair"},
		{cert + "," + filepath.Join(dir, "none.key"), "tls.error.file"}, {filepath.Join(dir, "none.crt") + "," + key, "tls.error.file"},
	} {
		e, err := app.ParseEncryption(wrong.choice)
		if err == nil {
			err = c.App.Secure(e)
		}
		if errs.As(err) == nil || errs.As(err).Key != wrong.refusal {
			t.Errorf("%s: %v, want %s", wrong.choice, err, wrong.refusal)
		}
	}
	if _, err := os.Stat(filepath.Join(c.Data, "tls", "choice.txt")); err == nil {
		t.Error("a choice that does not work was kept")
	}
	s := serve(t, "127.0.0.1:0", cert+","+key)
	res, _ := s.ask("GET", "https://"+s.at+"/sign-in", s.way(func(c *tls.Config) { c.InsecureSkipVerify = true }))
	if want, _ := tls.LoadX509KeyPair(cert, key); !res.TLS.PeerCertificates[0].Equal(want.Leaf) {
		t.Error("another certificate than the file's")
	}
}

func TestChooseEncryption(t *testing.T) {
	data := t.TempDir()
	choose := func(addr, flag, want, refusal string) {
		t.Helper()
		e, err := app.ChooseEncryption(data, addr, flag)
		if refusal != "" && (errs.As(err) == nil || errs.As(err).Key != refusal) || refusal == "" && err != nil || e.String() != want {
			t.Errorf("%s %q: %q %v, want %q %s", addr, flag, e, err, want, refusal)
		}
	}
	for _, addr := range []string{"127.0.0.1:8420", "localhost:8420", "[::1]:8420", "127.0.0.2:80"} {
		choose(addr, "", "", "") // an older folder, as before
	}
	for _, addr := range []string{"0.0.0.0:8420", ":8420", "[::]:8420", "192.168.1.5:8420", "desk:8420"} {
		choose(addr, "", "", "tls.error.unchosen")
	}
	choose("0.0.0.0:8420", "own", "own", "")
	choose("0.0.0.0:8420", "on", "", "tls.error.choice")
	choose("0.0.0.0:8420", "a.pem,", "", "tls.error.choice")
	choose("0.0.0.0:8420", "/x/a.pem, /x/a.key", "/x/a.pem,/x/a.key", "")
	if err := os.MkdirAll(filepath.Join(data, "tls"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "tls", "choice.txt"), []byte("off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	choose("0.0.0.0:8420", "", "off", "")
	choose("0.0.0.0:8420", "own", "own", "")
}

func TestSecure_KeepsTheChoiceForItsOwnerAlone(t *testing.T) {
	c := apptest.Open(t)
	for _, choice := range []string{"own", "off"} {
		e, _ := app.ParseEncryption(choice)
		if err := c.App.Secure(e); err != nil {
			t.Fatal(err)
		}
		if kept, err := app.ChooseEncryption(c.Data, "0.0.0.0:1", ""); err != nil || kept != e {
			t.Errorf("%q kept as %q, %v", choice, kept, err)
		}
	}
	for _, name := range []string{"choice.txt", "authority.pem"} {
		if info, err := os.Stat(filepath.Join(c.Data, "tls", name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	if err := os.WriteFile(filepath.Join(c.Data, "tls", "authority.pem"), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	e, _ := app.ParseEncryption("own")
	if err := c.App.Secure(e); errs.As(err) == nil || errs.As(err).Key != "tls.error.authority" {
		t.Errorf("a broken authority: %v", err)
	}
}

func get(t *testing.T, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// jar keeps the cookies that are set as they were sent.
type jar struct {
	http.RoundTripper
	set map[string]*http.Cookie
}

func (j *jar) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := j.RoundTripper.RoundTrip(r)
	if err == nil {
		for _, c := range res.Cookies() {
			j.set[c.Name] = c
		}
	}
	return res, err
}
