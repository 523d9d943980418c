package roster

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// expect is what a file of ../shared/rosters contains. The figures were found by hand: every file was turned into CSV by an
// office suite, read by eye, and counted by a script that shares no code with this package.
type expect struct {
	file                              string
	rows, units, households           int
	persons, emergency, phones, plate int
	ids                               int
	aside                             map[AsideKind]int
	refused                           int
	held                              int // units
	problems                          map[string]int
	tables                            int
	options                           Options
	fields                            map[string]Field // corrected by hand
	some                              []string         // a few households or units, as lines writes them
}

var expected = []expect{
	{
		// 8 sheets with one header each; the last has 419 different codes A0-301 to A6-2501 and nothing else.
		file: "管理费导入表_分区空表.xls", tables: 8, rows: 427, units: 419, aside: map[AsideKind]int{AsideHeader: 8},
	},
	{
		// 36 lines with a unit (27 owners, 9 tenants), 88 people, 80 numbers of theirs and 19 people to be called with one each.
		// 16 identity numbers have 17 digits; 12 say 未提供. 26 units have no 单元; the others of buildings 1 and 2 name one only.
		file: "made_业户资料总表_按户分组.xlsx", tables: 1, rows: 92, units: 36, households: 36, persons: 88, emergency: 19, phones: 99, plate: 13, ids: 76,
		aside:    map[AsideKind]int{AsideTitle: 2, AsideHeader: 1, AsideTotal: 1},
		problems: map[string]int{EntranceOnly: 2, "cn.id.bad_length": 16},
		some:     []string{"1-1-103 tenant 甲百川,19900000027", "1-1-203 owner 辛千帆 !壬九思,19900000058"},
	},
	{
		file: "made_业户资料总表_按户分组.xlsx", tables: 1, rows: 92, units: 36, households: 36, persons: 88, emergency: 19, phones: 99, plate: 13, ids: 76,
		aside:    map[AsideKind]int{AsideTitle: 2, AsideHeader: 1, AsideTotal: 1},
		problems: map[string]int{"cn.id.bad_length": 16},
		options:  Options{Entrances: map[string]string{"1": "1", "2": "1"}},
	},
	{
		// 79 lines; room 101 twice with other firms and areas; B505A, N613, N712, N310 and "N710 711" name a tower nobody knows.
		file: "office_tower_charge_import_80rows_scrubbed.xlsx", tables: 1, rows: 80, units: 79, households: 79, persons: 79,
		aside: map[AsideKind]int{AsideHeader: 1}, held: 6,
		problems: map[string]int{LetteredAsk: 1, AreaJoint: 1, UnitTwice: 1, Differs: 1, "cn.name.unusual": 3, OneBuilding: 1, SideOpenWhole: 1},
		some:     []string{"509B  北京华美信诺科技有限公司", "101  中国银行股份有限公司上海市闵行支行 held"},
	},
	{
		// 35 shops, no people. 12 lie under several buildings (C1-C3), A182 is a shop as the others are; A42/B11/B12 are three with one area.
		file: "商铺_2014-11_管理费.xls", tables: 1, rows: 37, units: 25, aside: map[AsideKind]int{AsideHeader: 1, AsideTotal: 1}, refused: 12,
		problems: map[string]int{"cn.house.ambiguous": 12, Lettered: 1, AreaJoint: 1, AreaRounded: 20, OneBuilding: 1},
	},
	{
		// 3,357 rooms: 33 with 单元 -1 or -2, one all 未知; 149 room numbers of two digits among the rest; three rows are
		// shifted by a column, one building is a room number.
		file: "estate_rooms_3357.csv", tables: 1, rows: 3358, units: 3323, aside: map[AsideKind]int{AsideHeader: 1}, refused: 34, held: 4,
		problems: map[string]int{"cn.house.not_understood": 33, Unknown: 1, RoomShort: 149, Unlike: 7},
	},
	{
		// The lines stand for ranges of floors.
		file: "rooms_by_range_gbk.csv", tables: 1, rows: 3, aside: map[AsideKind]int{AsideHeader: 1}, refused: 2, problems: map[string]int{SeveralUnits: 2},
	},
	{
		// Three payments of one unit; the cashier is nobody of the house; the explanation stands beside, also in the rows 3 and 4.
		file: "hc_importFeeDetail.xlsx", tables: 1, rows: 10, units: 1, aside: map[AsideKind]int{AsideHeader: 1, AsideBeside: 8},
	},
	{
		// One line, with codes for use, state and role; 17 rows of explanation beside.
		file: "hc_importRoom_scrubbed.xlsx", tables: 1, rows: 19, units: 1, households: 1, persons: 1, phones: 1, ids: 1,
		aside:    map[AsideKind]int{AsideHeader: 1, AsideBeside: 17},
		problems: map[string]int{KindUnread: 1, StateUnread: 1, RoleUnread: 1},
		some:     []string{"1-1-1F-1001 owner 张三,18900000000#990001199001010013"},
	},
	{
		// The one line is shifted: 33 is no room.
		file: "hc_meterMachine.xlsx", tables: 1, rows: 11, units: 1, aside: map[AsideKind]int{AsideHeader: 1, AsideBeside: 9}, held: 1,
		problems: map[string]int{RoomShort: 1, OneBuilding: 1},
	},
	{
		// Units 1 to 10: rooms of one or two digits, asked until somebody says that they are names.
		file: "condo_ticket_en.xlsx", tables: 1, rows: 11, units: 10, households: 10, persons: 10, phones: 10, aside: map[AsideKind]int{AsideHeader: 1}, held: 10,
		problems: map[string]int{RoomShort: 10, OneBuilding: 1, SideOpenWhole: 1},
	},
	{
		file: "condo_ticket_en.xlsx", tables: 1, rows: 11, units: 10, households: 10, persons: 10, phones: 10, aside: map[AsideKind]int{AsideHeader: 1},
		problems: map[string]int{OneBuilding: 1}, options: Options{Literal: true, Side: SideOwner},
		some: []string{"3 owner John Smith,+79877599888"},
	},
	{
		// Russian headers say nothing: without a hand nobody knows the unit.
		file: "condo_contact_ru.xlsx", tables: 1, rows: 6, aside: map[AsideKind]int{AsideHeader: 1}, refused: 5,
		problems: map[string]int{NoUnitColumn: 1, NoUnit: 5},
	},
	{
		file: "condo_contact_ru.xlsx", tables: 1, rows: 6, units: 5, households: 5, persons: 5, phones: 5, aside: map[AsideKind]int{AsideHeader: 1},
		problems: map[string]int{KindUnread: 5, OneBuilding: 1, SideOpenWhole: 1},
		options:  Options{Literal: true},
		fields:   map[string]Field{"АДРЕС": Door, "НОМЕРПОМЕЩЕНИЯ": Room, "ТИППОМЕЩЕНИЯ": Kind, "ФИО": Occupant},
		some:     []string{"7  Иван Иванович Иванов,+79221234567"},
	},
}

