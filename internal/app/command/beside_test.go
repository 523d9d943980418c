package command_test

import (
	"bytes"
	"context"
	"fmt"
	"net/rpc"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"hudang/internal/app"
	"hudang/internal/app/apptest"
	"hudang/internal/app/command"
	"hudang/internal/platform/access"
)

// listening takes commands for a company.
func listening(t *testing.T, c *apptest.Company) (stop func()) {
	t.Helper()
	end, err := command.Beside(t.Context(), c.App, c.Data)
	if err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		if err := end(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// said is a command that must end with a code and say something.
func said(t *testing.T, code int, says string, args ...string) string {
	t.Helper()
	got, out, errOut := run(t, args...)
	if got != code || !strings.Contains(out+errOut, says) {
		t.Errorf("%v: %d, want %d with %q\n%s%s", args, got, code, says, out, errOut)
	}
	return out
}

// large is a roster of many flats.
func large(t *testing.T, flats int) (file string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("楼栋,单元,房号,业主姓名,联系电话\n")
	for i := range flats {
		fmt.Fprintf(&b, "%d,1,%d,业主%d,138%08d\n", i/100+1, i%100+101, i, i)
	}
	file = filepath.Join(t.TempDir(), "大.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// What a command does beside the serving program stands on its pages at once, and the person's files are read and written
// where the person is.
func TestBeside_TheServingProgramDoesTheWork(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		boss := c.SignIn(t, "sunli", access.Company, access.Manager)
		listening(t, c)
		t.Chdir(t.TempDir())
		if err := os.WriteFile("花名册.csv", []byte(rosterCSV), 0o600); err != nil {
			t.Fatal(err)
		}
		into := func(estate string) []string { return []string{"--data", c.Data, "--estate", estate} }
		said(t, 0, "新增：房屋 2，业户 3", append([]string{"import", "花名册.csv", "--create"}, into("三期")...)...)
		if p := boss.Get("/households?estate=0&q=王芳"); !strings.Contains(p.Body, "王芳") {
			t.Errorf("not on the page: %d %s", p.Status, p.Path)
		}
		said(t, 0, "部分隐去", append([]string{"export", "out.xlsx"}, into("三期")...)...)
		said(t, 2, "没有覆盖", append([]string{"export", "out.xlsx"}, into("三期")...)...)
		said(t, 2, "is not there", append([]string{"import", "没有.csv", "--lang=en"}, into("三期")...)...)
		said(t, 2, "没有项目 四期", append([]string{"export", "四.xlsx"}, into("四期")...)...)
		said(t, 0, "相同：房屋 2", append([]string{"import", "out.xlsx"}, into("三期")...)...)
		if _, err := os.Stat("四.xlsx"); err == nil {
			t.Error("an export that was refused left a file")
		}
		said(t, 0, "三期", "controls", "--data", c.Data, "--database", c.Database)
		add := []string{"user", "add", "--data", c.Data, "--login", "limin", "--name", "李敏", "--post", "cashier@三期"}
		link := said(t, 0, "/enter/", add...)
		if p := c.Stranger(t).Post(strings.TrimSpace(link), url.Values{}); p.Status != 200 || p.Path != "/account/password" {
			t.Errorf("the link of a new account: %d at %s", p.Status, p.Path)
		}
		said(t, 1, "已有人用", add...)

		var both sync.WaitGroup
		for _, name := range []string{"五期", "六期"} {
			both.Go(func() {
				said(t, 0, "新增：房屋 2，业户 3", append([]string{"import", "花名册.csv", "--create"}, into(name)...)...)
			})
		}
		both.Wait()
	})
}

// A data folder may have any name: an address of a socket may not.
func TestBeside_FolderOfALongName(t *testing.T) {
	t.Chdir(t.TempDir())
	data := strings.Repeat("一个名字很长的文件夹/", 8) + "data"
	out := waiting("设置码")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- command.CarryOut(ctx, []string{"serve", "--data", data, "--addr", "127.0.0.1:0"}, nil, out, waiting("never"))
	}()
	<-out.said
	said(t, 0, "/enter/", "user", "add", "--data", data, "--login", "sunli", "--name", "孙丽", "--post", "manager")
	for name, mode := range map[string]os.FileMode{"run": 0o700, "run/socket": 0o600} {
		if info, err := os.Stat(filepath.Join(data, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("ended with %d", code)
	}
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "hudang-[0-9]*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A socket that a killed program left is nobody's: a command takes the lock, and the next program listens.
func TestBeside_SocketOfAKilledProgram(t *testing.T) {
	data, _ := hired(t)
	l, err := command.ListenIn(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	reset := []string{"user", "reset", "--data", data, "--login", "sunli"}
	said(t, 0, "/enter/", reset...)
	a, err := app.Open(t.Context(), app.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	said(t, 2, "现在不接受命令", reset...)
	stop, err := command.Beside(t.Context(), a, data)
	if err != nil {
		t.Fatal(err)
	}
	said(t, 0, "/enter/", reset...)
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// A program of another version, one that breaks off, and one that asks for files nobody named.
func TestBeside_ProgramThatCannotBeTrusted(t *testing.T) {
	data, file := hired(t)
	a, err := app.Open(t.Context(), app.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	l, err := command.ListenIn(data)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	answer := func(with func(far *rpc.Client)) {
		go func() {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			far := rpc.NewClient(conn)
			defer far.Close()
			with(far)
		}()
	}
	get := []string{"import", file, "--data", data, "--estate", "东区"}
	answer(func(far *rpc.Client) { _ = far.Call("Caller.Hello", "hudang v9", new([]string)) })
	said(t, 2, "hudang v9 正在运行", get...)
	answer(func(far *rpc.Client) { _ = far.Call("Caller.Hello", "hudang v9", new([]string)) })
	said(t, 2, "of another version", append(get, "--lang", "en")...)
	answer(func(*rpc.Client) {})
	said(t, 2, "中途断开", get...)
	secret := filepath.Join(data, "master.key")
	made := filepath.Join(data, "made")
	heard := make(chan error, 2)
	answer(func(far *rpc.Client) {
		heard <- far.Call("Caller.Read", secret, new([]byte))
		heard <- far.Call("Caller.Create", made, new(int))
	})
	said(t, 2, "中途断开", get...)
	for range 2 {
		if err := <-heard; err == nil {
			t.Error("a file nobody named was opened")
		}
	}
	answer(func(far *rpc.Client) { heard <- far.Call("Caller.Create", made, new(int)) })
	said(t, 2, "中途断开", "export", made, "--data", data, "--estate", "东区")
	if err := <-heard; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(made); err == nil {
		t.Error("half a file was left")
	}
}

// When the program stops in mid-import the person is told so; when the person stops it, the import stops and can be taken up.
func TestBeside_StoppedInMidImport(t *testing.T) {
	file := large(t, 4000)
	for _, who := range []struct{ name, says, state string }{
		{"program", "户档停下了", ""}, {"person", `(?s)写入停在半路.*中断.*批号 \d+`, "已停止"},
	} {
		t.Run(who.name, func(t *testing.T) {
			c := apptest.Open(t)
			boss := c.SignIn(t, "sunli", access.Company, access.Manager)
			stop := listening(t, c)
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			var out, errOut bytes.Buffer
			ended := make(chan int, 1)
			go func() {
				ended <- command.Run(ctx, []string{"import", file, "--data", c.Data, "--estate", "三期", "--create"}, &out, &errOut)
			}()
			running := regexp.MustCompile(`已做 [1-9]`)
			for !running.MatchString(boss.Get("/jobs").Body) {
				select {
				case code := <-ended:
					t.Fatalf("ended by itself: %d\n%s%s", code, &out, &errOut)
				case <-time.After(20 * time.Millisecond):
				}
			}
			if who.name == "person" {
				interrupt()
			} else {
				stop()
			}
			if code := <-ended; code != 2 || !regexp.MustCompile(who.says).MatchString(errOut.String()) {
				t.Errorf("%d\n%s%s", code, &out, &errOut)
			}
			for deadline := time.Now().Add(20 * time.Second); !strings.Contains(boss.Get("/jobs").Body, who.state); time.Sleep(20 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("the import is not %s", who.state)
				}
			}
		})
	}
}
