package estate_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
)

const (
	phone = "13800138000"
	idNo  = "11010519491231002X"
)

// fails says that an operation is refused with a kind and a key: the error's own, or a field's.
func fails[In, Out any](t *testing.T, d *op.Door, o *op.Op[In, Out], in In, kind errs.Kind, key string) {
	t.Helper()
	failsAs(t, estatetest.Manager(t), d, o, in, kind, key)
}

func failsAs[In, Out any](t *testing.T, ctx context.Context, d *op.Door, o *op.Op[In, Out], in In, kind errs.Kind, key string) {
	t.Helper()
	_, err := op.Run(ctx, d, o, in)
	if err == nil {
		t.Errorf("%s was carried out, want %s", o.Name(), key)
		return
	}
	e := errs.As(err)
	if e.Kind != kind {
		t.Errorf("%s: %v, want %v", o.Name(), err, kind)
	}
	for _, f := range e.Fields {
		if f.Key == key {
			return
		}
	}
	if e.Key != key {
		t.Errorf("%s: %v, want %s", o.Name(), err, key)
	}
}

func contacts(t *testing.T, d *op.Door, p estate.PartyID) []*estate.Contact {
	t.Helper()
	all, err := estate.ContactsOf(t.Context(), d.DB.Read(), p)
	if err != nil {
		t.Fatal(err)
	}
	return all[p]
}

func TestParty_NewNameIsDatedAndASlipIsNot(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		p := estatetest.Party(t, d, estatetest.Estate(t, d, "澜庭花园"), "张　伟")
		change := func(name, why string, slip bool) estate.ChangePartyIn {
			return estate.ChangePartyIn{ID: p, PartyFacts: estate.PartyFacts{Name: name}, Why: why, Correction: slip}
		}
		fails(t, d, estate.ChangeParty, change("张炜", "", false), errs.Invalid, "party.error.why")
		fails(t, d, estate.ChangeParty, estate.ChangePartyIn{ID: p, PartyFacts: estate.PartyFacts{Name: "张炜"}, Why: "x", On: "+1"}, errs.Invalid, "period.error.future")
		estatetest.Do(t, d, estate.ChangeParty, change("张炜", "按新身份证", false))
		estatetest.Do(t, d, estate.ChangeParty, change("张玮", "", true))
		former, err := estate.FormerNamesOf(t.Context(), d.DB.Read(), p)
		if err != nil || len(former[p]) != 1 || former[p][0].Name != "张伟" || former[p][0].ValidTo != "2026-11-23" || former[p][0].Why != "按新身份证" {
			t.Errorf("former names %+v, %v", former[p], err)
		}
		scope := access.From(estatetest.Manager(t)).Scope(access.Desk, access.Company)
		for _, name := range []string{"张伟", "张玮"} {
			if found, err := estate.SearchParties(t.Context(), d.DB.Read(), d.Vault, scope, name, "2026-11-23", 5); err != nil || len(found) != 1 {
				t.Errorf("%s: %v, %v", name, found, err)
			}
		}
	})
}

func TestParty_MaskedFactsStayUnlessTyped(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		e := estatetest.Estate(t, d, "澜庭花园")
		p := estatetest.Do(t, d, estate.AddParty, estate.AddPartyIn{Estate: e, PartyFacts: estate.PartyFacts{Name: "李敏", Birth: "1980.5.3", Note: "先打电话"}})
		change := func(birth, note string) {
			estatetest.Do(t, d, estate.ChangeParty, estate.ChangePartyIn{ID: p, PartyFacts: estate.PartyFacts{Name: "李敏", Birth: birth, Note: note}})
		}
		shown := func() (string, string) {
			why := masked.RevealIn{ID: int64(p), Why: masked.WhyService}
			birth, err := estate.RevealBirth.Reveal(estatetest.Manager(t), d, why)
			note, alsoErr := estate.RevealNote.Reveal(estatetest.Manager(t), d, why)
			if err != nil || alsoErr != nil {
				t.Fatal(err, alsoErr)
			}
			return birth.Clear, note.Clear
		}
		for _, step := range []struct{ birth, note, wantBirth, wantNote string }{
			{"", "", "1980-05-03", "先打电话"}, {"1980-06", "", "1980-06", "先打电话"}, {"无", "不接微信", "", "不接微信"}, {"", "无", "", ""},
		} {
			change(step.birth, step.note)
			if birth, note := shown(); birth != step.wantBirth || note != step.wantNote {
				t.Errorf("typed %q, %q: %q, %q", step.birth, step.note, birth, note)
			}
		}
	})
}

