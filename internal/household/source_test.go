package household_test

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hudang/internal/archive"
	"hudang/internal/archive/archivetest"
	"hudang/internal/estate"
	"hudang/internal/estate/estatetest"
	"hudang/internal/household"
	"hudang/internal/household/householdtest"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/record"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
)

// everything is what the rooms of this world offer to be found.
var everything = slices.Concat(household.Module.Sources, archive.Module.Sources, estate.Module.Sources)

// finder is an index over a door's database.
type finder struct {
	t    *testing.T
	door *op.Door
	own  *db.DB
	file string
	*search.Index
}

func newFinder(t *testing.T, d *op.Door, sources []search.Source) *finder {
	t.Helper()
	f := &finder{t: t, door: d, own: d.DB, file: filepath.Join(t.TempDir(), "search.db")}
	if d.DB.Engine() == db.SQLite {
		var err error
		if f.own, err = db.Open(t.Context(), db.Config{File: f.file}, nil); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.own.Close() })
	}
	f.open(sources)
	return f
}

// open opens the index as a program does that has these sources.
func (f *finder) open(sources []search.Source) {
	f.t.Helper()
	var err error
	f.Index, err = search.Open(f.t.Context(), search.Config{Data: f.door.DB, Own: f.own, Keys: f.door.Vault, Sources: sources, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.t.Fatal(err)
	}
}

// hits are what somebody finds, once the index has caught up.
func (f *finder) hits(who access.Actor, typed string) []search.Hit {
	f.t.Helper()
	if err := f.CatchUp(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	got, err := f.Find(f.t.Context(), who, access.Company, typed, 8)
	if err != nil {
		f.t.Fatal(err)
	}
	return got.Hits
}

func (f *finder) refs(who access.Actor, typed string) (all []ref.Ref) {
	f.t.Helper()
	for _, h := range f.hits(who, typed) {
		all = append(all, h.Ref)
	}
	return all
}

// Whatever a caller says finds the household, and what no longer holds finds it behind the others (issue 3, slice 5).
func TestSearch_FindsAHouseholdByWhateverACallerSays(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		flat := estatetest.Unit(t, d, garden, "3", "1", "1202")
		other := estatetest.Unit(t, d, garden, "3", "1", "1203")
		zhang := owner(household.Owner, "张伟", "13800138000")
		zhang.Identity.Number = "11010519491231002X"
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, zhang, owner(household.Owner, "曾丽", "13900139111"))
		householdtest.Owner(t, d, garden, []estate.UnitID{other}, owner(household.Owner, "王五", "13700137000"))
		song := householdtest.Owner(t, d, garden, []estate.UnitID{estatetest.Unit(t, d, garden, "桂园7", "1", "602"), estatetest.Unit(t, d, garden, "叠墅12", "", "1")},
			owner(household.Owner, "宋明", ""))
		f := newFinder(t, d, everything)
		first := func(typed string) household.ID {
			t.Helper()
			if got := f.refs(access.From(ctx), typed); len(got) > 0 {
				return household.ID(got[0].ID)
			}
			return 0
		}
		for _, typed := range []string{"张伟", "zhangwei", "zw", "zengli", "zl", "0138", "8000", "13800138000", "+86 138-0013-8000", "9111", "002X",
			"3栋1单元1202", "3-1-1202", "三栋一单元1202室"} {
			if got := first(typed); got != id {
				t.Errorf("%q finds %d, want the household", typed, got)
			}
		}
		for _, typed := range []string{"宋生", "宋太", "宋小姐/宋太", "桂园602", "桂园7-602", "叠墅12", "桂园602宋生"} {
			if got := first(typed); got != song {
				t.Errorf("%q finds %d, want 宋明's", typed, got)
			}
		}
		if got := first("李雷"); got != 0 {
			t.Errorf("somebody unknown finds %d", got)
		}
		if got := f.refs(access.From(ctx), "张伟"); len(got) != 1 {
			t.Errorf("somebody in a household is found %d times: %v", len(got), got)
		}
		estatetest.Vehicle(t, d, flat, find(t, d, garden, id).Head, "粤AD81751")
		if _, err := op.Run(ctx, d, household.Transfer, household.TransferIn{ID: id, Why: "买卖",
			OpenIn: household.OpenIn{People: []household.PersonIn{owner(household.Owner, "赵六", "")}}}); err != nil {
			t.Fatal(err)
		}
		if got := first("8000"); got != id {
			t.Errorf("the former owner's phone finds %d", got)
		}
		if got := f.refs(access.From(ctx), "81751"); len(got) != 1 || household.ID(got[0].ID) != id {
			t.Errorf("the car that left with the former owner finds %v", got)
		}
		if got := first("3-1-1202"); got == id || got == 0 {
			t.Errorf("the room finds the former household first")
		}
	})
}

