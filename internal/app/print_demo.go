package app

import (
	"strconv"
	"time"

	"hudang/internal/platform/paper"
)

// demoPaper is a paper of the demonstration company's files: the form as it was filled in, to be scanned.
type demoPaper struct {
	code, form string // of the directory's line, and what the paper itself is headed
	terms      []string
	pages      int
	roles      []string
}

// demoPapers are the papers an owner hands in and signs (domain.md §2.2).
var demoPapers = []demoPaper{
	{"notice", "入住通知书", []string{"办理时间", "办理地点", "应带证件：业主身份证、购房合同", "应缴费用以收费公示为准", "逾期未办视为已交付"}, 1, []string{"签发", "业主签收"}},
	{"register", "业主登记表", []string{"业主姓名", "共有人", "家庭成员", "联系电话", "通讯地址", "紧急联系人", "车辆", "宠物"}, 2, []string{"业主", "经办"}},
	{"identity", "证件核验单", []string{"身份证件：核验原件，未留复印件", "共有人证件：核验原件", "核验结果：一致"}, 1, []string{"业主", "核验人"}},
	{"title", "商品房买卖合同（复印件）", []string{"出卖人", "买受人", "房屋坐落", "建筑面积", "总价款见补充协议", "交付条件", "产权登记"}, 3, []string{"与原件核对一致", "日期"}},
	{"service", "前期物业服务协议", []string{"服务内容与标准", "服务费用及交纳期限", "专有部分的使用", "共有部分的维护", "违约责任", "协议期限", "争议处理"}, 4, []string{"甲方", "乙方"}},
	{"covenant", "临时管理规约承诺书", []string{"遵守临时管理规约", "不改变房屋用途", "不占用消防通道", "转让、出租时告知受让人、承租人"}, 1, []string{"承诺人"}},
	{"fire", "消防安全责任书", []string{"不堵塞疏散通道", "不在楼道为电动车充电", "配合消防检查"}, 1, []string{"责任人", "服务中心"}},
	{"handover", "验房交接表", []string{"入户门", "客厅墙面地面", "厨房给排水", "卫生间防水", "门窗开闭", "强弱电箱", "阳台栏杆", "水表读数", "电表读数", "燃气表读数"}, 2, []string{"业主", "交接人"}},
	{"keys", "钥匙门卡领用登记", []string{"入户门钥匙 5 把", "单元门卡 3 张", "信报箱钥匙 2 把", "水电底数已抄"}, 1, []string{"领用人", "经办"}},
	{"signoff", "入住手续会签单", []string{"收费", "工程", "客服", "档案"}, 1, []string{"会签"}},
	{"renovation", "装修申请审批表", []string{"装修项目", "施工单位", "施工期限", "是否动用承重结构：否", "押金收据已附", "图纸已附", "巡查记录", "竣工验收：合格", "押金退还"}, 5, []string{"申请人", "审批人", "验收人"}},
}

// rowsOfPage is how many lines a page of a demonstration paper has.
const rowsOfPage = 20

// doc is the paper as somebody of a room filled it in on a day.
func (p demoPaper) doc(estate, room, name, day string, now time.Time) paper.Doc {
	t := paper.Table{PerPage: rowsOfPage, Columns: []paper.Column{{Title: "序号", Width: 16, Align: paper.AlignCenter}, {Title: "内容", Weight: 3}, {Title: "记录", Weight: 1}}}
	for n := range max(len(p.terms), p.pages*rowsOfPage-rowsOfPage/2) {
		t.Rows = append(t.Rows, paper.Cells(strconv.Itoa(n+1), p.terms[n%len(p.terms)], paper.Held))
	}
	sign := paper.Signatures{}
	for _, role := range p.roles {
		sign.Items = append(sign.Items, paper.Signature{Role: role})
	}
	return paper.Doc{Form: p.form, Estate: estate, Paper: paper.A4Portrait(), Printed: paper.Printed{By: "演示", At: now}, Body: []paper.Block{
		paper.Fields{Columns: 3, Items: []paper.Field{{Label: "房号", Value: room, Bold: true}, {Label: "业主", Value: name}, {Label: "日期", Value: day}}},
		t, paper.Gap{MM: 4}, sign,
	}}
}
