package web

import (
	"crypto/x509"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/tlsca"
)

// EncryptionPath is the page in words about encryption: how this server's authority is brought to a computer or a phone, or
// how encryption is switched on.
const EncryptionPath = "/ca"

const certificatePath = "/ca.crt"

// Unencrypted reports what a server that encrypts answers without it too: what it takes to trust it.
func Unencrypted(path string) bool {
	return path == EncryptionPath || path == certificatePath || path == display || strings.HasPrefix(path, "/static/")
}

func (s *Site) authority() *x509.Certificate {
	if s.cfg.Authority == nil {
		return nil
	}
	return s.cfg.Authority()
}

func (s *Site) encryption(w http.ResponseWriter, r *http.Request) error {
	p := page.Page{Title: i18n.T(r.Context(), "web.encryption"), Bare: true, Body: plainBody()}
	if c := s.authority(); c != nil {
		p.Title, p.Body = i18n.T(r.Context(), "web.trust"), trustBody(trustView{rows(tlsca.Fingerprint(c)), tlsca.Thumbprint(c), c.Subject.CommonName, r.Host})
	}
	return s.kit.Render(w, r, http.StatusOK, p)
}

// certificate gives the authority's certificate in the form that systems install, and whose file has the fingerprint as its
// own SHA-256.
func (s *Site) certificate(w http.ResponseWriter, r *http.Request) error {
	c := s.authority()
	if c == nil {
		return s.kit.NotFound(w, r)
	}
	w.Header().Set("Content-Type", "application/x-x509-ca-cert")
	_, err := w.Write(c.Raw)
	return err
}

// trustView is the page that says how a computer comes to trust this server.
type trustView struct {
	fingerprint []string // in rows, as eyes compare it
	thumbprint  string
	name        string
	host        string
}

func rows(fingerprint string) (all []string) {
	for row := range slices.Chunk(strings.Split(fingerprint, ":"), 8) {
		all = append(all, strings.Join(row, ":"))
	}
	return all
}

// numbered are the keys of a way's steps, in order.
func numbered(way string, n int) (all []string) {
	for i := range n {
		all = append(all, "web.way."+way+"."+strconv.Itoa(i+1))
	}
	return all
}
