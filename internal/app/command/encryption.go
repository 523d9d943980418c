package command

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"

	"hudang/internal/app"
	"hudang/internal/platform/i18n"
	"hudang/internal/web"
)

// askEncryption asks at the terminal how connections are to be protected. Without an answer the refusal stands.
func askEncryption(c *call, addr string, lang i18n.Lang, refusal error) (app.Encryption, error) {
	answers := bufio.NewScanner(c.in)
	ask := func(key string, args ...any) string {
		fmt.Fprint(c.err, app.Say(lang, key, args...))
		answers.Scan()
		return strings.TrimSpace(answers.Text())
	}
	switch ask("tls.ask", addr) {
	case "1":
		return app.ParseEncryption(app.OwnAuthority)
	case "2":
		cert := ask("tls.ask.cert")
		return app.ParseEncryption(cert + "," + ask("tls.ask.key"))
	case "3":
		return app.ParseEncryption(app.Unencrypted)
	}
	return app.Encryption{}, refusal
}

// announce says where the program is reached, what other computers need for it, and the code of the first start.
func announce(ctx context.Context, c *call, a *app.App, l net.Listener, lang i18n.Lang) error {
	addresses := a.Addresses(l)
	for _, at := range addresses {
		fmt.Fprintln(c.err, a.Texts.Text(lang, "tls.served", at))
	}
	if a.Exposed(l) {
		fmt.Fprintln(c.err, a.Texts.Text(lang, "tls.plain"))
	}
	if fingerprint, thumbprint := a.Prints(); fingerprint != "" {
		page := strings.Replace(addresses[0], "https:", "http:", 1) + web.EncryptionPath // nothing is trusted yet
		fmt.Fprintln(c.err, a.Texts.Text(lang, "tls.trust", page, fingerprint, thumbprint))
	}
	code, err := a.BeginSetup(ctx)
	if err == nil && code != "" { // to standard output, which is not kept as a log is
		fmt.Fprintln(c.out, a.Texts.Text(lang, "tls.setup", addresses[0], code))
	}
	return err
}
