package page

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/platform/i18n"
)

// ChartView is a picture of a few figures, made by the server: bars side by side, or lines. The values are written beside
// them, and series differ by pattern as well as by colour; a table with the same figures stands on the page too.
type ChartView struct {
	ID     string // of the element, once on a page
	Title  string // what it shows, for those who hear it too
	Labels []string
	Series []Series // at most three
	Line   bool
	Text   func(int64) string // writes a value; nil with thousands apart
}

// Series is one row of figures, a value for each label.
type Series struct {
	Name   string
	Values []int64
}

// The measures of a chart, in CSS pixels.
const (
	chartStep = 56  // of a label
	chartHigh = 140 // of the highest bar
	chartTop  = 22  // for the value above it
	chartFoot = 24  // for the labels
)

func (v ChartView) text(n int64) string {
	if v.Text != nil {
		return v.Text(n)
	}
	return grouped(int(n))
}

// most is the largest value; 1 when there is none, so that nothing stands at the foot.
func (v ChartView) most() int64 {
	most := int64(1)
	for _, s := range v.Series {
		most = max(most, slices.Max(append(s.Values, 1)))
	}
	return most
}

// step is the room of a label: wider for several series of bars.
func (v ChartView) step() int {
	if v.Line {
		return chartStep
	}
	return max(chartStep, 40*len(v.Series))
}

func (v ChartView) width() int { return v.step() * max(len(v.Labels), 1) }

func (v ChartView) height() int { return chartTop + chartHigh + chartFoot }

// mark is a value as it is drawn: a bar, or a point of a line.
type mark struct{ x, y, w, h int }

func (v ChartView) mark(series, point int) mark {
	h := int(max(v.Series[series].Values[point], 0) * chartHigh / v.most())
	m := mark{y: chartTop + chartHigh - h, h: h}
	if v.Line {
		m.x = point*v.step() + v.step()/2
		return m
	}
	m.w = (v.step() - 16) / len(v.Series)
	m.x = point*v.step() + 8 + series*m.w
	m.w -= 4
	return m
}

// middle is where the text of a mark stands.
func (m mark) middle() int { return m.x + m.w/2 }

// path joins the points of a line.
func (v ChartView) path(series int) string {
	var b strings.Builder
	for i := range v.Series[series].Values {
		m := v.mark(series, i)
		b.WriteString(strconv.Itoa(m.x) + "," + strconv.Itoa(m.y) + " ")
	}
	return strings.TrimSpace(b.String())
}

// said is the chart in words.
func (v ChartView) said(ctx context.Context) string {
	text := v.Title
	for _, s := range v.Series {
		text += i18n.T(ctx, "page.chart.then") + s.Name
		for i, n := range s.Values {
			text += " " + v.Labels[i] + " " + v.text(n)
		}
	}
	return text
}

// fill is the pattern of a series.
func (v ChartView) fill(series int) string {
	return "url(#" + v.ID + "-" + strconv.Itoa(series%3) + ")"
}