func TestContact_AddCorrectEndRestoreRank(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		e := estatetest.Estate(t, d, "澜庭花园")
		p := estatetest.Party(t, d, e, "张伟", phone)
		in := estate.AddContactIn{Party: p, Contacts: []estate.ContactFacts{{Value: "+86 139-0013-9000", Whose: "儿子"}, {}, {Kind: estate.Address, Value: "滨江路 12 号 3 栋"}}}
		estatetest.Do(t, d, estate.AddContact, in)
		fails(t, d, estate.AddContact, estate.AddContactIn{Party: p, Contacts: []estate.ContactFacts{{Value: "138 0013 8000"}}}, errs.Invalid, "contact.error.have")
		fails(t, d, estate.AddContact, estate.AddContactIn{Party: p}, errs.Invalid, "error.required")
		all := contacts(t, d, p)
		if len(all) != 3 || all[0].Value.Mask != "138****8000" || all[1].Whose != "儿子" || all[1].Kind != estate.Mobile || all[2].Rank != 3 {
			t.Fatalf("contacts %+v", all)
		}
		estatetest.Do(t, d, estate.RankContact, all[1].ID)
		estatetest.Do(t, d, estate.CorrectContact, estate.CorrectContactIn{ID: all[0].ID, ContactFacts: estate.ContactFacts{Whose: "白天"}})
		estatetest.Do(t, d, estate.CorrectContact, estate.CorrectContactIn{ID: all[1].ID, ContactFacts: estate.ContactFacts{Value: "13900139001"}})
		now := contacts(t, d, p)
		if now[0].ID != all[1].ID || now[0].Value.Mask != "139****9001" || now[1].Whose != "白天" || now[1].Value.Mask != "138****8000" {
			t.Errorf("after ranking and correcting: %+v", now)
		}
		fails(t, d, estate.EndContact, record.EndIn[estate.ContactID]{ID: all[0].ID}, errs.Invalid, "period.error.why")
		estatetest.Do(t, d, estate.EndContact, record.EndIn[estate.ContactID]{ID: all[0].ID, Why: "停机", On: "2026-11-20"})
		fails(t, d, estate.EndContact, record.EndIn[estate.ContactID]{ID: all[0].ID, Why: "停机"}, errs.Blocked, "period.error.ended")
		scope := access.From(estatetest.Manager(t)).Scope(access.Desk, e)
		found, err := estate.SearchParties(t.Context(), d.DB.Read(), d.Vault, scope, phone, "2026-11-23", 9)
		if err != nil || len(found) != 1 || found[0].ID != p {
			t.Errorf("a former number finds %v, %v", found, err)
		}
		estatetest.Do(t, d, estate.RestoreContact, all[0].ID)
		if now = contacts(t, d, p); !now[1].InForce() || now[1].Ended != "" {
			t.Errorf("after restoring: %+v", now[1])
		}
	})
}

