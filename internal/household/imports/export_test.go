package imports_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/imports"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
)

// state is everything a roster tells of an estate, in lines.
func state(t testing.TB, d *op.Door, e access.EstateID) []string {
	t.Helper()
	ctx, q := context.Background(), d.DB.Read()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	var units []estate.Unit
	must(q.Select(&units).Where("estate = ?", e).Scan(ctx))
	code := map[estate.UnitID]string{}
	for _, u := range units {
		code[u.ID] = u.Code
		add("unit %s|%s|%s %s %s %s %q was %q from %s", u.Building, u.Entrance, u.Room, u.Kind, u.GrossArea, u.NetArea, u.Note, u.Former, u.ValidFrom)
	}
	var parties []*estate.Party
	must(q.Select(&parties).Where("estate = ?", e).Scan(ctx))
	name := map[estate.PartyID]string{}
	for _, p := range parties {
		name[p.ID] = p.Name
		birth, err := masked.Open(ctx, d.Vault, p, estate.RevealBirth.Column, p.Birth)
		must(err)
		note, err := masked.Open(ctx, d.Vault, p, estate.RevealNote.Column, p.Note)
		must(err)
		add("party %s %s %s %s %q %s", p.Kind, p.Name, p.Sex, birth, note, p.Employer)
	}
	var remarks []*household.Remark
	must(q.Select(&remarks).Where("estate = ?", e).Scan(ctx))
	for _, r := range remarks {
		said, err := masked.Open(ctx, d.Vault, r, household.RemarkSaid, r.Said)
		must(err)
		add("remark under %s: %q", name[r.Party], said)
	}
	var contacts []*estate.Contact
	must(q.Select(&contacts).Where("estate = ?", e).Scan(ctx))
	for _, c := range contacts {
		value, err := masked.Open(ctx, d.Vault, c, estate.RevealContact.Column, c.Value)
		must(err)
		add("contact of %s: %s %s %q", name[c.Party], c.Kind, value, c.Whose)
	}
	var identities []*estate.Identity
	must(q.Select(&identities).Where("estate = ?", e).Scan(ctx))
	for _, i := range identities {
		number, err := masked.Open(ctx, d.Vault, i, estate.RevealIdentity.Column, i.Number)
		must(err)
		add("identity of %s: %s %s %s", name[i.Party], i.Kind, number, i.Doubt)
	}
	lines = append(lines, held(t, q, e, code, name)...)
	slices.Sort(lines)
	return lines
}

