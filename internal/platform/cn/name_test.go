package cn

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func nameLine(cell string) string {
	var out []string
	for _, n := range ParseNames(cell) {
		s := string(n.Kind) + " " + n.Name
		if n.Role != "" {
			s = n.Role + ": " + s
		}
		if n.Note != "" {
			s += " (" + n.Note + ")"
		}
		if n.Agent {
			s += " agent"
		}
		for _, p := range n.Problems {
			s += " !" + string(p)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestParseNames(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"张三", "person 张三"},
		{"张三/李四", "person 张三; person 李四"},
		{"张三、李四", "person 张三; person 李四"},
		{"张三，李四；王五\n赵六", "person 张三; person 李四; person 王五; person 赵六"},
		{"张三 李四", "person 张三; person 李四"},
		{"王　伟", "person 王伟"},
		{"王 小明", "person 王小明"},
		{"欧阳 娜娜", "person 欧阳娜娜"},
		{"王 伟 李 娜", "person 王伟; person 李娜"},
		{"张三（代）", "person 张三 (代) agent"},
		{"张三(代办)/李四", "person 张三 (代办) agent; person 李四"},
		{"张三（儿子）", "person 张三 (儿子)"},
		{"业主：张三", "业主: person 张三"},
		{"张三先生", "person 张三 (先生)"},
		{"张先生", "person 张先生 !name.incomplete"},
		{"张三等3人", "person 张三 !name.others_unnamed"},
		{"张", "person 张 !name.incomplete"},
		{"买买提・艾力", "person 买买提·艾力"},
		{"买买提•艾力", "person 买买提·艾力"},
		{"买买提．艾力", "person 买买提·艾力"},
		{"阿卜杜热合曼·买买提明", "person 阿卜杜热合曼·买买提明"},
		{"Tom  Smith", "person Tom Smith"},
		{"Ｔｏｍ Smith/张三", "person Tom Smith; person 张三"},
		{"𬭎𬭛", "person 𬭎𬭛"}, // Extension B and later
		{"郞朗", "person 郞朗"}, // compatibility form kept
		{"北京华信（中国）有限公司", "company 北京华信（中国）有限公司"},
		{"北京华信(中国)有限公司", "company 北京华信（中国）有限公司"},
		{"某某中心（有限合伙）", "company 某某中心（有限合伙）"},
		{"某某有限公司（张三）", "company 某某有限公司 (张三)"},
		{"张三/某某商行", "person 张三; company 某某商行"},
		{"红星五金厂", "company 红星五金厂"},
		{"老王店", "company 老王店"},
		{"沙县小吃部", "company 沙县小吃部"},
		{"王知行", "person 王知行"},
		{"老百姓大药房", "company 老百姓大药房"},
		{"张三138", "unknown 张三138 !name.unusual"},
		{"甲乙丙丁戊己", "unknown 甲乙丙丁戊己 !name.unusual"},
		{"开发商未售", ""}, {"未交付", ""}, {"O'Neil & Co", "company O'Neil & Co"}, {"A&B", "company A&B"}, {"A＆B餐饮店、张三", "company A&B餐饮店; person 张三"},
		{"张三&李四", "person 张三; person 李四"}, {"Tom & Mary", "person Tom; person Mary"},
		{"/", ""}, {"无", ""}, {"待补", ""}, {"空置", ""}, {"", ""}, {"张三/", "person 张三"}, {"张三、无", "person 张三"},
	} {
		if got := nameLine(c[0]); got != c[1] {
			t.Errorf("%s:\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

func TestMaskName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"张三": "张*", "张三丰": "张*", "欧阳娜娜": "欧阳*", "张三/李四": "张*、李*", "买买提·艾力": "买*", "Tom Smith": "T*",
		"某某有限公司": "某某有限公司", "王　伟": "王*", "": ""} {
		if got := MaskName(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestNameKey(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"北京华信（中国）有限公司", "北京华信(中国)有限公司"}, {"王　伟", "王伟"}, {"买买提・艾力", "买买提·艾力"}, {"tom smith", "TOM SMITH"}} {
		if NameKey(pair[0]) != NameKey(pair[1]) {
			t.Errorf("%v: %s, %s", pair, NameKey(pair[0]), NameKey(pair[1]))
		}
	}
}

func FuzzParseNames(f *testing.F) {
	for _, s := range []string{"张三/李四", "王　伟", "张三（代）", "业主：张三等3人", "某某(中国)有限公司(张三)", "Tom Smith", "(", "买买提•艾力", "欧阳 娜娜"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range ParseNames(s) {
			if n.Name == "" || !utf8.ValidString(n.Name) || n.Kind == "" {
				t.Fatalf("%q: %+v", s, n)
			}
		}
		_, _ = MaskName(s), NameKey(s)
	})
}
