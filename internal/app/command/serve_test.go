package command_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"hudang/internal/app/command"
)

// console is what a program says, for reading while it runs.
type console struct {
	mu   sync.Mutex
	text bytes.Buffer
	said chan struct{} // closed at the first line that has what is waited for
	wait string
}

func waiting(text string) *console { return &console{said: make(chan struct{}), wait: text} }

func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := strings.Contains(c.text.String(), c.wait)
	n, err := c.text.Write(p)
	if !before && strings.Contains(c.text.String(), c.wait) {
		close(c.said)
	}
	return n, err
}

func (c *console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

// started serves a data folder until it says that it waits for its set-up, and gives what it said.
func started(t *testing.T, in io.Reader, args ...string) (said string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, errOut := waiting("设置码"), waiting("never")
	ended := make(chan int, 1)
	go func() { ended <- command.CarryOut(ctx, append([]string{"serve"}, args...), in, out, errOut) }()
	select {
	case <-out.said:
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("%v ended with %d\n%s", args, code, errOut)
		}
	case code := <-ended:
		t.Fatalf("%v: %d\n%s%s", args, code, out, errOut)
	}
	return out.String() + errOut.String()
}

func TestServe_AtAnAddressOfTheNetworkAsksOnce(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	serve := []string{"--data", data, "--addr", "0.0.0.0:0"}
	refused := func(in io.Reader, says ...string) {
		t.Helper()
		var out, errOut bytes.Buffer
		code := command.CarryOut(t.Context(), append([]string{"serve"}, serve...), in, &out, &errOut)
		for _, s := range says {
			if code != 2 || !strings.Contains(errOut.String(), s) {
				t.Errorf("%d without %q\n%s", code, s, &errOut)
			}
		}
	}
	refused(nil, "--tls own", "--tls 证书.pem,密钥.pem", "--tls off")
	refused(strings.NewReader("\n"), "选 1、2 或 3", "--tls own")
	refused(strings.NewReader(""), "--tls own")
	refused(strings.NewReader("2\n/no/cert.pem\n/no/key.pem\n"), "/no/cert.pem")
	if _, err := os.Stat(filepath.Join(data, "tls", "choice.txt")); err == nil {
		t.Fatal("a refused start kept a choice")
	}
	said := started(t, strings.NewReader("1\n"), serve...)
	if !strings.Contains(said, "选 1、2 或 3") || !strings.Contains(said, "户档 https://") {
		t.Errorf("asked, then serving:\n%s", said)
	}
	if !regexp.MustCompile(`(?s)打开 http://\S+/ca .*SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\n.*SHA-1 +([0-9A-F]{8} ?){5}`).MatchString(said) {
		t.Errorf("no fingerprint to compare:\n%s", said)
	}
	again := started(t, strings.NewReader("3\n"), serve...)
	if strings.Contains(again, "选 1、2 或 3") || !strings.Contains(again, "https://") {
		t.Errorf("asked again, or forgot:\n%s", again)
	}
	code, health, _ := run(t, "doctor", "--data", data)
	if code != 0 || !strings.Contains(health, "✓ 连接加密  own  ") {
		t.Errorf("doctor: %d\n%s", code, health)
	}
	if plain := started(t, nil, append(serve, "--tls", "off")...); !strings.Contains(plain, "户档 http://") || !strings.Contains(plain, "连接未加密") || strings.Contains(plain, "SHA-256") {
		t.Errorf("changed to off:\n%s", plain)
	}
	if _, health, _ := run(t, "doctor", "--data", data); !strings.Contains(health, "! 连接加密  off") {
		t.Errorf("doctor:\n%s", health)
	}
	if kept := started(t, nil, serve...); !strings.Contains(kept, "户档 http://") {
		t.Errorf("the change was not kept:\n%s", kept)
	}
}

func TestServe_OnThisMachineAloneIsAsBefore(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	said := started(t, strings.NewReader("1\n"), "--data", data, "--addr", "127.0.0.1:0")
	if !strings.Contains(said, "户档 http://127.0.0.1:") || strings.Contains(said, "未加密") || strings.Contains(said, "选 1") {
		t.Errorf("said:\n%s", said)
	}
	if _, err := os.Stat(filepath.Join(data, "tls")); err == nil {
		t.Error("a choice was kept though nobody was asked")
	}
	if code, _, errOut := run(t, "serve", "--data", data, "--addr", "127.0.0.1:0", "--tls", "on", "--lang", "en"); code != 2 || !strings.Contains(errOut, `does not know "on"`) {
		t.Errorf("a wrong flag: %d %s", code, errOut)
	}
}

// Who has the authority's key can pose as the server: it goes where the keys go, never with the data.
func TestCopy_LeavesTheAuthorityWithTheKeys(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	started(t, nil, "--data", data, "--addr", "127.0.0.1:0", "--tls", "own")
	dest, keys := filepath.Join(t.TempDir(), "copy"), filepath.Join(t.TempDir(), "keys")
	if code, out, errOut := run(t, "copy", dest, "--data", data, "--keys", keys); code != 0 {
		t.Fatalf("copy: %d\n%s%s", code, out, errOut)
	}
	secret := []byte("PRIVATE KEY")
	err := filepath.WalkDir(dest, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if raw, err := os.ReadFile(path); err != nil || bytes.Contains(raw, secret) || strings.Contains(path, "tls") {
			t.Errorf("%s went with the data, %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if raw, err := os.ReadFile(filepath.Join(keys, "tls", "authority.pem")); err != nil || !bytes.Contains(raw, secret) {
		t.Errorf("not with the keys: %v", err)
	}
}
