package estate_test

import (
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

func adding(p estate.PartyID, facts ...estate.ContactFacts) estate.AddContactIn {
	return estate.AddContactIn{Party: p, Contacts: facts}
}

func TestContact_SaysWhatIsWrongWithANumber(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		p := estatetest.Party(t, d, estatetest.Estate(t, d, "澜庭花园"), "张伟")
		for _, c := range []struct {
			kind  estate.ContactKind
			typed string
			key   string
		}{
			{"", "138 2607 551", "contact.error.short"},
			{estate.Mobile, "1382607551", "contact.error.short"},
			{"", "138 2607 55123", "contact.error.long"},
			{"", "13826075512/13926075512", "contact.error.several"},
			{"", "13826075512 / 35", "contact.error.several"},
			{"", "待补", "contact.error.not_number"},
			{"", "8231 1234", "cn.phone.no_area_code"},
			{"", "问邻居", "cn.phone.not_understood"},
			{estate.Mobile, "12345", "contact.error.kind"},
			{estate.Mobile, "020-82311234", "contact.error.kind"},
			{estate.Landline, "13826075512", "contact.error.kind"},
			{estate.Landline, "400-820-8820", "contact.error.kind"},
			{estate.NoPhone, "13826075512", "contact.error.none"},
		} {
			fails(t, d, estate.AddContact, adding(p, estate.ContactFacts{Kind: c.kind, Value: c.typed}), errs.Invalid, c.key)
		}
		fails(t, d, estate.AddContact, adding(p, estate.ContactFacts{Value: "13826075512"}, estate.ContactFacts{Value: "没有电话"}), errs.Invalid, "contact.error.none")
		if all := contacts(t, d, p); len(all) != 0 {
			t.Errorf("kept %+v", all)
		}
		estatetest.Do(t, d, estate.AddContact, adding(p, estate.ContactFacts{Value: "020-8231 1234"}, estate.ContactFacts{Kind: estate.OtherWay, Value: "门岗转告"}))
		if all := contacts(t, d, p); all[0].Kind != estate.Landline || all[1].Kind != estate.OtherWay || all[1].Value.Mask == "" {
			t.Errorf("kept %+v", all)
		}
	})
}

func TestContact_HavingNoneIsAnAnswerUntilANumberComes(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		p := estatetest.Party(t, d, estatetest.Estate(t, d, "澜庭花园"), "张伟")
		estatetest.Do(t, d, estate.AddContact, adding(p, estate.ContactFacts{Kind: estate.Mobile, Value: "没有电话"}))
		estatetest.Do(t, d, estate.AddContact, adding(p, estate.ContactFacts{Value: "不愿留。"}))
		all := contacts(t, d, p)
		if len(all) != 2 || all[0].Kind != estate.NoPhone || all[0].Whose != "不愿留。" || all[0].ValidFrom != "2026-11-23" || all[1].InForce() {
			t.Fatalf("asked twice: %+v", all)
		}
		estatetest.Do(t, d, estate.AddContact, adding(p, estate.ContactFacts{Value: phone}))
		all = contacts(t, d, p)
		if len(all) != 3 || all[0].Kind != estate.Mobile || all[1].InForce() || all[2].InForce() {
			t.Errorf("with a number: %+v", all)
		}
		fails(t, d, estate.AddContact, adding(p, estate.ContactFacts{Kind: estate.NoPhone}), errs.Invalid, "contact.error.has_phone")
		fails(t, d, estate.RestoreContact, all[1].ID, errs.Invalid, "contact.error.has_phone")
	})
}