// held are the lines of households, vehicles and leases.
func held(t testing.TB, q db.Querier, e access.EstateID, code map[estate.UnitID]string, name map[estate.PartyID]string) (lines []string) {
	t.Helper()
	ctx := context.Background()
	var households []household.Household
	if err := q.Select(&households).Where("estate = ?", e).Scan(ctx); err != nil {
		t.Fatal(err)
	}
	for _, h := range households {
		details, err := household.Details(ctx, q, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		var rooms, people []string
		for _, p := range details[h.ID].Places {
			rooms = append(rooms, p.Code)
		}
		for _, p := range details[h.ID].People {
			people = append(people, fmt.Sprintf("%s %s %s %d", p.Part, p.Name, p.Relation, p.Share))
		}
		slices.Sort(rooms)
		slices.Sort(people)
		lines = append(lines, fmt.Sprintf("household %s %s since %s head %s: %v %v", h.Kind, h.Stay, h.Since, name[h.Head], rooms, people))
	}
	var vehicles []estate.Vehicle
	if err := q.Select(&vehicles).Where("estate = ?", e).Scan(ctx); err != nil {
		t.Fatal(err)
	}
	for _, v := range vehicles {
		lines = append(lines, fmt.Sprintf("vehicle %s of %s at %s", v.Plate, name[v.Party], code[v.Unit]))
	}
	var leases []estate.Lease
	if err := q.Select(&leases).Where("estate = ?", e).Scan(ctx); err != nil {
		t.Fatal(err)
	}
	for _, l := range leases {
		lines = append(lines, fmt.Sprintf("lease of %s at %s: %s to %s", name[l.Tenant], code[l.Unit], l.ValidFrom, l.ValidTo))
	}
	return lines
}

// out takes an estate's roster out in clear.
func out(t testing.TB, d *op.Door, e access.EstateID, clear bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := imports.Export(estatetest.Manager(t), d, imports.ExportIn{Estate: e, Why: "迁移核对"}, clear, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func receive(t testing.TB, d *op.Door, e access.EstateID, data []byte) imports.ID {
	t.Helper()
	id, err := imports.Receive(estatetest.Manager(t), d, imports.UploadIn{Estate: e, File: "导出.xlsx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func same(t testing.TB, got, want []string) {
	t.Helper()
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("lost:  %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("added: %s", line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}

func TestExport_ComesBackAsTheSameState(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		commit(t, d, in(t, d, garden, roster1))
		copied := estatetest.Estate(t, d, "澜庭花园二期")
		commit(t, d, receive(t, d, copied, out(t, d, garden, true)))
		same(t, state(t, d, copied), state(t, d, garden))
	})
}

// Where somebody works is filled in by a later roster where nothing is known, left over where it is another, and exported.
func TestImport_WhereSomebodyWorks(t *testing.T) {
	optest.Each(t, world, func(t *testing.T, d *op.Door) {
		garden := estatetest.Estate(t, d, "澜庭花园")
		employers := func() (all []string) {
			for _, line := range state(t, d, garden) {
				if strings.HasPrefix(line, "party ") {
					all = append(all, line[strings.LastIndex(line, " ")+1:])
				}
			}
			return all
		}
		commit(t, d, in(t, d, garden, "楼栋,单元,房号,业主,电话\n3,1,1201,张伟,13800138000\n"))
		commit(t, d, in(t, d, garden, "楼栋,单元,房号,业主,电话,工作单位\n3,1,1201,张伟,13800138000,市第一医院\n"))
		if got := employers(); !slices.Equal(got, []string{"市第一医院"}) {
			t.Errorf("filled in: %q", got)
		}
		commit(t, d, in(t, d, garden, "楼栋,单元,房号,业主,电话,工作单位\n3,1,1201,张伟,13800138000,某某小学\n"))
		if got := employers(); !slices.Equal(got, []string{"市第一医院"}) {
			t.Errorf("another one: %q", got)
		}
		var left []imports.Left
		if err := d.DB.Read().Select(&left).Scan(t.Context()); err != nil || len(left) != 1 {
			t.Errorf("%d left over, %v", len(left), err)
		}
		copied := estatetest.Estate(t, d, "二期")
		commit(t, d, receive(t, d, copied, out(t, d, garden, true)))
		same(t, state(t, d, copied), state(t, d, garden))
	})
}

// A roster that a version before the former numbers wrote is known as the program's own: two rows of one number are one household.
func TestExport_OfAnEarlierVersionComesBack(t *testing.T) {
	d := optest.Open(t, world, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	garden := estatetest.Estate(t, d, "澜庭花园")
	id, err := imports.Receive(estatetest.Manager(t), d, imports.UploadIn{Estate: garden, File: "花名册.csv", Data: []byte(
		"户号,楼栋,单元,房号,用途,建筑面积,套内面积,交房日期,房屋备注,使用状态,业主或租户,姓名,与业主关系,性别,出生日期,联系电话,证件号码,统一社会信用代码,电子邮箱,通讯地址,产权份额,紧急联系人,紧急联系电话,车牌号,入住日期,起租日期,到期日,备注\n" +
			"1,3,1,1201,住宅,89.50,,,,自住,业主,张伟,,,,13800138000,,,,,,,,,,,,\n1,3,1,1202,住宅,90.00,,,,,业主,张伟,,,,,,,,,,,,,,,,\n")})
	if err != nil {
		t.Fatal(err)
	}
	if tally := dry(t, d, id); tally.Units[imports.New] != 2 || tally.Households[imports.New] != 1 {
		t.Errorf("%+v", tally)
	}
}

func TestExport_MaskedIsNotReadBack(t *testing.T) {
	d := optest.Open(t, world, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	garden := estatetest.Estate(t, d, "澜庭花园")
	commit(t, d, in(t, d, garden, roster1))
	data := out(t, d, garden, false)
	copied := estatetest.Estate(t, d, "二期")
	id := receive(t, d, copied, data)
	tally := dry(t, d, id)
	if tally.Units[imports.New] != 3 || tally.Households[imports.New] != 4 || tally.People != 5 || tally.Phones+tally.Identities != 0 {
		t.Errorf("%+v", tally)
	}
	if _, err := op.Run(optest.As(t.Context(), 3, garden, access.Assistant), d, imports.ExportClear, imports.ExportIn{Estate: garden, Why: "想看"}); err == nil {
		t.Error("an assistant takes the roster in clear")
	}
}

// plan is an estate made by chance: units, and who holds them.
type plan struct {
	units      []estate.UnitFacts
	households []household.OpenIn
	at         [][]int // the units of each
}

func (p *plan) draw(t *rapid.T) {
	kinds := []estate.UnitKind{estate.Flat, estate.Shop, estate.Office, estate.Parking, estate.Store}
	buildings := []string{"3", "A", "C1", "商业", "B1", ""}
	for i := range rapid.IntRange(1, 8).Draw(t, "units") {
		u := estate.UnitFacts{Building: rapid.SampledFrom(buildings).Draw(t, "building"), Entrance: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "entrance"),
			Room: rapid.SampledFrom([]string{"%d02", "12%02d", "B5%02d", "%d", "1F-0%d", "%dA", "15%02dA"}).Draw(t, "room"), Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		u.Room = fmt.Sprintf(u.Room, i+1)
		u.GrossArea = estate.Area(rapid.IntRange(0, 30000).Draw(t, "area"))
		u.NetArea = u.GrossArea * 3 / 4
		u.Former = rapid.SampledFrom([]string{"", "", "201", "A12", "201、旧3-5", u.Room}).Draw(t, "former")
		u.Note = rapid.SampledFrom([]string{"", "", "三室两厅"}).Draw(t, "note")
		p.units = append(p.units, u)
	}
	people := 0
	for i := 0; i < len(p.units); i++ {
		owner := i
		switch rapid.IntRange(0, 3).Draw(t, "held") {
		case 0:
			continue
		case 1:
			if i+1 < len(p.units) && household.KindFor(p.units[i].Kind, true) == household.KindFor(p.units[i+1].Kind, true) { // two units of one household
				p.open(t, []int{i, i + 1}, true, &people)
				i++
				break
			}
			fallthrough
		default:
			p.open(t, []int{i}, true, &people)
		}
		if rapid.Bool().Draw(t, "let") {
			p.open(t, []int{owner}, false, &people)
		}
	}
}

func (p *plan) open(t *rapid.T, at []int, owns bool, people *int) {
	h := household.OpenIn{Kind: household.KindFor(p.units[at[0]].Kind, owns), Since: rapid.SampledFrom([]string{"2019-06-18", "2020-03", "2018"}).Draw(t, "since")}
	lead, rest := household.Owner, []household.Part{household.Family, household.Emergency, household.Agent, household.Staff, household.Resident}
	if owns {
		h.Stay = rapid.SampledFrom([]household.Stay{"", household.LivedIn, household.LetOut, household.Empty, household.FitOut}).Draw(t, "stay")
	} else {
		lead, rest = household.Tenant, []household.Part{household.Resident, household.Emergency, household.Agent, household.Staff}
	}
	for range rapid.IntRange(1, 2).Draw(t, "leads") {
		h.People = append(h.People, person(t, lead, people))
	}
	if owns && len(h.People) == 2 {
		h.People[1].Share = rapid.SampledFrom([]household.Percent{0, 5000, 3333}).Draw(t, "share")
	}
	h.Remark = rapid.SampledFrom([]string{"", "晚上在家", "耳背，打电话大声点"}).Draw(t, "remark")
	for range rapid.IntRange(0, 3).Draw(t, "others") {
		h.People = append(h.People, person(t, rapid.SampledFrom(rest).Draw(t, "part"), people))
	}
	p.households, p.at = append(p.households, h), append(p.at, at)
}

// person is somebody with a name nobody else has.
func person(t *rapid.T, part household.Part, people *int) household.PersonIn {
	surnames, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"), []rune("一元二仪三光四时五行六合")
	n := *people
	*people++
	in := household.PersonIn{Part: part, PartyFacts: estate.PartyFacts{Name: string(surnames[n%len(surnames)]) + string(given[n/len(surnames)%len(given)]) + "明"}}
	for i := range rapid.IntRange(0, 2).Draw(t, "phones") {
		number := fmt.Sprintf("138%08d", n*10+i)
		whose := rapid.SampledFrom([]string{"", "白天"}).Draw(t, "whose")
		in.Phones = append(in.Phones, estate.ContactFacts{Value: number, Whose: whose})
	}
	if part != household.Emergency {
		in.Sex = rapid.SampledFrom([]string{"", "male", "female"}).Draw(t, "sex")
		in.Birth = rapid.SampledFrom([]string{"", "1980-05-05", "1979-03"}).Draw(t, "birth")
		in.Employer = rapid.SampledFrom([]string{"", "市第一医院", "某某公司、二部：设计"}).Draw(t, "employer")
		if rapid.Bool().Draw(t, "mail") {
			in.Phones = append(in.Phones, estate.ContactFacts{Kind: estate.Email, Value: fmt.Sprintf("a%d@b.cn", n)})
		}
	}
	if part.Leads() && rapid.Bool().Draw(t, "letters") {
		in.Phones = append(in.Phones, estate.ContactFacts{Kind: estate.Address, Value: fmt.Sprintf("人民路%d号", n)})
	}
	if part == household.Family || part == household.Emergency {
		in.Relation = rapid.SampledFrom([]string{"", "儿子", "妻"}).Draw(t, "relation")
	}
	if part != household.Emergency && rapid.Bool().Draw(t, "paper") {
		in.Identity.Number = residentNo(n)
	}
	return in
}

// residentNo is a number with its right last character.
func residentNo(n int) string {
	body := fmt.Sprintf("110105198%d0%d1%d%03d", n%10, n%9+1, n%9, n%1000)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}

// make carries a plan out by the desk's own operations.
func (p *plan) make(t *testing.T, d *op.Door, e access.EstateID) error {
	ids := make([]estate.UnitID, len(p.units))
	for i, u := range p.units {
		made, err := op.Run(estatetest.Manager(t), d, estate.AddUnit, estate.AddUnitIn{Estate: e, UnitFacts: u})
		if err != nil {
			return err
		}
		ids[i] = made.Out
	}
	for i, h := range p.households {
		h.Estate = e
		for _, n := range p.at[i] {
			h.Units = append(h.Units, ids[n])
		}
		if _, err := op.Run(estatetest.Manager(t), d, household.Open, h); err != nil {
			return err
		}
	}
	return nil
}

// Whatever the desk made comes back from the file as it was.
func TestExport_AnyEstateComesBack(t *testing.T) {
	d := optest.Open(t, world, db.Config{File: filepath.Join(t.TempDir(), "hudang.db")})
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		p := plan{}
		p.draw(rt)
		from := estatetest.Estate(t, d, fmt.Sprintf("甲%d", n))
		if err := p.make(t, d, from); err != nil {
			rt.Fatalf("%v", err)
		}
		to := estatetest.Estate(t, d, fmt.Sprintf("乙%d", n))
		commit(t, d, receive(t, d, to, out(t, d, from, true)))
		got, want := state(t, d, to), state(t, d, from)
		if c := slices.CompareFunc(got, want, cmp.Compare[string]); c != 0 {
			rt.Fatalf("lost:\n%s\nadded:\n%s", without(want, got), without(got, want))
		}
	})
}

func without(all, others []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(all), func(line string) bool { return slices.Contains(others, line) }), "\n")
}