// Callers say where before or behind who, with a title, the end of a number, a plate with a gap; whom a thing is about comes before
// those who only belong to it, owners before tenants, rooms from the first (design: the ten moments).
func TestSearch_AsCallersSpeak(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		at := func(building, room string) estate.UnitID { return estatetest.Unit(t, d, garden, building, "1", room) }
		home := at("12", "1202")
		contact := householdtest.Owner(t, d, garden, []estate.UnitID{at("12", "301")}, owner(household.Owner, "李四", ""), owner(household.Emergency, "王桂花", "13900001111"))
		wang := householdtest.Owner(t, d, garden, []estate.UnitID{home}, owner(household.Owner, "王五", "13800004421"))
		let := at("3", "1202")
		high := householdtest.Owner(t, d, garden, []estate.UnitID{at("3", "501")}, owner(household.Owner, "赵大", ""))
		low := householdtest.Owner(t, d, garden, []estate.UnitID{at("3", "401")}, owner(household.Owner, "赵二", ""))
		householdtest.Owner(t, d, garden, []estate.UnitID{let}, owner(household.Owner, "孙丽", ""))
		tenant, err := op.Run(ctx, d, household.Open, household.OpenIn{Estate: garden, Kind: household.TenantHome, Units: []estate.UnitID{let}, People: []household.PersonIn{owner(household.Tenant, "王欣", "")}})
		if err != nil {
			t.Fatal(err)
		}
		estatetest.Vehicle(t, d, home, 0, "粤B12345")
		f := newFinder(t, d, everything)
		found := func(typed string) (ids []household.ID, lines []string) {
			t.Helper()
			for _, h := range f.hits(access.From(ctx), typed) {
				if h.Ref.Kind == "household" {
					ids, lines = append(ids, household.ID(h.Ref.ID)), append(lines, h.Line)
				}
			}
			return ids, lines
		}
		for typed, want := range map[string][]household.ID{
			"12号楼王": {wang, contact}, "12栋王先生": {wang, contact}, "王先生12栋": {wang, contact}, "12栋 王 先生": {wang, contact}, "王 12栋": {wang, contact},
			"十二栋姓王的": {wang, contact}, "12栋的王先生": {wang, contact}, "12栋1202王先生": {wang}, "王五先生": {wang}, "老王": {wang, tenant.Out, contact},
			"三栋1202王姐": {tenant.Out}, "3-1202王女士": {tenant.Out}, "王姐三栋1202": {tenant.Out}, "王先生": {wang, tenant.Out, contact}, "王": {wang, tenant.Out, contact},
			"尾号4421": {wang}, "手机尾号4421": {wang}, "粤B 12345": {wang}, "粤b·12345": {wang}, "车牌12345": {wang}, "赵阿姨": {low, high}, "欧阳先生": nil, "先生": nil,
		} {
			if got, _ := found(typed); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
		}
		at("2", "901")
		at("1", "901")
		var rooms []string
		for _, h := range f.hits(access.From(ctx), "901") {
			rooms = append(rooms, h.Title)
		}
		if want := []string{"1-1-901", "2-1-901"}; !slices.Equal(rooms, want) {
			t.Errorf("901 finds %v, want %v", rooms, want)
		}
		for typed, want := range map[string]string{"尾号4421": "138****4421", "粤B 12345": "粤B12345", "12345": "粤B12345", "王桂花": " 王桂花", "1111": "王桂花 139****1111"} {
			if _, lines := found(typed); len(lines) != 1 || !strings.Contains(lines[0], want) {
				t.Errorf("%q says %q, not by what it was found: %s", typed, lines, want)
			}
		}
	})
}

// scene is an estate with people in and out of households, papers and a lease.
type scene struct {
	garden          access.EstateID
	home            household.ID
	lessor          estate.PartyID
	volume, project archive.VolumeID
	card            archive.ItemID
	lease           estate.LeaseID
}

