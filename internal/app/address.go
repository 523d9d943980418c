package app

import (
	"net"
	"strconv"
	"strings"

	"hudang/internal/platform/tlsca"
)

// Addresses are what people type to come to a listener: its own address, or all of this machine's when it listens at all.
func (a *App) Addresses(l net.Listener) []string {
	scheme := "http://"
	if a.encrypted != nil {
		scheme = "https://"
	}
	at, ok := l.Addr().(*net.TCPAddr)
	here, err := tlsca.Here()
	if !ok || !at.IP.IsUnspecified() || err != nil {
		return []string{scheme + l.Addr().String()}
	}
	var all []string
	for _, addr := range here.Addrs {
		if addr.Is4() && !addr.IsLoopback() {
			all = append(all, scheme+net.JoinHostPort(addr.String(), strconv.Itoa(at.Port)))
		}
	}
	return append(all, scheme+net.JoinHostPort("127.0.0.1", strconv.Itoa(at.Port)))
}

// office is the address by which other computers come to a host: where somebody sits at the server itself, its 127.0.0.1 becomes
// the first address in the office's network, if the program is served there.
func (a *App) office(host string) string {
	if all := a.reached.Load(); all != nil && loopback(host) {
		for _, address := range *all {
			if _, at, _ := strings.Cut(address, "://"); !loopback(at) {
				return at
			}
		}
	}
	return host
}

// Exposed reports that other computers can come to an address, and what they send is not encrypted.
func (a *App) Exposed(l net.Listener) bool {
	return a.encrypted == nil && !loopback(l.Addr().String())
}

// Prints are the fingerprints of the installation's own authority, for comparing; empty when it has none.
func (a *App) Prints() (fingerprint, thumbprint string) {
	if a.authority == nil {
		return "", ""
	}
	return tlsca.Fingerprint(a.authority), tlsca.Thumbprint(a.authority)
}
