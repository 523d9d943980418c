package tlsca

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"hudang/internal/platform/disk"
)

const (
	day   = 24 * time.Hour
	early = day // a certificate begins this much before now: the office's clocks are not all right
	years = 10  // of the authority: bringing a new one to every machine is work
)

// Authority is an installation's own certificate authority.
type Authority struct {
	Certificate *x509.Certificate
	key         crypto.PrivateKey
}

// Open reads an authority from its file, and makes it the first time, for the names a machine has now.
func Open(file string, at Names, now time.Time) (*Authority, error) {
	a, err := Read(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return a, err
	}
	made, err := create(at, now)
	if err != nil {
		return nil, err
	}
	if err := disk.Write(file, made, 0o600); err != nil {
		return nil, err
	}
	return Read(file)
}

// Read reads an authority from its file.
func Read(file string) (*Authority, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(raw, raw)
	if err != nil {
		return nil, err
	}
	if !pair.Leaf.IsCA {
		return nil, fmt.Errorf("%s is no authority's", pair.Leaf.Subject)
	}
	return &Authority{pair.Leaf, pair.PrivateKey}, nil
}

// create makes certificate and key, in one file so that neither is ever without the other. The names it may sign are not
// marked critical: browsers that know such limits keep to them all the same, and old ones do not refuse the whole.
func create(at Names, now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	draft := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Hudang 户档 " + at.Hosts[0] + " " + strconv.Itoa(now.Year())},
		NotBefore: now.Add(-early), NotAfter: now.AddDate(years, 0, 0),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomains: at.domains(), PermittedIPRanges: at.nets(),
	}
	der, err := x509.CreateCertificate(rand.Reader, draft, draft, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return slices.Concat(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})), nil
}

// may leaves of a machine's names those that the authority may sign.
func (a *Authority) may(n Names) Names {
	var signed Names
	for _, h := range n.Hosts {
		if slices.ContainsFunc(a.Certificate.PermittedDNSDomains, func(top string) bool { return h == top || strings.HasSuffix(h, "."+top) }) {
			signed.Hosts = append(signed.Hosts, h)
		}
	}
	for _, addr := range n.Addrs {
		for _, in := range a.Certificate.PermittedIPRanges {
			if in.Contains(addr.AsSlice()) {
				signed.Addrs = append(signed.Addrs, addr)
				break
			}
		}
	}
	return signed
}

// Fingerprint is a certificate's SHA-256, as browsers and phones write it.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return grouped(sum[:], 1, ":")
}

// Thumbprint is its SHA-1, in the form in which Windows shows it while an authority is installed.
func Thumbprint(c *x509.Certificate) string {
	sum := sha1.Sum(c.Raw)
	return grouped(sum[:], 4, " ")
}

func grouped(sum []byte, size int, between string) string {
	var parts []string
	for part := range slices.Chunk(sum, size) {
		parts = append(parts, fmt.Sprintf("%X", part))
	}
	return strings.Join(parts, between)
}
