package cn

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestReadings_Surnames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"单雄": "shanxiong", "解缙": "xiejin", "仇英": "qiuying", "区明": "ouming", "曾国": "zengguo", "查良": "zhaliang", "盖叫": "gejiao",
		"朴树": "piaoshu", "任重": "renzhong", "华罗": "hualuo", "纪昀": "jiyun", "缪斯": "miaosi", "乐毅": "yueyi", "繁星": "poxing", "种田": "chongtian",
		"折一": "sheyi", "黑一": "heyi", "召一": "shaoyi", "员一": "yunyi", "燕青": "yanqing", "逄一": "pangyi", "覃一": "qinyi", "翟一": "zhaiyi", "冼一": "xianyi",
		"尹一": "yinyi", "尉迟恭": "yuchigong", "万俟卨": "moqixie", "单于一": "chanyuyi", "澹台一": "tantaiyi", "欧阳修": "ouyangxiu", "长孙一": "zhangsunyi", "诸葛亮": "zhugeliang",
	} {
		if got := Readings(name); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s first", name, got, want)
		}
	}
}

func TestReadings_All(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"单雄": {"danxiong", "chanxiong"}, "盖一": {"gaiyi"}, "覃一": {"tanyi"}, "翟一": {"diyi"}, "乐一": {"leyi"},
		"吕布": {"lvbu", "lubu", "lyubu"}, "王绿": {"wanglv", "wanglu"}, "王重": {"wangzhong", "wangchong"},
		"ABC贸易": {"abcmaoyi"}, "买买提·艾力": {"maimaitiaili"}, "Tom Smith": {"tomsmith"}, "张3": {"zhang3"},
	} {
		got := Readings(name)
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %v lacks %s", name, got, w)
			}
		}
	}
	if got := Readings("𪚥"); len(got) > maxReadings {
		t.Error(got)
	}
	if got := Readings(strings.Repeat("重单乐", 1000)); len(got) == 0 || len(got) > maxReadings {
		t.Errorf("%d readings", len(got))
	}
	if Readings("") != nil || Readings("——") != nil {
		t.Error("readings of nothing")
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"张三": "zs", "单雄": "sx", "吕布": "lb", "欧阳修": "oyx", "ABC贸易": "abcmy"} {
		if got := Initials(name); !slices.Contains(got, want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := Initials("单雄"); !slices.Equal(got, []string{"sx", "dx", "cx"}) {
		t.Error(got)
	}
}

func TestSyllables(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"长租": "[[zhang chang] [zu ju]]", "3栋A座": "[[3] [dong] [a] [zuo]]", "3 栋": "[[3] [dong]]", "吕": "[[lv lu lyu]]", "Garage": "[[garage]]", "——": "[]"} {
		if got := fmt.Sprint(Syllables(name)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestSortKey(t *testing.T) {
	t.Parallel()
	want := []string{"3号", "Tom", "安然", "陈一", "单雄", "解缙", "曾国", "詹天", "张二", "张三", "章一", "𪚥𪚥𪚥"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(SortKey(a), SortKey(b)) })
	if !slices.Equal(got[1:11], want[1:11]) || got[0] != "3号" {
		for _, n := range got {
			t.Log(n, SortKey(n))
		}
		t.Errorf("order %v", got)
	}
	if SortKey("张\x00三") != SortKey("张三") {
		t.Error("NUL in a key")
	}
}

func FuzzReadings(f *testing.F) {
	for _, s := range []string{"张三", "单于一", "吕布", "ABC贸易", "买买提·艾力", "重重重重重重", "嗯呣", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range append(Readings(s), Initials(s)...) {
			if r == "" || strings.ContainsAny(r, " \x00") {
				t.Fatalf("%q: %q", s, r)
			}
		}
		if len(Readings(s)) > maxReadings || strings.Contains(SortKey(s), "\x00") {
			t.Fatal(s)
		}
	})
}
