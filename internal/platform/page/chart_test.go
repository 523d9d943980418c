package page_test

import (
	"strings"
	"testing"

	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/platform/page/pagetest"
)

// A chart writes its values, keeps its bars within its height, and says everything in words; nothing is a chart too.
func TestChart(t *testing.T) {
	texts, err := i18n.New(page.Locales)
	if err != nil {
		t.Fatal(err)
	}
	lang := i18n.English
	draw := func(v page.ChartView) string {
		var b strings.Builder
		if err := page.Chart(v).Render(i18n.With(t.Context(), texts, lang), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	bars := page.ChartView{ID: "takings", Title: "Takings", Labels: []string{"10", "11"}, Series: []page.Series{{Name: "cash", Values: []int64{1204, 0}}, {Name: "card", Values: []int64{602, 90}}}}
	body := draw(bars)
	for _, want := range []string{">1,204<", `height="140"`, `height="70"`, `height="0"`, `fill="url(#takings-1)"`, "Takings; cash 10 1,204 11 0; card 10 602 11 90"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if lang = i18n.Chinese; !strings.Contains(draw(bars), "Takings；cash 10") {
		t.Error("in Chinese the chart is said with half-width signs")
	}
	bars.Line = true
	if n := pagetest.Count(t, draw(bars), "polyline"); n != 2 {
		t.Errorf("%d lines", n)
	}
	draw(page.ChartView{ID: "none", Title: "None"})
	draw(page.ChartView{ID: "zero", Title: "Zero", Labels: []string{"1"}, Series: []page.Series{{Name: "n", Values: []int64{0}}}})
}
