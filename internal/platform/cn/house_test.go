package cn

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// estate is what the tests know: buildings 1 to 12 without entrances but 1, letters A and C, podium C1 to C3.
func estate() Known {
	return Known{
		Buildings:    func(b string) bool { return strings.Contains(" 1 2 3 12 A C C1 C2 C3 A0 N S9 ", " "+b+" ") },
		HasEntrances: func(b string) bool { return b == "1" },
	}
}

func show(h House) string {
	kind := string(h.Kind)
	if h.Zone != "" {
		kind += " z" + h.Zone
	}
	return strings.Join([]string{kind, "b" + h.Building, "e" + h.Entrance, "f" + h.Floor, "r" + h.Room}, " ")
}

// describe writes all readings of a cell on one line.
func describe(cell string, k Known) string {
	var out []string
	for _, r := range ParseHouses(cell, k) {
		var parts []string
		for _, h := range r.Houses {
			parts = append(parts, show(h))
		}
		for _, p := range r.Problems {
			parts = append(parts, "!"+string(p))
		}
		for _, c := range r.Candidates {
			var each []string
			for _, h := range c {
				each = append(each, show(h))
			}
			parts = append(parts, "?"+strings.Join(each, "+"))
		}
		if r.Note != "" {
			parts = append(parts, "("+r.Note+")")
		}
		out = append(out, strings.Join(parts, ", "))
	}
	return strings.Join(out, "; ")
}

