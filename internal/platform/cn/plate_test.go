package cn

import (
	"slices"
	"testing"
)

func TestParsePlate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed, number string
		kind          PlateKind
		problems      []Problem
	}{
		{"京A·12345", "京A12345", PlateOrdinary, nil},
		{"京a 1234b", "京A1234B", PlateOrdinary, nil},
		{"粤Ｂ－A1234", "粤BA1234", PlateOrdinary, nil},
		{"京AD12345", "京AD12345", PlateElectric, nil},
		{"京AF1234", "京AF1234", PlateOrdinary, nil},
		{"京AFA1234", "京AFA1234", PlateElectric, nil},
		{"京A12345D", "京A12345D", PlateElectric, nil},
		{"粤BG12345", "粤BG12345", PlateElectric, nil},
		{"京A1234挂", "京A1234挂", PlateTrailer, nil},
		{"京A1234学", "京A1234学", PlateLearner, nil},
		{"京A1234警", "京A1234警", PlatePolice, nil},
		{"粤Z1234港", "粤Z1234港", PlateHongKong, nil},
		{"粤Z1234澳", "粤Z1234澳", PlateMacau, nil},
		{"粤A1234领", "粤A1234领", PlateEmbassy, nil},
		{"使123456", "使123456", PlateEmbassy, nil},
		{"WJ京12345", "WJ京12345", PlateArmed, nil},
		{"KA12345", "KA12345", PlateArmed, nil},
		{"无", "", PlateNone, nil},
		{"京AI2345", "京AI2345", PlateOrdinary, []Problem{PlateBadCharacter}},
		{"京A1234", "京A1234", PlateOrdinary, []Problem{PlateBadLength}},
		{"京A123456", "京A123456", PlateOrdinary, []Problem{PlateNotUnderstood}},
		{"国A12345", "国A12345", PlateOrdinary, []Problem{PlateUnknownRegion}},
		{"黑色宝马", "黑色宝马", PlateUnknown, []Problem{PlateNotUnderstood}},
	} {
		if got := ParsePlate(c.typed); got.Number != c.number || got.Kind != c.kind || !slices.Equal(got.Problems, c.problems) {
			t.Errorf("%s: %+v", c.typed, got)
		}
	}
	if FormatPlate("京AD12345") != "京A·D12345" || FormatPlate("WJ京12345") != "WJ京12345" || FormatPlate("x") != "x" {
		t.Error("FormatPlate")
	}
}

func TestParsePlates(t *testing.T) {
	t.Parallel()
	got := ParsePlates("张三：京A12345、京A·D12345(新车) 沪B 12345/无")
	want := []Plate{
		{Label: "张三", Original: "京A12345", Kind: PlateOrdinary, Number: "京A12345"},
		{Label: "张三", Note: "新车", Original: "京A·D12345", Kind: PlateElectric, Number: "京AD12345"},
		{Label: "张三", Original: "沪B 12345", Kind: PlateOrdinary, Number: "沪B12345"},
		{Label: "张三", Original: "无"},
	}
	if !slices.EqualFunc(got, want, func(a, b Plate) bool {
		return a.Label == b.Label && a.Note == b.Note && a.Original == b.Original && a.Kind == b.Kind && a.Number == b.Number
	}) {
		t.Errorf("%+v", got)
	}
	if got := ParsePlates("京A12345 沪B12345"); len(got) != 2 || got[1].Number != "沪B12345" {
		t.Errorf("%+v", got)
	}
}

func FuzzParsePlates(f *testing.F) {
	for _, s := range []string{"京A·12345", "张三：京A12345、(新)", "WJ京12345", "京A1234挂", "使123456"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := ""
		for _, p := range ParsePlates(s) {
			all += p.Label + p.Note + p.Original
			_ = FormatPlate(p.Number)
		}
		keepsDigits(t, s, all)
	})
}