func TestIdentity_WrongCheckDigitIsKeptAndNeverVerified(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		e := estatetest.Estate(t, d, "澜庭花园")
		p := estatetest.Party(t, d, e, "张伟")
		wrong := estate.AddIdentityIn{Party: p, IdentityFacts: estate.IdentityFacts{Number: "110105194912310021"}}
		fails(t, d, estate.AddIdentity, wrong, errs.Invalid, "cn.id.bad_check")
		wrong.DoubtWhy = "原登记表如此"
		id := estatetest.Do(t, d, estate.AddIdentity, wrong)
		fails(t, d, estate.VerifyIdentity, id, errs.Blocked, "identity.error.doubtful")
		correct := estate.CorrectIdentityIn{ID: id, IdentityFacts: estate.IdentityFacts{Number: strings.ToLower(idNo)}}
		estatetest.Do(t, d, estate.CorrectIdentity, correct)
		estatetest.Do(t, d, estate.VerifyIdentity, id)
		all, err := estate.IdentitiesOf(t.Context(), d.DB.Read(), p)
		if i := all[p][0]; err != nil || i.Verified != "2026-11-23" || i.VerifiedBy != 1 || i.Doubt != "" || i.DoubtWhy != "" || !strings.HasSuffix(i.Number.Mask, "002X") {
			t.Errorf("verified %+v, %v", i, err)
		}
		estatetest.Do(t, d, estate.CorrectIdentity, correct)
		if all, err = estate.IdentitiesOf(t.Context(), d.DB.Read(), p); err != nil || all[p][0].Verified != "" {
			t.Errorf("a corrected number is still verified: %+v, %v", all[p][0], err)
		}
		estatetest.Do(t, d, estate.CorrectIdentity, estate.CorrectIdentityIn{ID: id, IdentityFacts: estate.IdentityFacts{Expires: "2036-05-01"}})
		estatetest.Do(t, d, estate.EndIdentity, record.EndIn[estate.IdentityID]{ID: id, Why: "换证"})
		fails(t, d, estate.VerifyIdentity, id, errs.Blocked, "period.error.ended")
		estatetest.Do(t, d, estate.RestoreIdentity, id)
	})
}

func TestIdentity_AnothersNumberIsSaidWithoutAName(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心")
		first, second, elsewhere := estatetest.Party(t, d, garden, "张伟"), estatetest.Party(t, d, garden, "张炜"), estatetest.Party(t, d, tower, "张伟")
		estatetest.Identity(t, d, first, idNo)
		estatetest.Identity(t, d, elsewhere, idNo) // another estate's is none of this one's business
		old := estate.AddIdentityIn{Party: second, IdentityFacts: estate.IdentityFacts{Number: "110105491231002"}}
		fails(t, d, estate.AddIdentity, old, errs.Invalid, "identity.error.taken") // the old number of the same person
		old.TakenWhy = "核对无误，待合并"
		estatetest.Do(t, d, estate.AddIdentity, old)
		scope := access.From(estatetest.Manager(t)).Scope(access.Desk, garden)
		found, err := estate.SearchParties(t.Context(), d.DB.Read(), d.Vault, scope, idNo, "2026-11-23", 9)
		if err != nil || len(found) != 2 {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

func TestParty_MergeIsAPointer(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		e := estatetest.Estate(t, d, "澜庭花园")
		a, b, c := estatetest.Party(t, d, e, "张伟", phone), estatetest.Party(t, d, e, "张伟（代）", "13900139000"), estatetest.Party(t, d, e, "王芳")
		estatetest.Identity(t, d, a, idNo)
		estatetest.Identity(t, d, c, "34052419800101001X")
		fails(t, d, estate.MergeParty, estate.MergePartyIn{ID: a, Into: c}, errs.Blocked, "party.error.two_people")
		fails(t, d, estate.MergeParty, estate.MergePartyIn{ID: a, Into: a}, errs.Invalid, "party.error.into")
		estatetest.Do(t, d, estate.MergeParty, estate.MergePartyIn{ID: b, Into: a})
		fails(t, d, estate.ChangeParty, estate.ChangePartyIn{ID: b, PartyFacts: estate.PartyFacts{Name: "x"}}, errs.Blocked, "party.error.merged")
		if all := contacts(t, d, a); len(all) != 2 {
			t.Errorf("contacts of both: %+v", all)
		}
		if byID, err := estate.PartiesByID(t.Context(), d.DB.Read(), b); err != nil || byID[b] == nil || byID[b].ID != a {
			t.Errorf("the merged party leads to %+v, %v", byID[b], err)
		}
		estatetest.Do(t, d, estate.SeparateParty, b)
		if all := contacts(t, d, a); len(all) != 1 {
			t.Errorf("after separating: %+v", all)
		}
		clerk := optest.As(t.Context(), 5, e, access.Assistant)
		failsAs(t, clerk, d, estate.MergeParty, estate.MergePartyIn{ID: b, Into: a}, errs.Forbidden, "error.forbidden")
	})
}