func TestParseHouses(t *testing.T) {
	t.Parallel()
	few := Known{}
	all, shops := estate(), Known{Lettered: LetterShop}
	inC1 := estate()
	inC1.Default = "C1"
	for _, c := range []struct {
		typed string
		known Known
		want  string
	}{
		// docs/domain.md §6, first row
		{"1-2-301", few, "room b1 e2 f3 r301"},
		{"1栋2单元301", few, "room b1 e2 f3 r301"},
		{"1#2-301", few, "room b1 e2 f3 r301"},
		{"一幢二单元301室", few, "room b1 e2 f3 r301"},
		{"１＃２—３０１", few, "room b1 e2 f3 r301"},
		{"1 栋 2 单元 301 室", few, "room b1 e2 f3 r301"},
		{"1-2-301", all, "room b1 e2 f3 r301"},
		{"12栋1梯1202房", all, "room b12 e1 f12 r1202"},
		{"1-2单元301", all, "room b1 e2 f3 r301"},
		{"二期3栋1202", all, "!house.unknown_building, ?room b2期3 e f12 r1202"},
		{"十二号楼1202", all, "room b12 e f12 r1202"},
		// two parts
		{"1-301", few, "room b1 e f3 r301"},
		{"1#301", few, "room b1 e f3 r301"},
		{"3栋2单元12楼1202室", Known{}, "room b3 e2 f12 r1202"},
		{"3栋12楼1202", Known{}, "room b3 e f12 r1202"},
		{"1号楼301", few, "room b1 e f3 r301"},
		{"2-301", all, "room b2 e f3 r301"},
		{"1-301", all, "!house.entrance_missing, ?room b1 e f3 r301"},
		{"1#301", all, "!house.entrance_missing, ?room b1 e f3 r301"},
		{"1号楼301", all, "!house.entrance_missing, ?room b1 e f3 r301"},
		{"3号301室", all, "room b3 e f3 r301"},
		// letters
		{"A座1205", all, "room bA e f12 r1205"},
		{"A1205", all, "room bA e f12 r1205"},
		{"A-1205", all, "room bA e f12 r1205"},
		{"a 1205", all, "room bA e f12 r1205"},
		{"A1205", few, "!house.unknown_building, ?room bA e f12 r1205"},
		{"D1205", all, "!house.unknown_building, ?room bD e f12 r1205"},
		{"D-1205", all, "!house.unknown_building, ?room bD e f12 r1205"},
		{"99-301", all, "!house.unknown_building, ?room b99 e f3 r301"},
		// zero pad
		{"1-2-0301", few, "room b1 e2 f3 r0301"},
		{"01-02-0301", all, "room b1 e02 f3 r0301"},
		// joined
		{"2栋301/302", all, "room b2 e f3 r301, room b2 e f3 r302"},
		{"1-2-301/302", all, "room b1 e2 f3 r301, room b1 e2 f3 r302"},
		{"1-2-301-302", all, "room b1 e2 f3 r301, room b1 e2 f3 r302"},
		{"2-301-302", all, "room b2 e f3 r301, room b2 e f3 r302"},
		{"301-302", inC1, "room bC1 e f3 r301, room bC1 e f3 r302"},
		{"301、302", inC1, "room bC1 e f3 r301, room bC1 e f3 r302"},
		{"301-302", few, "room b e f3 r301, room b e f3 r302, !house.no_building"},
		{"301、302", few, "room b e f3 r301, room b e f3 r302, !house.no_building"},
		{"301-303", few, "!house.ambiguous, ?room b e f3 r301+room b e f3 r303, ?room b e f3 r301+room b e f3 r302+room b e f3 r303"},
		{"复式 1801-1901", inC1, "room bC1 e f18 r1801, room bC1 e f19 r1901"},
		{"1栋301/302", all, "!house.entrance_missing, ?room b1 e f3 r301+room b1 e f3 r302"},
		{"2栋301,3栋401", all, "room b2 e f3 r301; room b3 e f4 r401"},
		{"2栋301 3栋401", all, "room b2 e f3 r301; room b3 e f4 r401"},
		{"N710 711", all, "room bN e f7 r710, room bN e f7 r711"},
		{"N710 711", few, "!house.unknown_building, ?room bN e f7 r710+room bN e f7 r711"},
		// shops and streets
		{"商铺S-12", all, "shop b e f rS12"},
		{"S12", all, "shop b e f rS12"},
		{"S-12", few, "shop b e f rS12"},
		{"1F-08", all, "shop b e f1 r08"},
		{"步行街12号", all, "street b步行街 e f r12"},
		{"步行街十二号", all, "street b步行街 e f r12"},
		{"三好街12-1号", all, "street b三好街 e f r12-1"},
		{"C1首层114铺", all, "shop bC1 e f1 r114"},
		{"C1栋114铺", all, "shop bC1 e f1 r114"},
		{"3栋12号铺", all, "shop b3 e f r12"},
		{"C1-C3栋103铺", all, "!house.ambiguous, ?shop bC1-C3 e f1 r103, ?shop bC1 e f1 r103, ?shop bC3 e f1 r103"},
		{"C1首层114、115铺", all, "!house.ambiguous, ?shop bC1 e f1 r114+shop bC1 e f1 r115"},
		// parking and basements
		{"B1-023", few, "space b e f-1 r023"},
		{"B1-023", all, "space b e f-1 r023"},
		{"B1层023", all, "space b e f-1 r023"},
		{"负一层23", all, "space b e f-1 r23"},
		{"地下二层023号车位", all, "space b e f-2 r023"},
		{"-1-23", all, "space b e f-1 r23"},
		{"3栋负一层23", all, "space b3 e f-1 r23"},
		{"1#车位", all, "space b e f r1"},
		{"车位12", all, "space b e f r12"},
		{"B1-3C", few, "room bB1 e f3 r3C"},
		{"B1-3C", all, "!house.unknown_building, ?room bB1 e f3 r3C"},
		// real rosters (docs/lessons.md F)
		{"509B", inC1, "room bC1 e f5 r509B"},
		{"A0-301", all, "room bA0 e f3 r301"},
		{"405-1", inC1, "room bC1 e f4 r405-1"},
		{"4e", inC1, "room bC1 e f4 r4E"},
		{"3A05", inC1, "room bC1 e f3A r3A05"},
		{"708", inC1, "room bC1 e f7 r708"},
		{"708(01010707)", inC1, "room bC1 e f7 r708, (01010707)"},
		{"大堂2", all, "public b e f r大堂2"},
		{"3栋大堂", all, "public b3 e f r大堂"},
		{"电梯", all, "public b e f r电梯"},
		{"屋面", all, "public b e f r屋面"},
		{"安富车位", all, "!house.not_understood"},
		{"合计:", all, "!house.not_understood"},
		{"夹层2M", all, "!house.not_understood"},
		{"10101", few, "!house.run_together, ?room b10 e f1 r101, ?room b1 e f1 r0101"},
		{"3楼301", Known{}, "!house.ambiguous, ?room b3 e f3 r301, ?room b e f3 r301"},
		{"1-2-01", few, "!house.ambiguous, ?room b1 e2 f r01, ?room b1 e f2 r201"},
		{"1-2-3-4-5", few, "!house.not_understood"},
		{"12", few, "!house.not_understood"},
		{"/", few, ""},
		{"无", few, ""},
		// words for houses, groups of buildings and rooms
		{"B栋2座08C", few, "room bB e2 f8 r08C"},
		{"3#楼2#401", few, "room b3 e2 f4 r401"},
		{"洋房02-301", few, "room b洋房02 e f3 r301"},
		{"洋房2栋1单元301", few, "room b洋房2 e1 f3 r301"},
		{"别墅12号", few, "room b e f r别墅12, !house.no_building"},
		{"叠墅上户12-1", few, "room b叠墅12 e f r上户1"},
		{"叠墅12-1", few, "room b叠墅12 e f r1"},
		{"桂园7栋1单元602", few, "room z桂园 b7 e1 f6 r602"},
		{"桂园7-602", few, "room z桂园 b7 e f6 r602"},
		{"东区3栋101", few, "room b东区3 e f1 r101"},
		{"一期3栋101", few, "room b1期3 e f1 r101"},
		{"商业街南区S-08-1", few, "shop b商业街南区 e f rS-08-1"},
		{"2栋2单元顶楼B", few, "room b2 e2 f r顶楼B"},
		{"3栋1单元东户", few, "room b3 e1 f r东户"},
		{"3栋301甲", few, "room b3 e f3 r301甲"},
		{"3-1-301东", few, "room b3 e1 f3 r301东"},
		{"3栋101附1号", few, "room b3 e f1 r101附1"},
		{"甲栋301", few, "room b甲 e f3 r301"},
		{"3栋东单元301", few, "room b3 e东 f3 r301"},
		{"3栋Ⅱ单元301", few, "room b3 e2 f3 r301"},
		{"叁栋贰单元三〇一", few, "room b3 e2 f3 r301"},
		{"地下车库023", few, "space b e f r023"},
		{"底商12", few, "shop b e f r12"},
		// ranges
		{"3栋101~103", few, "room b3 e f1 r101, room b3 e f1 r102, room b3 e f1 r103"},
		{"3-101至102室", few, "room b3 e f1 r101, room b3 e f1 r102"},
		{"商铺A105-A106", few, "shop b e f rA105, shop b e f rA106"},
		{"商铺A105-A108", few, "!house.ambiguous, ?shop b e f rA105+shop b e f rA108, ?shop b e f rA105+shop b e f rA106+shop b e f rA107+shop b e f rA108"},
		{"商铺12-15号", few, "!house.ambiguous, ?shop b e f r12+shop b e f r15, ?shop b e f r12+shop b e f r13+shop b e f r14+shop b e f r15"},
		{"商铺2-3号", Known{}, "shop b e f r2, shop b e f r3"},
		{"门面12号至14号", few, "shop b e f r12, shop b e f r13, shop b e f r14"},
		{"车位12-13", few, "space b e f r12, space b e f r13"},
		{"首层1-2铺", few, "shop b e f1 r1, shop b e f1 r2"},
		{"商铺101-1", few, "shop b e f1 r101-1"},
		{"商铺3、5号", few, "shop b e f r3, shop b e f r5"},
		{"商铺3-101", all, "shop b3 e f1 r101"},
		{"商铺2-3号", all, "!house.ambiguous, ?shop b e f r2+shop b e f r3, ?shop b2 e f r3"},
		{"2-3号商铺", Known{}, "!house.ambiguous, ?shop b e f r2+shop b e f r3, ?shop b2 e f r3"},
		{"5-1-801至5-1-803", few, "room b5 e1 f8 r801, room b5 e1 f8 r802, room b5 e1 f8 r803"},
		{"5-1-801-5-1-802", few, "room b5 e1 f8 r801, room b5 e1 f8 r802"},
		{"0302-1202", Known{}, "!house.ambiguous, ?room b e f3 r0302+room b e f12 r1202, ?room b3 e2 f12 r1202"},
		{"3-2-12-02", few, "room b3 e2 f12 r02"},
		{"3-2-1202和1203", few, "room b3 e2 f12 r1202, room b3 e2 f12 r1203"},
		{"1楼12号", few, "shop b e f1 r12"},
		{"南苑5号楼301", few, "room z南苑 b5 e f3 r301"},
		{"3-11", few, "!house.ambiguous, ?room b3 e f r11, ?room b e f r3-11"},
		{"杭州市西湖区文三路88号翠苑小区12幢2单元301室", few, "room z翠苑小区 b12 e2 f3 r301, (杭州市西湖区文三路88号)"},
		{"文三路88号12幢2单元301", few, "room b12 e2 f3 r301, (文三路88号)"},
		{"103#", few, "room b e f1 r103, !house.no_building"},
		{"3-1-1202#", few, "room b3 e1 f12 r1202"},
		{"S1-05", shops, "shop b e f rS1-05"},
		{"L2-101、102", shops, "shop b e f rL2-101, shop b e f rL2-102"},
		{"C1-114", Known{Lettered: LetterShop, Buildings: func(b string) bool { return b == "C1" }}, "room bC1 e f1 r114"},
		{"3 1 1205", few, "room b3 e1 f12 r1205"},
		{"3栋地下室05", few, "store b3 e f r地下室05"},
		{"3-1-储藏室12", few, "store b3 e1 f r储藏室12"},
		{"3栋1单元储藏间12号", few, "store b3 e1 f r储藏间12"},
		{"地下室-12", few, "store b e f r地下室12"},
		{"商2-03", few, "shop b商2 e f r03"},
		{"商1-103铺", few, "shop b商1 e f1 r103"},
		{"商1-12", few, "!house.ambiguous, ?shop b商1 e f r12, ?shop b e f r1-12"},
		{"商1-12", Known{Buildings: func(b string) bool { return b == "商1" }}, "shop b商1 e f r12"},
		{"A105~A107", all, "room bA e f1 r105, room bA e f1 r106, room bA e f1 r107"},
	} {
		if got := describe(c.typed, c.known); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.typed, got, c.want)
		}
	}
}

