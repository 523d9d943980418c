package roster

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func chosen(key, way string) Input {
	return Input{Mappings: []Mapping{{Options: Options{Choices: map[string]string{key: way}}}}}
}

func TestChoice_OneForEveryRowOfAShape(t *testing.T) {
	rows := [][]string{row("房号", "业主")}
	for i := range 16 {
		rows = append(rows, row(fmt.Sprintf("%d-%d-%02d", i/8+1, i/4+1, i%4+1), "甲"+string('一'+rune(i))))
	}
	p := readRows(t, Input{}, rows...)
	if p.Counts.Refused != 16 || slices.ContainsFunc(p.Problems, func(q Problem) bool { return q.Choice != "room:0-0-0" || len(q.Ways) != 2 }) {
		t.Fatalf("%+v, %v", p.Counts, p.Problems)
	}
	for i, way := range p.Problems[0].Ways {
		q := readRows(t, chosen("room:0-0-0", way), rows...)
		if q.Counts.Refused != 0 || q.Units[0].House.Code() != p.Problems[0].Candidates[i] {
			t.Errorf("%s: %v, %s", way, said(q), q.Units[0].House.Code())
		}
	}
	q := readRows(t, Input{Places: Places{"1": {"1", "2"}, "2": {"3", "4"}}}, rows...)
	same(t, "the estate's own units allow one reading only", said(q), nil)
}

func TestChoice_RunTogetherAndRanges(t *testing.T) {
	rows := [][]string{row("房号", "业主"), row("10101", "甲一"), row("20202", "乙二"), row("110303", "丙三"), row("3-101-105", "丁四")}
	p := readRows(t, Input{}, rows...)
	for _, q := range p.Problems {
		if q.Choice == "" || len(q.Ways) != len(q.Candidates) || len(q.Ways) < 2 {
			t.Errorf("%s: %+v", q.Value, q)
		}
	}
	in := Input{Mappings: []Mapping{{Options: Options{Choices: map[string]string{"room:00000": p.Problems[0].Ways[0], "room:0-0-0": "building-room-all"}}}}}
	got := lines(readRows(t, in, rows...))
	if len(got) != 3 || !strings.HasPrefix(got[0], p.Problems[0].Candidates[0]+" ") || !strings.HasPrefix(got[2], "3-101+3-102+3-103+3-104+3-105 ") {
		t.Errorf("households %v", got)
	}
}

func TestChoice_EntranceBesideAColumnOfBuildings(t *testing.T) {
	head := row("楼栋", "房号", "业主")
	p := readRows(t, Input{}, head, row("1栋", "1-301", "甲一"), row("5栋", "2-301", "乙二"), row("5栋", "3-1202", "丙三"))
	same(t, "other rows settle it", lines(p), []string{"1-1-301 owner 甲一", "5-2-301 owner 乙二", "5-3-1202 owner 丙三"})
	same(t, "nothing is asked", said(p), nil)
	p = readRows(t, Input{}, head, row("1栋", "1-301", "甲一"), row("2栋", "2-301", "乙二"))
	same(t, "the building is repeated", lines(p), []string{"1-301 owner 甲一", "2-301 owner 乙二"})
	p = readRows(t, Input{}, head, row("5栋", "3栋301", "甲一"))
	same(t, "in so many words another building", said(p), []string{"refused building_differs B2"})
}

func TestChoice_LettersBeforeANumber(t *testing.T) {
	shops := [][]string{row("铺号", "承租方"), row("A101", "甲一"), row("A102", "乙二"), row("B05", "丙三")}
	p := readRows(t, Input{}, shops...)
	same(t, "units of the estate", lines(p), []string{"A101铺 tenant 甲一", "A102铺 tenant 乙二", "B05铺 tenant 丙三"})
	same(t, "proposed once", said(p), []string{"warning lettered A1"})
	p = readRows(t, chosen("letters", "building"), shops[:3]...)
	same(t, "area A", lines(p), []string{"A-101 tenant 甲一", "A-102 tenant 乙二"})

	flats := [][]string{row("房号", "业主"), row("A1205", "甲一"), row("B1206", "乙二")}
	p = readRows(t, Input{}, flats...)
	same(t, "asked once", said(p), []string{"ask lettered_ask A1"})
	if p.Counts.Refused != 0 || !p.Units[0].Held || !p.Households[1].Held {
		t.Errorf("not held: %+v", p.Units)
	}
	same(t, "a building", lines(readRows(t, chosen("letters", "building"), flats...)), []string{"A-1205 owner 甲一", "B-1206 owner 乙二"})
	same(t, "a room", lines(readRows(t, chosen("letters", "room"), flats...)), []string{"A1205 owner 甲一", "B1206 owner 乙二"})
	p = readRows(t, Input{}, append(flats, row("A座1207", "丙三"), row("B栋1208", "丁四"))...)
	same(t, "other rows settle it", lines(p), []string{"A-1205 owner 甲一", "B-1206 owner 乙二", "A-1207 owner 丙三", "B-1208 owner 丁四"})
	same(t, "nothing is asked", said(p), nil)
	p = readRows(t, Input{Places: Places{"A": {""}, "B": {""}}}, flats...)
	same(t, "the estate settles it", said(p), nil)
}

