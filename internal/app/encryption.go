package app

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"hudang/internal/platform/disk"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/tlsca"
)

// Encryption is how an installation is served to other computers. It is chosen once and kept in the data folder.
type Encryption struct {
	mode      string // empty: nothing was chosen, since nobody else can come
	cert, key string // of files
}

// The ways there are, as they are typed and kept; files are written CERT.pem,KEY.pem.
const (
	OwnAuthority = "own" // an authority of the installation signs; recommended
	Unencrypted  = "off"
	ownFiles     = "files"
)

// The files of the folder of encryption. Neither is ever part of a copy of the data (see Copy).
const (
	encryptionDir = "tls"
	choiceFile    = "choice.txt"
	authorityFile = "authority.pem"
)

// ParseEncryption reads a choice as it is typed: own, off, or CERT.pem,KEY.pem.
func ParseEncryption(text string) (Encryption, error) {
	text = strings.TrimSpace(text)
	if text == OwnAuthority || text == Unencrypted {
		return Encryption{mode: text}, nil
	}
	cert, key, both := strings.Cut(text, ",")
	if cert, key = strings.TrimSpace(cert), strings.TrimSpace(key); !both || cert == "" || key == "" {
		return Encryption{}, errs.E(errs.Invalid, "tls.error.choice", text)
	}
	var failed [2]error
	cert, failed[0] = filepath.Abs(cert) // the program may be started elsewhere next time
	key, failed[1] = filepath.Abs(key)
	return Encryption{ownFiles, cert, key}, errors.Join(failed[:]...)
}

// String writes a choice as it is typed.
func (e Encryption) String() string {
	if e.mode == ownFiles {
		return e.cert + "," + e.key
	}
	return e.mode
}

// ChooseEncryption is what the flag says, else what was chosen before. At an address that only this machine can reach
// nothing need be chosen; at any other it refuses with Blocked when nothing was.
func ChooseEncryption(data, addr, flag string) (Encryption, error) {
	if flag != "" {
		return ParseEncryption(flag)
	}
	kept, err := keptEncryption(data)
	if err == nil && kept.mode == "" && !loopback(addr) {
		err = errs.E(errs.Blocked, "tls.error.unchosen", addr)
	}
	return kept, err
}

// keptEncryption is the choice of a data folder; zero when none was made.
func keptEncryption(data string) (Encryption, error) {
	raw, err := os.ReadFile(filepath.Join(data, encryptionDir, choiceFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Encryption{}, nil
	}
	if err != nil {
		return Encryption{}, err
	}
	return ParseEncryption(string(raw))
}

// loopback reports an address that no other computer can reach.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// Secure makes ready what a choice needs and keeps the choice, once it is known to work. It comes before Serve.
func (a *App) Secure(e Encryption) error {
	if e.mode == "" {
		return nil
	}
	dir := filepath.Join(a.data, encryptionDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var err error
	switch e.mode {
	case OwnAuthority:
		err = a.byAuthority(filepath.Join(dir, authorityFile))
	case ownFiles:
		err = a.byFiles(e)
	}
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(dir, choiceFile), []byte(e.String()+"\n"), 0o600)
}

// byAuthority encrypts by the installation's own authority, which is made the first time.
func (a *App) byAuthority(file string) error {
	here, err := tlsca.Here()
	if err != nil {
		return err
	}
	authority, err := tlsca.Open(file, here, a.Door.Clock.Now())
	if err != nil {
		return errs.E(errs.Invalid, "tls.error.authority", file, err.Error()).Because(err)
	}
	server := &tlsca.Server{Authority: authority, Clock: a.Door.Clock}
	a.authority = authority.Certificate
	a.encrypted = &tls.Config{GetCertificate: server.Certificate, MinVersion: tls.VersionTLS12}
	return nil
}

// certificate is what browsers are asked to trust: the authority's, or the first of the files.
func (e Encryption) certificate(data string) (*x509.Certificate, error) {
	if e.mode == OwnAuthority {
		authority, err := tlsca.Read(filepath.Join(data, encryptionDir, authorityFile))
		if err != nil {
			return nil, err
		}
		return authority.Certificate, nil
	}
	pair, err := tls.LoadX509KeyPair(e.cert, e.key)
	return pair.Leaf, err
}

// byFiles encrypts by a certificate and a key that the company has.
func (a *App) byFiles(e Encryption) error {
	for _, file := range []string{e.cert, e.key} {
		if _, err := os.ReadFile(file); err != nil {
			return errs.E(errs.Invalid, "tls.error.file", file, err.Error()).Because(err)
		}
	}
	pair, err := tls.LoadX509KeyPair(e.cert, e.key)
	if err != nil {
		return errs.E(errs.Invalid, "tls.error.pair", e.cert, e.key, err.Error()).Because(err)
	}
	a.encrypted = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	return nil
}