// The short form of a store room and of a shop in a block is read back as what it was.
func TestHouse_CodeOfStoresAndBlocks(t *testing.T) {
	t.Parallel()
	for _, h := range []House{
		{Building: "3", Room: "地下室05", Kind: HouseStore}, {Building: "3", Entrance: "1", Room: "储藏室12", Kind: HouseStore}, {Room: "地下室12", Kind: HouseStore},
		{Building: "商2", Room: "03", Kind: HouseShop}, {Building: "商1", Room: "12", Kind: HouseShop}, {Building: "商1", Floor: "1", Room: "103", Kind: HouseShop},
	} {
		if got := describe(h.Code(), Known{}); got != show(h) {
			t.Errorf("%s is read as %s", h.Code(), got)
		}
	}
}

func TestParseHouses_OwnRulesOfTheEstate(t *testing.T) {
	t.Parallel()
	k := estate()
	k.Alias = func(text string) ([]House, bool) {
		return []House{{Building: "3", Floor: "2M", Room: "夹层", Kind: HouseShop}}, text == "夹层2M"
	}
	k.Floor = func(h House) (string, bool) { return "13", h.Building == "3" && h.Room == "1402" }
	if got := describe("夹层2M", k); got != "shop b3 e f2M r夹层" {
		t.Errorf("alias: %s", got)
	}
	if got := describe("3栋1402", k); got != "room b3 e f13 r1402" {
		t.Errorf("floor: %s", got)
	}
	k.Buildings = func(b string) bool { return b == "B1" || b == "405" }
	if got := describe("B1-023", k); got != "!house.ambiguous, ?room bB1 e f r023, ?space b e f-1 r023" && !strings.HasPrefix(got, "!house.ambiguous") {
		t.Errorf("B1 is a building too: %s", got)
	}
	if got := describe("405-1", k); !strings.HasPrefix(got, "!house.ambiguous") {
		t.Errorf("405 is a building too: %s", got)
	}
}