func TestChoice_RoomsThatBecameDates(t *testing.T) {
	rows := [][]string{row("房号", "业主", "电话"), row("d:46093", "卓然", "13900050001"), row("d:46328", "晏清", "13900050002"), row("12-1302", "令狐雪", "13900050003")}
	p := readRows(t, Input{}, rows...)
	same(t, "half of a column", said(p), []string{"refused became_date A2", "refused became_date A3"})
	q := p.Problems[0]
	same(t, "what it was", append(q.Candidates, q.Choice, q.Ways[0], fmt.Sprint(q.Args)), []string{"3-12", "dates:房号", "date", "[房号 3 12 3-12]"})
	p = readRows(t, chosen("dates:房号", "date"), rows...)
	same(t, "one press", lines(p), []string{"3-12 owner 卓然,13900050001", "11-2 owner 晏清,13900050002", "12-1302 owner 令狐雪,13900050003"})
	p = readRows(t, Input{Answers: Answers{Cell{"名册", 2, 1}: {Text: "3-1202"}}}, rows...)
	same(t, "one row by itself", lines(p), []string{"3-1202 owner 卓然,13900050001", "12-1302 owner 令狐雪,13900050003"})

	rows = [][]string{row("楼栋-单元", "房号", "业主", "产权份额"), row("d:46093", "301", "卓然", "d:46024"), row("3-2", "302", "晏清", "1/2")}
	p = readRows(t, Input{}, rows...)
	same(t, "other columns", said(p), []string{"refused became_date A2", "ask became_date D2"})
	in := Input{Mappings: []Mapping{{Options: Options{Choices: map[string]string{"dates:楼栋-单元": "date", "dates:产权份额": "date"}}}}}
	p = readRows(t, in, rows...)
	same(t, "building and entrance", lines(p), []string{"3-12-301 owner 卓然", "3-2-302 owner 晏清"})
	if len(p.Households) != 2 || p.Households[0].Share != "1/2" || p.Households[1].Share != "1/2" {
		t.Errorf("households %v %+v", lines(p), said(p))
	}
}

func TestTable_UnreadColumnsAreCounted(t *testing.T) {
	p := readRows(t, Input{}, row("房号", "业主", "月租金", "宠物"), row("1-101", "甲一", "100", "狗"), row("1-102", "乙二", "", "猫"), row("1-103", "丙三", "", ""))
	if got := fmt.Sprint(p.Tables[0].Unread()); got != "[{月租金 3 1} {宠物 4 2}]" {
		t.Errorf("unread %s", got)
	}
}

// Two ways to read a place that have one code are told apart in words, and chosen by them.
func TestChoice_TwoWaysWithOneCode(t *testing.T) {
	rows := [][]string{row("房号", "业主"), row("3-11", "卓然"), row("2-14", "晏清")}
	q := readRows(t, Input{}, rows...).Problems[0]
	same(t, "the ways", q.Candidates, []string{"3栋11", "3-11号"})
	for i, want := range []string{"3", ""} {
		p := readRows(t, chosen(q.Choice, q.Ways[i]), rows...)
		if len(p.Units) != 2 || p.Units[0].House.Building != want {
			t.Errorf("%s for all: %+v", q.Ways[i], p.Units)
		}
		p = readRows(t, Input{Answers: Answers{Cell{"名册", 2, 1}: {Text: q.Candidates[i]}}}, rows...)
		if len(p.Units) != 1 || p.Units[0].House.Building != want {
			t.Errorf("%s for one: %+v", q.Candidates[i], p.Units)
		}
	}
}
