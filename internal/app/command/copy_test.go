package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hudang/internal/app"
	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func TestCopy_BesideARunningProgramOpensAndVerifies(t *testing.T) {
	dir, _ := installation(t)
	a, err := app.Open(t.Context(), app.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	ctx := optest.As(t.Context(), 1, access.Company, access.Manager)
	if _, err := op.Run(ctx, a.Door, estate.CreateEstate, estate.CreateEstateIn{Name: "金融中心"}); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "copy")
	code, out, errOut := run(t, "copy", dest, "--data", dir)
	if code != 0 || !strings.Contains(out, "没有发现改动") || !strings.Contains(out, "密钥库没有复制") {
		t.Fatalf("copy: %d\n%s%s", code, out, errOut)
	}
	if _, err := os.Stat(filepath.Join(dest, "keys.db")); err == nil {
		t.Error("the key store went with the copy")
	}
	if code, _, errOut := run(t, "copy", dest, "--data", dir); code != 2 || !strings.Contains(errOut, "已有内容") {
		t.Errorf("copying over something: %d %s", code, errOut)
	}
	whole, keys := t.TempDir(), t.TempDir()
	if code, out, errOut := run(t, "copy", "--data", dir, "--keys", keys, whole); code != 0 {
		t.Fatalf("with keys: %d\n%s%s", code, out, errOut)
	}
	for _, name := range []string{"keys.db", "master.key"} {
		if err := os.Rename(filepath.Join(keys, name), filepath.Join(whole, name)); err != nil {
			t.Fatal(err)
		}
	}
	b, err := app.Open(t.Context(), app.Options{Data: whole})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close(t.Context())
	all, err := estate.Estates(t.Context(), b.Door.DB.Read(), access.From(ctx).Scope([]access.Post{access.Manager}, access.Company))
	if err != nil || len(all) != 2 {
		t.Errorf("the copy has %d estates, %v", len(all), err)
	}
}

func TestDoctor_NamesWhatIsWrong(t *testing.T) {
	dir, _ := installation(t)
	if code, out, errOut := run(t, "doctor", "--data", dir); code != 0 || !strings.Contains(out, "✓ 密钥库与日志相符") || !strings.Contains(out, "! 备份") {
		t.Fatalf("healthy: %d\n%s%s", code, out, errOut)
	}
	if err := os.WriteFile(filepath.Join(dir, "identity.txt"), []byte("hudang/other+1+x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "blobs")); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := run(t, "doctor", "--data", dir, "--lang", "en"); code != 1 || !strings.Contains(out, "✗ Key store") || !strings.Contains(out, "✗ Folder of scans") {
		t.Errorf("ill: %d\n%s", code, out)
	}
	if code, out, _ := run(t, "doctor", "--data", dir, "--json"); code != 1 || !strings.Contains(out, `"state": "bad"`) {
		t.Errorf("as JSON: %d\n%s", code, out)
	}
}
