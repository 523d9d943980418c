package tlsca

import (
	"net"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Names are what a server is reached by.
type Names struct {
	Hosts []string
	Addrs []netip.Addr
}

// Here are this machine's names and addresses as they are now.
func Here() (Names, error) {
	host, err := os.Hostname()
	if err != nil {
		return Names{}, err
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return Names{}, err
	}
	n := Names{Hosts: hosts(host)}
	for _, a := range all {
		if p, err := netip.ParsePrefix(a.String()); err == nil && typed(p.Addr()) {
			n.Addrs = append(n.Addrs, p.Addr())
		}
	}
	slices.SortFunc(n.Addrs, netip.Addr.Compare)
	return n, nil
}

// plainName is a name a certificate can bear: Windows lets people name a machine in Chinese.
var plainName = regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9_-]+)*$`)

func hosts(host string) []string {
	host = strings.ToLower(host)
	switch {
	case !plainName.MatchString(host) || host == "localhost":
		return []string{"localhost"}
	case strings.Contains(host, "."):
		return []string{host, "localhost"}
	}
	return []string{host, host + ".local", "localhost"} // phones find a machine by the second
}

// typed reports an address that somebody may type. Public addresses of version 6 change daily, and nobody does.
func typed(a netip.Addr) bool {
	return a.Is4() || a.IsLoopback() || a.IsPrivate()
}

// local are the networks and domains that are nobody's on the internet.
var (
	localNets = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"}
	localTops = []string{"localhost", "local", "lan", "internal", "home.arpa"}
)

// domains are what an authority made on a machine may sign.
func (n Names) domains() []string {
	all := slices.Concat(localTops, n.Hosts)
	slices.Sort(all)
	return slices.Compact(all)
}

// nets are the networks an authority made on a machine may sign addresses of.
func (n Names) nets() []*net.IPNet {
	var all []*net.IPNet
	for _, text := range localNets {
		all = append(all, netOf(netip.MustParsePrefix(text)))
	}
	for _, a := range n.Addrs {
		if !slices.ContainsFunc(all, func(in *net.IPNet) bool { return in.Contains(a.AsSlice()) }) {
			all = append(all, netOf(netip.PrefixFrom(a, a.BitLen())))
		}
	}
	return all
}

func netOf(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

// same reports that a machine is reached as before.
func (n Names) same(other Names) bool {
	return slices.Equal(n.Hosts, other.Hosts) && slices.Equal(n.Addrs, other.Addrs)
}
