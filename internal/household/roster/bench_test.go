package roster

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"hudang/internal/platform/sheet"
)

const benchRows = 100_000

// bigRoster is a roster as the house itself would export it: 100,000 units of 500 buildings, a family each, half with a car.
var bigRoster = sync.OnceValue(func() []byte {
	var out bytes.Buffer
	w := sheet.NewWriter(&out)
	var columns []sheet.Column
	for _, title := range []string{"序号", "楼栋", "单元", "房号", "建筑面积", "业主姓名", "性别", "身份证号", "联系电话", "车牌号", "入住日期", "备注"} {
		columns = append(columns, sheet.Column{Title: title})
	}
	if err := w.Sheet("业主", columns); err != nil {
		panic(err)
	}
	for i := range benchRows {
		plate := "无"
		if i%2 == 0 {
			plate = fmt.Sprintf("粤B%05d", i)
		}
		phone := fmt.Sprintf("138%08d", i)
		if i%10 == 0 {
			phone += "/0755-82311234"
		}
		if err := w.Row(i+1, fmt.Sprintf("%d栋", i/200+1), i/100%2+1, fmt.Sprintf("%d%02d", i%100/4+1, i%4+1), "89.50", benchName(i),
			"男", "34052419800101001X", phone, plate, "2019-03-05", ""); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
})

// benchName makes 10,000 different names; one cell in twenty holds a couple, one in fifty a company.
func benchName(i int) string {
	name := string([]rune("赵钱孙李周吴郑王冯陈")[i%10]) + string('一'+rune(i/10%1000))
	switch {
	case i%50 == 0:
		return name + "贸易有限公司"
	case i%20 == 1:
		return name + "、" + benchName(i+1)
	}
	return name
}

func BenchmarkRead100k(b *testing.B) {
	data := bigRoster()
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			for row, err := range openBook(b, data, "x").Sheets()[0].Rows() {
				if err != nil {
					b.Fatal(err)
				}
				n += len(row.Cells)
			}
		}
	})
	b.Run("understood", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p, err := Read(openBook(b, data, "x"), Input{Today: today})
			if err != nil || len(p.Units) != benchRows || p.Counts.Refused != 0 {
				b.Fatalf("%+v, %d units, %v", p.Counts, len(p.Units), err)
			}
		}
	})
}
