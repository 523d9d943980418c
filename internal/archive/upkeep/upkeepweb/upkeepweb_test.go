package upkeepweb_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hudang/internal/app/apptest"
	"hudang/internal/archive/archivetest"
	"hudang/internal/archive/upkeep"
	"hudang/internal/platform/access"
	"hudang/internal/platform/job"
	"hudang/internal/platform/job/jobtest"
	"hudang/internal/platform/page/pagetest"
	"hudang/internal/platform/ref"
)

var jobAt = regexp.MustCompile(`^/jobs/([0-9]+)$`)

// A file of which one byte was altered is found by the button, shown to both who look after it, and to each what he may see.
func TestUpkeep_ADamagedFileIsFoundAndShown(t *testing.T) {
	apptest.Each(t, func(t *testing.T, c *apptest.Company) {
		keeper := c.SignIn(t, "zhouqian", c.Garden, access.Custodian)
		machine := c.SignIn(t, "wulei", access.Company, access.SystemAdmin)
		volume := archivetest.Volume(t, c.App.Door, c.Garden, ref.Ref{}, "装修档案")
		u := archivetest.Upload(t, c.App.Scans, volume, "leak.mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00leak"))
		item := archivetest.Item(t, c.App.Door, c.Garden, volume, "漏水录像", u)
		name := u.Stored.Name
		path := filepath.Join(c.Data, "blobs", name[:2], name[2:4], name)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)-1] ^= 1
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		c.Clock.Move(time.Second)
		pagetest.In(t, machine.Get(upkeep.Path).Body, ".facts", "未全部核对过") // what nobody looked at is not said to be well
		p := machine.Submit(upkeep.Path, upkeep.Path, nil)
		at := jobAt.FindStringSubmatch(p.Path)
		if at == nil {
			t.Fatalf("beginning: %d at %s", p.Status, p.Path)
		}
		if r := jobtest.Over(t, c.App.Door, ref.ParseID[job.ID](at[1])); r.State != job.Done || r.Done != 4096 {
			t.Fatalf("the job: %+v", r)
		}
		p = machine.Get(upkeep.Path)
		pagetest.In(t, p.Body, "tbody tr", name, "内容被改动", "澜庭花园", "2026-11-23")
		if strings.Contains(p.Body, item.Path()) || strings.Contains(p.Body, "漏水录像") {
			t.Error("whoever runs the machine is led to papers")
		}
		if p = keeper.Get(upkeep.Path); !strings.Contains(p.Body, `href="`+item.Path()+`"`) {
			t.Error("the custodian is not led to the paper")
		}
		for who, b := range map[string]*apptest.Client{"custodian": keeper, "system administrator": machine} {
			if p := b.Get("/"); !strings.Contains(p.Body, "1 个扫描文件读不出") {
				t.Errorf("not among the duties of the %s", who)
			}
		}
		clerk := c.SignIn(t, "sunjiu", c.Garden, access.Assistant)
		if p := clerk.Get(upkeep.Path); p.Status != http.StatusForbidden {
			t.Errorf("a clerk: %d", p.Status)
		}
	})
}