// What tells of a person is nowhere in clear: not in any table, not in the log (T5).
func TestParty_PlantedFactsAreNowhereInClear(t *testing.T) {
	const note, address, old = "只在晚上七点后回电", "滨江路十二号", "15012345678"
	optest.EachTampered(t, estatetest.World, func(t *testing.T, d *op.Door, raw *sql.DB) {
		e := estatetest.Estate(t, d, "澜庭花园")
		p := estatetest.Do(t, d, estate.AddParty, estate.AddPartyIn{Estate: e, PartyFacts: estate.PartyFacts{Name: "张伟", Birth: "1949-12-31", Note: note},
			Contacts: []estate.ContactFacts{{Value: old}}, Identity: estate.IdentityFacts{Number: idNo}})
		c := contacts(t, d, p)[0].ID
		estatetest.Do(t, d, estate.CorrectContact, estate.CorrectContactIn{ID: c, ContactFacts: estate.ContactFacts{Value: phone}})
		estatetest.Do(t, d, estate.AddContact, estate.AddContactIn{Party: p, Contacts: []estate.ContactFacts{{Kind: estate.Address, Value: address}}})
		got, err := estate.RevealContact.Reveal(estatetest.Manager(t), d, masked.RevealIn{ID: int64(c), Why: masked.WhyOther, Words: "核对原登记"})
		if err != nil || got.Clear != phone || got.Mask != "138****8000" {
			t.Fatalf("revealed %+v, %v", got, err)
		}
		for _, planted := range []string{note, address, old, phone, idNo, "1949-12-31", "核对原登记"} {
			if where := clearIn(t, d, raw, planted); where != "" {
				t.Errorf("%s stands in clear in %s", planted, where)
			}
		}
		if where := clearIn(t, d, raw, "张伟"); where == "" {
			t.Error("not even the name is found: nothing is being looked at")
		}
	})
}

// clearIn is the table in which a text stands in any column's bytes.
func clearIn(t *testing.T, d *op.Door, raw *sql.DB, text string) string {
	t.Helper()
	tables := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if d.DB.Engine() == db.Postgres {
		tables = `SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`
	}
	for _, table := range column(t, raw, tables) {
		rows, err := raw.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for rows.Next() {
			cells := make([]sql.RawBytes, len(names))
			into := make([]any, len(names))
			for i := range cells {
				into[i] = &cells[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, cell := range cells {
				found = found || strings.Contains(string(cell), text)
			}
		}
		rows.Close()
		if found {
			return table
		}
	}
	return ""
}

func column(t *testing.T, raw *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := raw.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func TestReveal_NeedsAReasonAndAPostInTheEstate(t *testing.T) {
	optest.Each(t, estatetest.World, func(t *testing.T, d *op.Door) {
		garden, tower := estatetest.Estate(t, d, "澜庭花园"), estatetest.Estate(t, d, "金融中心")
		c := int64(contacts(t, d, estatetest.Party(t, d, garden, "张伟", phone))[0].ID)
		reveal := func(ctx context.Context, why masked.RevealReason, words string) error {
			_, err := estate.RevealContact.Reveal(ctx, d, masked.RevealIn{ID: c, Why: why, Words: words})
			return err
		}
		clerk := optest.As(t.Context(), 5, garden, access.Assistant)
		for _, wrong := range []struct {
			why   masked.RevealReason
			words string
		}{{"", ""}, {"curious", ""}, {masked.WhyOther, " "}} {
			if err := reveal(clerk, wrong.why, wrong.words); !errs.Is(err, errs.Invalid) {
				t.Errorf("reason %+v: %v", wrong, err)
			}
		}
		before := optest.Leaves(t, d, garden)
		if err := reveal(clerk, masked.WhyCall, ""); err != nil || optest.Leaves(t, d, garden) != before+1 {
			t.Errorf("a reveal: %v, %d leaves more", err, optest.Leaves(t, d, garden)-before)
		}
		if err := reveal(optest.As(t.Context(), 6, tower, access.Assistant), masked.WhyCall, ""); !errs.Is(err, errs.NotFound) {
			t.Errorf("from another estate: %v", err)
		}
		if err := reveal(optest.As(t.Context(), 7, garden, access.Finance), masked.WhyCall, ""); !errs.Is(err, errs.Forbidden) {
			t.Errorf("by finance: %v", err)
		}
	})
}
