package roster

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/sheet"
)

func chinese(t testing.TB) Texts {
	t.Helper()
	b, err := i18n.New(Locales, cn.Locales)
	if err != nil {
		t.Fatal(err)
	}
	return func(key string, args ...any) string { return b.Text(i18n.Chinese, key, args...) }
}

var questionable = [][]string{
	row("房号", "业主", "电话", "交房日期", "用途"),
	row("C1-C3栋103铺", "某某餐饮有限公司", "13800138000", "2019-3-5", "商铺"),
	row("1-101", "张三", "1.38E+10", "n:2019.1", "住宅"),
	row("1-1-102", "李四", "13800138001", "2019-3-5", "住宅"),
	row("1-2-103", "王五", "13800138002", "2019-3-5", "住宅"),
	row("1-2-103", "赵六", "13800138003", "2019-3-5", "住宅"),
	row("5", "孙八", "13800138004", "2019-3-5", "住宅"),
	row("", "钱七", "13800138005"),
	row("10101", "周九", "13800138006", "2019-3-5", "住宅"),
}

func TestAnswers_SettleEachProblem(t *testing.T) {
	p := readRows(t, Input{}, questionable...)
	same(t, "problems", said(p), []string{"refused cn.house.ambiguous A2", "ask entrance_mixed A3", "ask ruined C3", "ask cn.date.ambiguous D3", "ask unit_twice 6",
		"ask room_short A7", "refused cn.house.run_together A9"})
	answers := Answers{}
	for _, q := range p.Problems {
		a := Answer{Keep: true}
		if len(q.Candidates) > 0 {
			a = Answer{Text: q.Candidates[0]}
		}
		answers[q.At] = a
	}
	answers[Cell{"名册", 3, 3}] = Answer{Text: "13800138009"}
	answers[Cell{"名册", 8, 0}] = Answer{Skip: true}
	p = readRows(t, Input{Answers: answers}, questionable...)
	same(t, "after answering", said(p), nil)
	got := lines(p)
	same(t, "households", got, []string{"C1-C3-1F-103铺 owner 某某餐饮有限公司,13800138000", "1-1-101 owner 张三,13800138009", "1-1-102 owner 李四,13800138001",
		"1-2-103 owner 王五,13800138002", "1-2-103 owner 赵六,13800138003", "5 owner 孙八,13800138004", "10-101 owner 周九,13800138006"})
	if asides(p)[AsideSkipped] != 1 {
		t.Errorf("set aside %v", asides(p))
	}
	raw, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	var back Answers
	if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(back, answers) {
		t.Errorf("answers stored as %s: %v", raw, err)
	}
}

func TestRoundTrip_ProblemsComeBackAsAnswers(t *testing.T) {
	texts := chinese(t)
	data := madeXLSX(t, tab{name: "名册", rows: questionable})
	plan := readBook(t, data, Input{})
	var out bytes.Buffer
	if err := WriteProblems(&out, openBook(t, data, "x"), plan, texts); err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, out.Bytes())
	if len(rows) != 6 || !slices.Equal(rows[0], []string{"房号", "业主", "电话", "交房日期", "用途", "问题", "处理（照录、略过）", "行号，勿改"}) {
		t.Fatalf("%d rows: %q", len(rows), rows)
	}
	if want := "房号：房号有几种读法，选定一种（C1-C3-1F-103铺 | C1-1F-103铺 | C3-1F-103铺）"; rows[1][5] != want {
		t.Errorf("problem %q, want %q", rows[1][5], want)
	}
	untouched, err := ReadAnswers(openBook(t, out.Bytes(), "x"), texts)
	if err != nil {
		t.Fatal(err)
	}
	if again := readBook(t, data, Input{Answers: untouched}); !slices.Equal(said(again), said(plan)) || !slices.Equal(lines(again), lines(plan)) {
		t.Errorf("a list that nobody mended changes the plan: %v, want %v", said(again), said(plan))
	}
	mended := rows
	mended[1][0], mended[2][0], mended[2][2], mended[2][3] = "C3-1F-103铺", "1-1-101", "13800138009", "2019.10"
	mended[3][6], mended[4][6], mended[5][6] = "照录", "略过", "略过"
	answers, err := ReadAnswers(openBook(t, madeXLSX(t, tab{name: "名册", rows: mended}), "x"), texts)
	if err != nil {
		t.Fatal(err)
	}
	p := readBook(t, data, Input{Answers: answers})
	same(t, "after mending", said(p), nil)
	same(t, "households", lines(p), []string{"C3-1F-103铺 owner 某某餐饮有限公司,13800138000", "1-1-101 owner 张三,13800138009", "1-1-102 owner 李四,13800138001",
		"1-2-103 owner 王五,13800138002", "1-2-103 owner 赵六,13800138003"})
	if _, err := ReadAnswers(openBook(t, data, "x"), texts); err == nil {
		t.Error("a roster was taken for a list of problems")
	}
}

func rowsOf(t testing.TB, data []byte) [][]string {
	t.Helper()
	var out [][]string
	for _, s := range openBook(t, data, "x").Sheets() {
		for r, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			cells := make([]string, len(r.Cells))
			for i := range r.Cells {
				cells[i] = textAt(r.Cells, i+1)
			}
			out = append(out, cells)
		}
	}
	return out
}