func TestHouse_CodeWordsKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, code, words string
	}{
		{"3栋1单元1202", "3-1-1202", "3栋1单元1202"},
		{"A座1205", "A-1205", "A栋1205"},
		{"C1首层114铺", "C1-1F-114铺", "C1栋1层114铺"},
		{"负一层23", "B1-23车位", "地下1层23车位"},
		{"步行街12号", "步行街12号", "步行街12号"},
		{"大堂2", "大堂2", "大堂2"},
	} {
		h := ParseHouses(c.typed, estate())[0].Houses[0]
		if h.Code() != c.code || h.Words() != c.words {
			t.Errorf("%s: code %s words %s", c.typed, h.Code(), h.Words())
		}
	}
	same := [][2]string{{"1-2-0301", "一栋二单元301室"}, {"C1首层114铺", "C1栋0114铺"}, {"B1-023", "负一层23"}, {"01-2-301", "1-2-301"}}
	for _, pair := range same {
		a, b := ParseHouses(pair[0], estate())[0].Houses[0], ParseHouses(pair[1], estate())[0].Houses[0]
		if a.Key() != b.Key() {
			t.Errorf("%v: keys %s and %s differ", pair, a.Key(), b.Key())
		}
	}
	for _, pair := range [][2]string{{"-1-23", "-2-23"}, {"1F-08", "2F-08"}, {"C1栋114", "C1栋114铺"}} {
		a, b := ParseHouses(pair[0], estate())[0].Houses[0], ParseHouses(pair[1], estate())[0].Houses[0]
		if a.Key() == b.Key() {
			t.Errorf("%v: both have key %s", pair, a.Key())
		}
	}
}

