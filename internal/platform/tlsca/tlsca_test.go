package tlsca_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hudang/internal/platform/clock"
	"hudang/internal/platform/tlsca"
)

var morning = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

// names are a machine's, at an address of the office and at one of a provider.
func names(addrs ...string) tlsca.Names {
	n := tlsca.Names{Hosts: []string{"front-desk", "localhost"}}
	for _, a := range addrs {
		n.Addrs = append(n.Addrs, netip.MustParseAddr(a))
	}
	return n
}

func authority(t *testing.T, file string) *tlsca.Authority {
	t.Helper()
	a, err := tlsca.Open(file, names("192.168.1.5", "202.96.128.86"), morning)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// trusted reports why a browser that has the authority does not take a certificate.
func trusted(a *tlsca.Authority, leaf *x509.Certificate, name string, at time.Time) error {
	roots := x509.NewCertPool()
	roots.AddCert(a.Certificate)
	_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: name, CurrentTime: at})
	return err
}

func TestAuthority_IsMadeOnceAndSignsServersOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "authority.pem")
	a := authority(t, file)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info.Mode(), err)
	}
	again := authority(t, file)
	c := again.Certificate
	if !c.Equal(a.Certificate) {
		t.Error("made a second time")
	}
	if !c.IsCA || !c.MaxPathLenZero || c.KeyUsage != x509.KeyUsageCertSign || !slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}) {
		t.Errorf("it may: %v %v %v %v", c.IsCA, c.MaxPathLenZero, c.KeyUsage, c.ExtKeyUsage)
	}
	if want := morning.AddDate(10, 0, 0); !c.NotAfter.Equal(want) {
		t.Errorf("it ends %v, want %v", c.NotAfter, want)
	}
}

// What is signed with the authority's key for a bank, by whoever stole it, no browser takes.
func TestAuthority_StolenIsGoodForNothingOnTheInternet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "authority.pem")
	a := authority(t, file)
	stolen, err := tls.LoadX509KeyPair(file, file)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(draft x509.Certificate) *x509.Certificate {
		draft.SerialNumber, draft.NotBefore, draft.NotAfter = big.NewInt(2), morning, morning.AddDate(1, 0, 0)
		der, err := x509.CreateCertificate(rand.Reader, &draft, a.Certificate, key.Public(), stolen.PrivateKey)
		if err != nil {
			t.Fatal(err)
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if err := trusted(a, sign(x509.Certificate{DNSNames: []string{"desk.lan"}}), "desk.lan", morning); err != nil {
		t.Errorf("a name of the office: %v", err)
	}
	if trusted(a, sign(x509.Certificate{DNSNames: []string{"www.bank.example"}}), "www.bank.example", morning) == nil {
		t.Error("it signs for a bank")
	}
	if trusted(a, sign(x509.Certificate{IPAddresses: []net.IP{net.IPv4(8, 8, 8, 8)}}), "8.8.8.8", morning) == nil {
		t.Error("it signs for an address of the internet")
	}
}

func TestServer_AnewNearItsEndAndAtNewAddresses(t *testing.T) {
	a := authority(t, filepath.Join(t.TempDir(), "authority.pem"))
	now, here := clock.At(morning), names("127.0.0.1", "192.168.1.5")
	s := &tlsca.Server{Authority: a, Clock: now, Names: func() (tlsca.Names, error) { return here, nil }}
	ask := func(at string) *x509.Certificate {
		t.Helper()
		c, err := s.Certificate(&tls.ClientHelloInfo{Conn: connection{at: at}})
		if err != nil {
			t.Fatal(err)
		}
		return c.Leaf
	}
	first := ask("192.168.1.5:8420")
	for _, name := range []string{"front-desk", "localhost", "127.0.0.1", "192.168.1.5"} {
		if err := trusted(a, first, name, morning); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d := first.NotAfter.Sub(first.NotBefore); d > 397*24*time.Hour {
		t.Errorf("it lasts %v", d)
	}
	if now.Move(300 * 24 * time.Hour); !ask("192.168.1.5:8420").Equal(first) {
		t.Error("made anew without need")
	}
	now.Move(70 * 24 * time.Hour)
	second := ask("192.168.1.5:8420")
	if second.Equal(first) || trusted(a, second, "192.168.1.5", now.Now().AddDate(1, 0, 0)) != nil {
		t.Error("not made anew near its end")
	}
	here = names("127.0.0.1", "192.168.7.20")
	third := ask("192.168.7.20:8420")
	if err := trusted(a, third, "192.168.7.20", now.Now()); err != nil {
		t.Errorf("at a new address: %v", err)
	}
	here = names("127.0.0.1", "192.168.7.20", "8.8.8.8") // which this authority may not sign
	strange := ask("8.8.8.8:8420")
	if err := trusted(a, strange, "192.168.7.20", now.Now()); err != nil {
		t.Errorf("beside an address it may not sign: %v", err)
	}
	if !ask("8.8.8.8:8420").Equal(strange) {
		t.Error("made anew at each connection")
	}
	now.Move(9 * 366 * 24 * time.Hour)
	if last := ask("192.168.7.20:8420"); last.NotAfter.After(a.Certificate.NotAfter) {
		t.Error("it outlives its authority")
	}
}

// connection is one of which only its own end is known.
type connection struct {
	net.Conn
	at string
}

func (c connection) LocalAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(c.at))
}

func TestOpen_ABrokenFileIsNotReplaced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "authority.pem")
	authority(t, file)
	if err := os.WriteFile(file, []byte("-----BEGIN CERTIFICATE-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tlsca.Open(file, names(), morning); err == nil {
		t.Error("opened a broken file")
	}
	if raw, _ := os.ReadFile(file); len(raw) > 100 {
		t.Error("a broken file was replaced: every computer would have to trust another authority")
	}
}

func TestHere_HasLocalhost(t *testing.T) {
	n, err := tlsca.Here()
	if err != nil || !slices.Contains(n.Hosts, "localhost") || !slices.Contains(n.Addrs, netip.MustParseAddr("127.0.0.1")) {
		t.Errorf("%v %v", n, err)
	}
}

func TestFingerprint_AsPeopleCompareIt(t *testing.T) {
	c := authority(t, filepath.Join(t.TempDir(), "authority.pem")).Certificate
	print, err := hex.DecodeString(strings.ReplaceAll(tlsca.Fingerprint(c), ":", ""))
	if err != nil || len(print) != 32 {
		t.Errorf("%q: %v", tlsca.Fingerprint(c), err)
	}
	if groups := strings.Fields(tlsca.Thumbprint(c)); len(groups) != 5 || len(groups[0]) != 8 {
		t.Errorf("%q", groups)
	}
}