func newScene(t *testing.T, d *op.Door) scene {
	t.Helper()
	s := scene{garden: estatetest.Estate(t, d, "澜庭花园")}
	flat := estatetest.Unit(t, d, s.garden, "3", "1", "1202")
	s.home = householdtest.Owner(t, d, s.garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
	in := estate.AddPartyIn{Estate: s.garden, PartyFacts: estate.PartyFacts{Name: "单雄信", Note: "只在周末"},
		Contacts: []estate.ContactFacts{{Value: "13511112222"}}, Identity: estate.IdentityFacts{Number: "11010519491231002X"}}
	s.lessor = estatetest.Do(t, d, estate.AddParty, in)
	facts := estatetest.Home("2026-01-01", "2027-12-31")
	facts.Contract = "HT-2026-0113"
	tenant := estatetest.Party(t, d, s.garden, "钱七")
	s.lease = estatetest.Do(t, d, estate.RegisterLease, estate.RegisterLeaseIn{Unit: flat, Lessor: s.lessor, Tenant: tenant, LeaseFacts: facts})
	s.volume = archivetest.Volume(t, d, s.garden, s.home.Ref(), "3-1-1202 张伟")
	s.project = archivetest.Volume(t, d, s.garden, ref.Ref{}, "消防设施年检报告")
	add := archive.AddItemsIn{Volume: s.volume, Items: []archive.NewItem{{ItemFacts: archive.ItemFacts{Title: "证件复印件", Paper: "identity", Formed: "2019-10-05",
		DocNo: "粤2019第88号", Original: archive.IsCopy}}}}
	s.card = estatetest.Do(t, d, archive.AddItems, add)[0]
	return s
}

// terms are all words the index keeps.
func (f *finder) terms() string {
	f.t.Helper()
	query := `SELECT tokens::text FROM derived.search_doc`
	if f.own.Engine() == db.SQLite {
		query = `SELECT term FROM words`
		err := f.own.Write(f.t.Context(), func(ctx context.Context, s *db.Session) error {
			return s.Send(ctx, `CREATE VIRTUAL TABLE words USING fts5vocab(search_token, row)`)
		})
		if err != nil {
			f.t.Fatal(err)
		}
	}
	var all strings.Builder
	err := db.Rows(f.t.Context(), f.own.Read(), func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		all.WriteString(text + "\n")
		return err
	}, query)
	if err != nil {
		f.t.Fatal(err)
	}
	return all.String()
}

func partyRef(id estate.PartyID) ref.Ref { return ref.Ref{Kind: estate.KindParty, ID: int64(id)} }

func volumeRef(id archive.VolumeID) ref.Ref { return ref.Ref{Kind: archive.KindVolume, ID: int64(id)} }

func itemRef(id archive.ItemID) ref.Ref { return ref.Ref{Kind: archive.KindItem, ID: int64(id)} }

// People without a household, papers and leases are found by what is said of them, by those who may see them only.
func TestSearch_FindsPeoplePapersAndLeases(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		s := newScene(t, d)
		f := newFinder(t, d, everything)
		clerk := access.From(optest.As(t.Context(), 5, s.garden, access.Assistant))
		lease := ref.Ref{Kind: "lease", ID: int64(s.lease)}
		lessor, volume, project, card := partyRef(s.lessor), volumeRef(s.volume), volumeRef(s.project), itemRef(s.card)
		asked := map[string][]ref.Ref{
			"单雄信": {lessor}, "shanxiongxin": {lessor}, "dxx": {lessor}, "13511112222": {lessor}, "2222": {lessor}, "002X": {lessor},
			"张伟": {s.home.Ref(), volume}, "zhangwei": {s.home.Ref(), volume},
			"消防": {project}, "年检报告": {project}, "xfss": {project}, "njbg": {project},
			"证件复印件": {card}, "zjfy": {card}, "证件核验": {card}, "sfz": {card}, "营业执照": {card}, "粤2019第88号": {card}, "2019-10-05": {card}, "2019年10月": {card},
			"1202 复印": {card}, "张伟 复印": {card}, "zw 复印": {card}, "3-1-1202 sfz": {card}, "1203 复印": nil, "李四 复印": nil,
			"HT-2026-0113": {lease}, "ht20260113": {lease}, "HT-2026-0114": nil,
		}
		for typed, want := range asked {
			if got := f.refs(clerk, typed); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
		}
		hits := f.hits(clerk, "单雄信")
		if hits[0].Group != "household.found.people" || !strings.Contains(hits[0].Line, "135****2222") {
			t.Errorf("a lessor is shown as %+v", hits[0])
		}
		for _, who := range []access.Actor{access.From(optest.As(t.Context(), 6, estatetest.Estate(t, d, "云顶"), access.Manager)),
			access.From(optest.As(t.Context(), 7, s.garden, access.Finance, access.OtherDept))} {
			for typed := range asked {
				if got := f.refs(who, typed); len(got) != 0 {
					t.Errorf("%v finds %v by %q", who.Grants, got, typed)
				}
			}
		}
	})
}