// A code read back by somebody who knows the estate is the same house.
func TestHouse_CodeRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := House{
			Building: rapid.SampledFrom([]string{"2", "3", "12", "A", "C1"}).Draw(t, "building"),
			Entrance: rapid.SampledFrom([]string{"", "1", "2", "11"}).Draw(t, "entrance"),
			Room:     rapid.StringMatching(`[1-9][0-9]{2,3}[A-F]?`).Draw(t, "room"),
			Kind:     rapid.SampledFrom([]HouseKind{HouseRoom, HouseShop, HouseSpace}).Draw(t, "kind"),
		}
		if h.Kind != HouseRoom {
			h.Entrance = ""
		}
		if h.Kind == HouseSpace {
			h.Floor = rapid.SampledFrom([]string{"", "-1", "-2"}).Draw(t, "floor")
		} else {
			h.Floor = floorOf(h.Room)
		}
		k := estate()
		for _, text := range []string{h.Code(), h.Words()} {
			got := ParseHouses(text, k)
			if len(got) != 1 || !slices.Equal(got[0].Houses, []House{h}) {
				t.Fatalf("%+v: %q read back as %s", h, text, describe(text, k))
			}
		}
	})
}

func FuzzParseHouses(f *testing.F) {
	for _, s := range []string{"1-2-301", "1栋2单元301/302", "C1首层114铺", "C1-C3栋103铺", "B1-023", "负一层23", "-1-23", "N710 711", "405-1",
		"4e", "10101", "步行街12号", "301(302)、", "复式 1801-1901", "((((", "-", "1f1f1f", "s", "安富车位", "一二三四五六七八九十号", "1-B1-3车位"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, k := range []Known{{}, estate(), {Default: "1", HasEntrances: func(string) bool { return true }}} {
			for _, r := range ParseHouses(cell, k) {
				if len(r.Houses) > 0 == (len(r.Problems) > 0 && r.Problems[0] != HouseNoBuilding) {
					t.Fatalf("%q: neither settled nor a question: %+v", cell, r)
				}
				for _, list := range append(slices.Clone(r.Candidates), r.Houses) {
					for _, h := range list {
						if h.Kind == "" || h.Room == "" {
							t.Fatalf("%q: empty house %+v", cell, h)
						}
						_, _, _ = h.Code(), h.Words(), h.Key()
					}
				}
			}
		}
	})
}

func TestParseHouses_OtherHands(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"一期3-1-1202":    "room b1期3 e1 f12 r1202",
		"二期-5-301":      "room b2期5 e f3 r301",
		"一期3栋1单元1202":   "room b1期3 e1 f12 r1202",
		"3栋1单元12楼B":     "room b3 e1 f12 rB",
		"3栋12楼1202":     "room b3 e f12 r1202",
		"G层12铺":         "shop b e fG r12",
		"GF-12铺":        "shop b e fG r12",
		"LG层08铺":        "shop b e fLG r08",
		"3/1/1205":      "room b3 e1 f12 r1205",
		"3_1_1206":      "room b3 e1 f12 r1206",
		"3-1-1202/1203": "room b3 e1 f12 r1202, room b3 e1 f12 r1203",
		"3-1202复式":      "room b3 e f12 r1202, (复式)",
		"3栋1202室跃层":     "room b3 e f12 r1202, (跃层)",
	} {
		if got := describe(typed, Known{}); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}
