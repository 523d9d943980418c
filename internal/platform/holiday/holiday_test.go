package holiday_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/holiday"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

var world = optest.World{Migrations: []fs.FS{holiday.Module.Files}, Tables: [][]evidence.Table{holiday.Module.Tables}, Ops: holiday.Module.Ops}

// notice2028 is made up, in the manner of the notices.
const notice2028 = `2028年放假安排
一、元旦：1月1日（周六）至3日（周一）放假，共3天。
二、春节：1月25日（周二）至31日（周一）放假调休，共7天。1月23日（周日）、2月5日（周六）上班。
三、国庆节：10月1日至8日放假调休，共8天。`

func record(t *testing.T, d *op.Door, text, reason string) (holiday.Recorded, error) {
	t.Helper()
	manager := optest.As(t.Context(), 1, access.Company, access.Manager)
	out, err := op.Run(manager, d, holiday.RecordNotice, holiday.NoticeIn{Text: text, Reason: reason})
	return out.Out, err
}

func field(err error) (key string) {
	for _, f := range errs.As(err).Fields {
		key += f.Name + " " + f.Key
	}
	return key
}

func TestRecordNotice_AYearToCome(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		if out, err := record(t, d, notice2028, ""); err != nil || out.Year != 2028 || out.Same {
			t.Fatal(out, err)
		}
		c, err := holiday.Calendar(t.Context(), d.DB.Read())
		if err != nil {
			t.Fatal(err)
		}
		from, _ := cn.ParseStored("2028-01-21")
		if got, err := c.AddWorkdays(from, 3); err != nil || got.String() != "2028-02-01" {
			t.Errorf("the third workday after 21 January, which are 23, 24 and 1 February: %s, %v", got, err)
		}
		leaves := optest.Leaves(t, d, access.Company)
		if out, err := record(t, d, notice2028+"\n（转发）", ""); err != nil || !out.Same {
			t.Error("the same days again:", out, err)
		}
		if optest.Leaves(t, d, access.Company) != leaves+1 {
			t.Error("recording again leaves its leaf")
		}
		other := strings.Replace(notice2028, "10月1日至8日放假调休，共8天", "10月1日至5日放假调休，共5天", 1)
		if _, err := record(t, d, other, ""); field(err) != "reason holiday.error.why" {
			t.Error("other days without a reason:", err)
		}
		if _, err := record(t, d, other, "补充通知"); err != nil {
			t.Error(err)
		}
		years, err := holiday.Years(t.Context(), d.DB.Read())
		if err != nil || len(years) != 3 || years[0].Year != 2028 || years[0].Shipped || years[0].Rows[4].To.String() != "2028-10-05" || !years[1].Shipped {
			t.Errorf("%+v, %v", years, err)
		}
	})
}

func TestRecordNotice_WhatIsPastStays(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		begun := "2026年\n一、元旦：1月1日至2日放假，共2天。"
		if _, err := record(t, d, begun, "更正"); field(err) != "text holiday.error.past" {
			t.Error("a year that has begun, with days gone by changed:", err)
		}
		if _, err := record(t, d, "2024年\n一、元旦：1月1日放假。", "补登"); field(err) != "text holiday.error.old" {
			t.Error("a year gone by:", err)
		}
		if _, err := record(t, d, strings.Replace(notice2028, "（周二）", "（周三）", 1), ""); field(err) != "text cn.notice.weekday" {
			t.Error("a slip of the copyist:", err)
		}
	})
}

func TestDuty_FromNovember(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		who := access.Actor{Account: 1, Grants: []access.Grant{{Post: access.Manager, Estate: access.Company}}}
		due := func(today string) []duty.Due {
			t.Helper()
			all, err := duty.Gather(t.Context(), d.DB.Read(), holiday.Module.Duties, who, access.Company, today, today)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		for today, want := range map[string]int{"2026-12-01": 0, "2027-10-31": 0, "2027-11-01": 1, "2027-12-02": 1, "2028-01-01": 1, "2028-11-01": 2} {
			if got := due(today); len(got) != want {
				t.Errorf("%s: %+v, want %d", today, got, want)
			}
		}
		if got := due("2027-12-02"); got[0].Urgency != duty.Late {
			t.Errorf("in December it is late: %+v", got)
		}
		d.Clock.(*clock.Manual).Move(24 * time.Hour)
		if _, err := record(t, d, notice2028, ""); err != nil {
			t.Fatal(err)
		}
		if got := due("2027-12-02"); len(got) != 0 {
			t.Errorf("recorded: %+v", got)
		}
	})
}
