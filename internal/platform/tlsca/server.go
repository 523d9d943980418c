package tlsca

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"hudang/internal/platform/clock"
)

const (
	lasts = 397 * day // of a server's certificate: what browsers accept of public ones
	rest  = 30 * day  // how long before its end it is made anew
)

// Server gives every connection this machine's certificate, and makes it anew when it nears its end or the machine's
// addresses changed.
type Server struct {
	Authority *Authority
	Clock     clock.Clock
	Names     func() (Names, error) // nil: Here

	mu    sync.Mutex
	names Names
	made  *tls.Certificate
}

// Certificate is what tls.Config asks at each connection.
func (s *Server) Certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now()
	fits := s.made != nil && now.After(s.made.Leaf.NotBefore) && now.Before(s.made.Leaf.NotAfter.Add(-rest))
	if fits && s.covers(hello.Conn) {
		return s.made, nil
	}
	look := s.Names
	if look == nil {
		look = Here
	}
	names, err := look()
	if err != nil || fits && names.same(s.names) { // an address that the authority does not sign, or the machine does not know
		return s.made, err
	}
	made, err := s.Authority.issue(names, now)
	if err == nil {
		s.made, s.names = made, names
	}
	return made, err
}

// covers reports that the address at which somebody came is in the certificate.
func (s *Server) covers(conn net.Conn) bool {
	if conn == nil {
		return true
	}
	at, err := netip.ParseAddrPort(conn.LocalAddr().String())
	return err != nil || slices.Contains(s.names.Addrs, at.Addr().Unmap())
}

// issue signs a certificate for a server, with a key of its own.
func (a *Authority) issue(names Names, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	names = a.may(names)
	draft := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Hudang"},
		NotBefore: now.Add(-early), NotAfter: now.Add(lasts - early),
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: names.Hosts,
	}
	if draft.NotAfter.After(a.Certificate.NotAfter) {
		draft.NotAfter = a.Certificate.NotAfter
	}
	for _, addr := range names.Addrs {
		draft.IPAddresses = append(draft.IPAddresses, addr.AsSlice())
	}
	der, err := x509.CreateCertificate(rand.Reader, draft, a.Certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}
