package roster

import (
	"strings"
	"testing"
)

// summary is what a plan says of its households, in lines.
func summary(p *Plan) string {
	var lines []string
	for _, h := range p.Households {
		line := ""
		for _, u := range h.Units {
			line += p.Units[u].House.Code() + string(p.Units[u].Kind) + strings.Join(p.Units[u].OldCodes, "+") + " "
		}
		line += string(h.Side)
		for _, who := range h.People {
			line += " " + who.Name.Name + who.Relation
			for _, f := range who.Phones {
				line += "," + f.Digits
			}
			for _, id := range who.IDs {
				line += "," + id.Number
			}
		}
		if h.Lease != nil {
			line += " " + h.Lease.text()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Rosters as offices write them, each with its right reading.
func TestRead_OddRosters(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"a head over four rows with groups above", [][]string{{"业户信息表（2026）"}, {"编制：客服中心"}, {"房屋", "", "业主", "", "租户", "", ""},
			{"楼栋", "房号", "姓名", "电话", "姓名", "租期", ""}, {"", "", "", "", "", "起", "止"}, {"", "", "", "", "", "年月日", "年月日"},
			{"3", "101", "甲一", "13800130005", "乙二", "2024.1.1", "2025.12.31"}, {"3", "102", "丙三", "13800130006", "", "", ""}},
			"3-101 owner 甲一,13800130005\n3-101 tenant 乙二 2024-01-01 ~ 2025-12-31\n3-102 owner 丙三,13800130006"},
		{"the former number in brackets", [][]string{{"房号", "业主", "电话"}, {"1-101（原A101）", "王五", "13800130003"}, {"1-102(旧房号：2-7)", "赵六", "13800130004"}},
			"1-101A101 owner 王五,13800130003\n1-1022-7 owner 赵六,13800130004"},
		{"areas as headings of shops", [][]string{{"铺号", "租户", "电话"}, {"A区商铺"}, {"101", "甲记食品有限公司", "13800130020"}, {"B区商铺"}, {"101", "丙记食品有限公司", "13800130022"}},
			"A-101shop tenant 甲记食品有限公司,13800130020\nB-101shop tenant 丙记食品有限公司,13800130022"},
		{"labels that a blank parts", [][]string{{"房号", "业主姓名", "身份证号"}, {"1-104", "业主：钱七 租客：孙八", ""}, {"1-105", "冯二（夫）、陈三（妻）", "夫：110105194912310038 妻：11010519491231002X"}},
			"1-104 owner 钱七\n1-104 tenant 孙八\n1-105 owner 冯二夫,110105194912310038 陈三妻,11010519491231002X"},
		{"a line for each of the family, the householder beside", [][]string{{"房号", "户主", "与户主关系", "姓名", "电话"}, {"1-101", "张三", "户主", "张三", "13800130048"},
			{"", "张三", "妻子", "李四", "13800130049"}, {"", "张三", "儿子", "张五", ""}, {"1-102", "王六", "户主", "王六", "13800130050"}},
			"1-101 owner 张三户主,13800130048 李四妻子,13800130049 张五儿子\n1-102 owner 王六户主,13800130050"},
		{"numbers of contracts are no rooms", [][]string{{"房号", "业主", "合同编号"}, {"1-101", "王五", "HT-001"}, {"1-102", "赵六", "HT-002"}}, "1-101 owner 王五\n1-102 owner 赵六"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := summary(readRows(t, Input{}, c.rows...)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