// sharedRosters finds ../shared/rosters beside the repository; the test is skipped without it.
func sharedRosters(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			found := filepath.Join(dir, "..", "shared", "rosters")
			if _, err := os.Stat(found); err != nil {
				t.Skip("no ../shared/rosters")
			}
			return found
		}
	}
	t.Skip("no repository root")
	return ""
}

func TestRosters(t *testing.T) {
	dir := sharedRosters(t)
	for _, want := range expected {
		t.Run(want.file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(dir, want.file))
			if err != nil {
				t.Fatal(err)
			}
			in := Input{}
			if want.fields != nil || want.options.Literal || want.options.Entrances != nil {
				tables, err := Look(openBook(t, data, want.file))
				if err != nil {
					t.Fatal(err)
				}
				m := tables[0].Mapping
				maps.Copy(m.Fields, want.fields)
				m.Options = want.options
				in.Mappings = []Mapping{m}
			}
			want.check(t, readBook(t, data, in))
		})
	}
}

func (want expect) check(t *testing.T, p *Plan) {
	t.Helper()
	got := expect{file: want.file, rows: p.Counts.Rows, units: len(p.Units), households: len(p.Households), refused: p.Counts.Refused, tables: len(p.Tables)}
	for _, u := range p.Units {
		if u.Held {
			got.held++
		}
	}
	for _, h := range p.Households {
		got.phones += len(h.Phones)
		got.plate += len(h.Vehicles)
		for _, q := range h.People {
			got.phones += len(q.Phones)
			got.ids += len(q.IDs)
			if q.Emergency {
				got.emergency++
			} else {
				got.persons++
			}
		}
	}
	problems := map[string]int{}
	for _, q := range p.Problems {
		problems[q.Kind]++
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{{"rows", got.rows, want.rows}, {"units", got.units, want.units}, {"households", got.households, want.households}, {"persons", got.persons, want.persons},
		{"emergency", got.emergency, want.emergency}, {"phones", got.phones, want.phones}, {"plates", got.plate, want.plate}, {"ids", got.ids, want.ids},
		{"refused", got.refused, want.refused}, {"held", got.held, want.held}, {"tables", got.tables, want.tables}} {
		if c.got != c.want {
			t.Errorf("%d %s, want %d", c.got, c.what, c.want)
		}
	}
	if !maps.Equal(asides(p), want.aside) {
		t.Errorf("set aside %v, want %v", asides(p), want.aside)
	}
	if want.problems == nil {
		want.problems = map[string]int{}
	}
	if !maps.Equal(problems, want.problems) {
		t.Errorf("problems %v, want %v", problems, want.problems)
	}
	all := "\n" + strings.Join(lines(p), "\n") + "\n"
	for _, line := range want.some {
		if !strings.Contains(all, "\n"+line) {
			t.Errorf("no household %q", line)
		}
	}
}

func TestGB18030(t *testing.T) {
	const name = "登记表_gb18030.csv"
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	p := readBook(t, data, Input{})
	same(t, "households", lines(p), []string{
		"1-2-301 owner 张三,13800138000#11010519491231002X [粤B12345]",
		"1-2-302 owner 李四,13900139000 王五,13700137000",
		"1-2-303 owner 欧阳锋,075582311234 [粤BD12345]"})
	same(t, "problems", said(p), []string{"warning to_come E6"})
	if got, want := asides(p), (map[AsideKind]int{AsideTitle: 1, AsideHeader: 1, AsideTotal: 1, AsideNote: 1}); !maps.Equal(got, want) {
		t.Errorf("set aside %v, want %v", got, want)
	}
}