func TestMapping_CorrectedStoredRecognised(t *testing.T) {
	rows := [][]string{
		row("物业号", "联络", "业主", "甲", "甲"),
		row("1-101", "13800138000", "张三", "x", "粤B12345"),
		row("1-102", "13800138001", "李四", "y", "粤B12346"),
	}
	tables, err := Look(openBook(t, madeXLSX(t, tab{name: "一", rows: rows}), "x"))
	if err != nil || len(tables) != 1 {
		t.Fatal(tables, err)
	}
	m := tables[0].Mapping
	if m.Fields["联络"] != Phone || m.Fields["物业号"] != Room || m.Fields["甲"] != Ignore || m.Fields["甲#2"] != Plates {
		t.Errorf("guessed %v", m.Fields)
	}
	m.Fields["甲"] = Remark
	m.Options = Options{Use: "flat", Year: 2019}
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var stored Mapping
	if err := json.Unmarshal(raw, &stored); err != nil {
		t.Fatal(err)
	}
	if !stored.Fits([]string{"甲#2", "甲", "业主", "联络", "物业号"}) || stored.Fits([]string{"物业号", "联络", "业主", "甲"}) || (Mapping{}).Fits(nil) {
		t.Error("a mapping fits the same headers in any order, and no others")
	}
	p := readRows(t, Input{Mappings: []Mapping{{Headers: []string{"别的"}}, stored}}, rows...)
	if p.Households[0].Remark != "甲：x" || p.Units[0].Kind != "flat" || p.Households[0].Vehicles[0].Number != "粤B12345" {
		t.Errorf("household %+v, unit %+v", p.Households[0], p.Units[0])
	}
}

func TestGuess_ValuesAgainstHeaders(t *testing.T) {
	tables, err := Look(openBook(t, madeXLSX(t, tab{name: "一", rows: [][]string{
		row("房号", "业主", "租户", "联系电话", "楼阁名称", "备注2（业主及住户电话）", "紧急联系人电话", "承租人身份证号码", ""),
		row("1-101", "13800138000", "王五", "13800138001", "商铺", "13800138002", "13800138003", "11010519491231002X", "粤B12345"),
		row("1-102", "13900139000", "赵六", "13800138001", "商铺", "13800138002", "13800138003", "11010519491231002X", "粤B12346"),
		row("1-103", "13700137000", "孙八", "13800138001", "商铺", "13800138002", "13800138003", "11010519491231002X", "粤B12347"),
	}}), "x"))
	if err != nil || len(tables) != 1 {
		t.Fatal(tables, err)
	}
	var got []Field
	for _, g := range tables[0].Guesses {
		got = append(got, g.Field)
	}
	if want := []Field{Room, Phone, TenantName, Phone, Kind, OwnerPhone, EmergencyPhone, TenantID, Plates}; !slices.Equal(got, want) {
		t.Errorf("guessed %v, want %v", got, want)
	}
	if g := tables[0].Guesses[1]; g.Why != WhyAgainst || len(g.Samples) != 3 {
		t.Errorf("the column 业主 that holds phones: %+v", g)
	}
}

// Every word of the vocabulary stands in the form in which it is compared, and means something the code knows.
func TestWords(t *testing.T) {
	for section, words := range vocabulary() {
		for word, m := range words {
			if plainWord(word) != word && word != "#" && word != "NO." {
				t.Errorf("%s.%s: %q is compared as %q", section, m, word, plainWord(word))
			}
			if section == "head" && !slices.Contains(Fields, Field(m)) {
				t.Errorf("%q names no field", m)
			}
		}
	}
}

// Every key that the package makes is in its catalogues.
func TestCatalogue(t *testing.T) {
	texts := chinese(t)
	var keys []string
	for _, f := range Fields {
		keys = append(keys, f.Key())
	}
	for _, k := range AsideKinds {
		keys = append(keys, k.Key())
	}
	for _, s := range Severities {
		keys = append(keys, s.Key())
	}
	for _, w := range []Why{WhyHeader, WhyPart, WhyValues, WhyAgainst, WhyTwice, WhyNone} {
		keys = append(keys, w.Key())
	}
	for _, key := range keys {
		if s := texts(key); strings.HasPrefix(s, "[") || s == key {
			t.Errorf("no text for %s: %q", key, s)
		}
	}
	if _, err := fs.Stat(Locales, "locales/zh.json"); err != nil {
		t.Error(err)
	}
}

// FuzzRead: no file panics the reader, and every part of every row is accounted for.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"房号,业主,电话\n1-101,张三,13800138000\n,李四(妻),\n合计,2,\n",
		"房号,姓名,房号,姓名\n1-101,张三,2-101,李四\n3栋,,,\nS12,王五,C1-C3栋103铺,赵六\n",
		"楼栋,单元,房间,业主,租户,租赁开始日期\n1,1,101,张三,李四,2019.1\n未知,-1,x,王五,,43521\n",
		"a,b\n\n1,2\n", "1-101,张三\n1-102,李四\n", "房号,业主\n房号,业主\n1-101/102、103,\n", "业主/租户,姓名,房号\n租户,张三,1-1-101\n家庭成员,李四,1-1-101\n",
	} {
		f.Add([]byte(seed), "12:1:x", "1-101")
	}
	f.Fuzz(func(t *testing.T, data []byte, at, text string) {
		book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "x.csv", sheet.Limits{})
		if err != nil {
			return
		}
		var cell Cell
		answers := Answers{}
		if cell.UnmarshalText([]byte(at)) == nil {
			answers[cell] = Answer{Text: text}
		}
		p, err := Read(book, Input{Today: today, Answers: answers})
		if err != nil {
			return
		}
		if c := p.Counts; c.Parts != c.Understood+c.SetAside+c.Refused || c.SetAside != len(p.SetAside) {
			t.Errorf("parts do not add up: %+v, %d set aside", c, len(p.SetAside))
		}
		for _, h := range p.Households {
			if len(h.Units) == 0 {
				t.Errorf("household without a unit: %+v", h)
			}
		}
		if err := WriteProblems(&bytes.Buffer{}, book, p, func(key string, _ ...any) string { return key }); err != nil {
			t.Error(err)
		}
	})
}