// Whoever comes into a household is found with it from then on; a paper that was voided, behind the others; what its
// household is called now.
func TestSearch_FollowsPeopleAndPapers(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		s := newScene(t, d)
		f := newFinder(t, d, everything)
		who := access.From(estatetest.Manager(t))
		if got := f.refs(who, "单雄信"); !slices.Equal(got, []ref.Ref{partyRef(s.lessor)}) {
			t.Fatal(got)
		}
		estatetest.Do(t, d, household.AddPerson, household.AddPersonIn{Household: s.home, PersonIn: household.PersonIn{Party: s.lessor, Part: household.Owner}})
		if got := f.refs(who, "单雄信"); !slices.Equal(got, []ref.Ref{s.home.Ref(), volumeRef(s.volume)}) {
			t.Errorf("somebody who came into a household: %v", got)
		}
		if got := f.refs(who, "雄信 复印"); !slices.Equal(got, []ref.Ref{itemRef(s.card)}) {
			t.Errorf("a paper by its new owner: %v", got)
		}
		estatetest.Do(t, d, archive.VoidItem, record.VoidIn[archive.ItemID]{ID: s.card, Why: "重复"})
		archivetest.Item(t, d, s.garden, s.project, "证件复印件目录")
		if got := f.refs(who, "复印件"); len(got) != 2 || got[1] != itemRef(s.card) {
			t.Errorf("a voided paper: %v", got)
		}
	})
}

// An index that a program without these sources made is made anew, from what is there (design §7).
func TestSearch_AnOldIndexIsMadeAnew(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		s := newScene(t, d)
		f := newFinder(t, d, household.Module.Sources[:1])
		who := access.From(estatetest.Manager(t))
		if got := f.refs(who, "单雄信"); len(got) != 0 {
			t.Fatal(got)
		}
		f.open(everything)
		for typed, want := range map[string]ref.Ref{"单雄信": partyRef(s.lessor), "消防": volumeRef(s.project), "证件复印件": itemRef(s.card), "张伟": s.home.Ref()} {
			if got := f.refs(who, typed); len(got) == 0 || got[0] != want {
				t.Errorf("%q finds %v", typed, got)
			}
		}
	})
}

// No number and no note of anybody, in a household or not, stands in clear in the index.
func TestSearch_HoldsNoSealedFact(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		newScene(t, d)
		f := newFinder(t, d, everything)
		if got := f.refs(access.From(estatetest.Manager(t)), "13511112222"); len(got) != 1 {
			t.Fatal(got)
		}
		all := f.terms()
		if !strings.Contains(all, "h单雄信") {
			t.Error("the test looks at the wrong words")
		}
		for _, secret := range []string{"13511112222", "1351111", "1112222", "13800138000", "0138000", "11010519491231002X", "231002x", "周末"} {
			if strings.Contains(strings.ToLower(all), strings.ToLower(secret)) {
				t.Errorf("%s stands in the index", secret)
			}
		}
	})
}

// A flat that was renumbered is found by its old number, too, with whoever holds it, behind what bears that number today.
func TestSearch_FindsAUnitByItsFormerNumber(t *testing.T) {
	optest.Each(t, householdtest.World, func(t *testing.T, d *op.Door) {
		ctx, garden := estatetest.Manager(t), estatetest.Estate(t, d, "澜庭花园")
		flat, bare := estatetest.Unit(t, d, garden, "5", "2", "3A"), estatetest.Unit(t, d, garden, "5", "2", "3B")
		id := householdtest.Owner(t, d, garden, []estate.UnitID{flat}, owner(household.Owner, "张伟", "13800138000"))
		f := newFinder(t, d, everything)
		f.refs(access.From(ctx), "5-2-3A") // the index is there before the number is
		for unit, former := range map[estate.UnitID]string{flat: " 5-2-301，甲12", bare: "5-2-302"} {
			facts := estate.UnitFacts{Building: "5", Entrance: "2", Room: map[estate.UnitID]string{flat: "3A", bare: "3B"}[unit], Kind: estate.Flat, Former: former}
			if _, err := op.Run(ctx, d, estate.ChangeUnit, estate.ChangeUnitIn{ID: unit, UnitFacts: facts}); err != nil {
				t.Fatal(err)
			}
		}
		for typed, want := range map[string]ref.Ref{"5-2-301": id.Ref(), "5栋2单元301": id.Ref(), "5-2-302": {Kind: "unit", ID: int64(bare)}} {
			if got := f.refs(access.From(ctx), typed); len(got) == 0 || got[0] != want {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
		}
	})
}
