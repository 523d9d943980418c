package main

import (
	"bytes"
	"fmt"

	"hudang/internal/platform/sheet"
)

// A flat of the invented company: a thousand in a building, four entrances, eight rooms on a floor, a hundred thousand
// in an estate. One in five is let.
const flatsOfEstate = 100_000

const (
	surnames = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
	given    = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文志红梅"
)

func pick(s string, n int) string { r := []rune(s); return string(r[n%len(r)]) }

func nameOf(n int) string {
	return pick(surnames, n/7) + pick(given, n*13/5) + pick(given, n/31+n)
}

func phoneOf(n int) string { return fmt.Sprintf("138%08d", n) }

func placeOf(n int) (building, entrance, room string) {
	n %= flatsOfEstate
	return fmt.Sprint(n/1000 + 1), fmt.Sprint(n%1000/250 + 1), fmt.Sprintf("%d%02d", n%250/8+1, n%8+1)
}

// roster is an xlsx of the flats from to until.
func roster(from, until int) ([]byte, error) {
	var out bytes.Buffer
	w := sheet.NewWriter(&out)
	var columns []sheet.Column
	for _, title := range []string{"楼栋", "单元", "房号", "建筑面积", "业主姓名", "业主电话", "业主身份证号", "租户姓名", "租户电话"} {
		columns = append(columns, sheet.Column{Title: title})
	}
	if err := w.Sheet("业主", columns); err != nil {
		return nil, err
	}
	for n := from; n < until; n++ {
		building, entrance, room := placeOf(n)
		tenant, phone := "", ""
		if n%5 == 0 {
			tenant, phone = nameOf(n+11), fmt.Sprintf("139%08d", n)
		}
		if err := w.Row(building, entrance, room, "89.50", nameOf(n), phoneOf(n), identityOf(n), tenant, phone); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// identityOf is an identity number whose check digit is right.
func identityOf(n int) string {
	body := fmt.Sprintf("1101%02d19%02d%02d%02d%03d", n/1_000_000%90+10, 50+n/1000%45, n/100_000%10+1, n/45_000%28+1, n%1000)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}
