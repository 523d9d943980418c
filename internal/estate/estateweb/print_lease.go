package estateweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

// LeaseSheet is what stands on a printed 《租户/商住情况登记表》 (domain.md §2.1). Both sign it, so their numbers stand in clear.
type LeaseSheet struct {
	Estate, Unit string
	Lease        *estate.Lease
	Lessor       estate.PartyID // who lets: as registered, else who owns the unit
	Owner        Side
	Tenant       Side
	Emergency    string // the tenant's emergency contact, with his number
	Residents    []Resident
	Vehicles     []string
	Code         paper.Code // the sheet's number, to be scanned
}

// Side is the owner or the tenant as on the sheet.
type Side struct {
	Name, Sex, Phone, Address, Origin, Employer, Legal string
	PaperKind, PaperNo                                 string
	Company                                            bool
}

// Resident is somebody who lives with the tenant (同住人).
type Resident struct{ Name, Sex, Relation, PaperNo, Phone, Since string }

// residentLines is how many people the sheet has lines for at least.
const residentLines = 3

// printLease prints a lease's sheet.
func (p Pages) printLease(w http.ResponseWriter, r *http.Request) error {
	l, err := p.lease(r)
	if err != nil {
		return err
	}
	done, err := op.Run(r.Context(), p.Door, estate.PrintLease, l.ID)
	if err != nil {
		return err
	}
	s, err := p.leaseSheet(i18n.In(r.Context(), i18n.Chinese), l)
	if err != nil {
		return err
	}
	s.Code = labelweb.Code(r, done.Out)
	return paperweb.Serve(p.Kit, w, r, LeaseDoc(s, paperweb.Printed(r, p.Door, done.Log, done.Leaf, "D6", "D9")))
}

// leaseSheet gathers what the sheet says.
func (p Pages) leaseSheet(ctx context.Context, l *estate.Lease) (s LeaseSheet, err error) {
	q := p.Door.DB.Read()
	s = LeaseSheet{Lease: l, Lessor: l.Lessor, Unit: p.unitShown(ctx, int64(l.Unit))}
	if s.Estate, err = estate.NameOf(ctx, q, l.Estate); err != nil {
		return s, err
	}
	if p.Complete != nil {
		if err = p.Complete(ctx, l, &s); err != nil {
			return s, err
		}
	}
	if s.Owner, err = p.side(ctx, s.Lessor); err != nil {
		return s, err
	}
	if s.Tenant, err = p.side(ctx, l.Tenant); err != nil {
		return s, err
	}
	vehicles, err := estate.VehiclesOf(ctx, q, l.Unit)
	for _, v := range vehicles[l.Unit] {
		if v.InForce() && (v.Party == 0 || v.Party == l.Tenant) {
			s.Vehicles = append(s.Vehicles, strings.TrimSpace(v.Plate+" "+v.Colour+" "+v.Kind))
		}
	}
	return s, err
}

func (p Pages) side(ctx context.Context, id estate.PartyID) (s Side, err error) {
	q := p.Door.DB.Read()
	parties, err := estate.PartiesByID(ctx, q, id)
	party := parties[id]
	if err != nil || party == nil {
		return s, err
	}
	s = Side{Name: party.Name, Origin: party.Origin, Employer: party.Employer, Legal: party.Legal, Sex: SexOf(party), Company: party.Kind == estate.Organisation}
	contacts, err := estate.ContactsOf(ctx, q, party.ID)
	if err != nil {
		return s, err
	}
	for _, c := range contacts[party.ID] {
		var into *string
		switch {
		case c.InForce() && c.Kind == estate.Address && s.Address == "":
			into = &s.Address
		case c.InForce() && c.Kind.Phone() && s.Phone == "":
			into = &s.Phone
		default:
			continue
		}
		if *into, err = c.OnPaper(ctx, p.Door.Vault); err != nil {
			return s, err
		}
	}
	papers, err := estate.IdentitiesOf(ctx, q, party.ID)
	for _, i := range papers[party.ID] {
		if i.InForce() && s.PaperNo == "" {
			s.PaperKind = i18n.T(ctx, "identity.kind."+string(i.Kind))
			if s.PaperNo, err = i.OnPaper(ctx, p.Door.Vault); err != nil {
				return s, err
			}
		}
	}
	return s, err
}

// SexOf is a party's sex as prints write it; empty where it is not known.
func SexOf(p *estate.Party) string {
	return map[string]string{string(cn.Male): "男", string(cn.Female): "女"}[p.Sex]
}

// LeaseDoc is the sheet as a print: A4 portrait, one for each let.
func LeaseDoc(s LeaseSheet, printed paper.Printed) paper.Doc {
	l := s.Lease
	s.Code.Size = 16 // mm: so that the longest names leave room for it
	return paper.Doc{
		Form: estate.LeaseForm, Estate: s.Estate, Number: s.Code.Text, Paper: paper.A4Portrait(), Size: 9.5, Printed: printed,
		Body: []paper.Block{
			paper.Fields{Columns: 3, Items: []paper.Field{
				{Label: "房号/铺位", Value: s.Unit, Bold: true}, {Label: "登记日", Value: l.Registered},
				{Label: "类别", Value: ticked(string(l.Kind), "let", "出租", "mixed", "商住", "sublet", "转租")}}},
			paper.Fields{Side: "业主", Columns: 2, Items: []paper.Field{
				{Label: "姓名/单位", Value: s.Owner.Name, Span: 2}, {Label: "证件", Value: strings.TrimSpace(s.Owner.PaperKind + " " + s.Owner.PaperNo)},
				{Label: "电话", Value: s.Owner.Phone}, {Label: "通讯地址", Value: s.Owner.Address, Span: 2}}},
			paper.Fields{Side: "租户", Columns: 2, Items: []paper.Field{
				{Label: "姓名/单位", Value: s.Tenant.Name}, {Label: "性别", Value: s.Tenant.Sex},
				{Label: "证件类型", Value: s.Tenant.PaperKind}, {Label: "证件号", Value: s.Tenant.PaperNo},
				{Label: "户籍/注册地", Value: s.Tenant.Origin}, {Label: "工作单位/职业", Value: s.Tenant.Employer},
				{Label: "电话", Value: s.Tenant.Phone}, {Label: "紧急联系人及电话", Value: s.Emergency}}},
			paper.Fields{Side: "租赁", Columns: 2, Items: termFields(l)},
			residents(s.Residents),
			paper.Fields{Side: "商住", Columns: 2, Items: mixedFields(s)},
			paper.Fields{Columns: 1, Items: []paper.Field{{Label: "车辆", Value: strings.Join(s.Vehicles, "；")}}},
			paper.Ticks{Label: "附件", Columns: 3, Items: []paper.TickItem{{Text: "租赁合同"}, {Text: "双方证件"}, {Text: "业主委托书"},
				{Text: "治安责任书"}, {Text: "消防责任书"}, {Text: "业主同意书", Held: l.Consent}}},
			paper.Signatures{Columns: 2, Height: 15, Items: []paper.Signature{{Role: "业主"}, {Role: "租户"}, {Role: "客服助理"}, {Role: "主管"}}},
			paper.Fields{Columns: 3, Items: []paper.Field{{Label: "退租日期", Value: l.LeftOn}, {Label: "结清", Value: paper.Open + "是 " + paper.Open + "否"}, {Label: "经办"}}},
			paper.Gap{MM: 1},
			s.Code,
		},
	}
}

func termFields(l *estate.Lease) []paper.Field {
	heads, area := "", ""
	if l.Heads > 0 {
		heads = strconv.FormatInt(l.Heads, 10)
	}
	if l.Area > 0 {
		area = l.Area.String() + " ㎡"
	}
	return []paper.Field{
		{Label: "租期起", Value: l.ValidFrom}, {Label: "租期止", Value: l.ValidTo}, {Label: "面积", Value: area}, {Label: "居住人数", Value: heads},
		{Label: "用途", Value: ticked(string(l.Use), "living", "居住", "office", "办公", "business", "经营", "storage", "仓储"), Span: 2},
		{Label: "合同备案号", Value: strings.TrimSpace(l.Contract + " " + l.FilingNo)},
		{Label: "物业费承担方", Value: ticked(string(l.Payer), "owner", "业主", "tenant", "租户")},
	}
}

func mixedFields(s LeaseSheet) []paper.Field {
	name, code := "", ""
	if s.Tenant.Company {
		name, code = s.Tenant.Name, s.Tenant.PaperNo
	}
	consent := ""
	if s.Lease.Kind == estate.Mixed {
		consent = map[bool]string{true: "yes", false: "no"}[s.Lease.Consent]
	}
	return []paper.Field{
		{Label: "营业执照名", Value: name, Span: 2}, {Label: "统一社会信用代码", Value: code}, {Label: "法定代表人", Value: s.Tenant.Legal},
		{Label: "经营范围", Value: s.Lease.Trade, Span: 2},
		{Label: "营业时间", Value: s.Lease.Hours}, {Label: "利害关系业主同意书", Value: ticked(consent, "yes", "已交", "no", "未交")},
	}
}

func residents(all []Resident) paper.Table {
	t := paper.Table{Side: "同住人", Columns: []paper.Column{{Title: "姓名", Weight: 3}, {Title: "性别", Weight: 1.4}, {Title: "与承租人关系", Weight: 3},
		{Title: "证件号", Weight: 4}, {Title: "电话", Weight: 3}, {Title: "入住日", Weight: 3}}}
	for _, r := range all {
		t.Rows = append(t.Rows, paper.Cells(r.Name, r.Sex, r.Relation, r.PaperNo, r.Phone, r.Since))
	}
	for len(t.Rows) < residentLines { // to be written by hand
		t.Rows = append(t.Rows, paper.Cells("", "", "", "", "", ""))
	}
	return t
}

// ticked are boxes with words, given by value and word; the one chosen is ticked.
func ticked(chosen string, all ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(all); i += 2 {
		box := paper.Open
		if all[i] == chosen {
			box = paper.Held
		}
		b.WriteString(box + all[i+1] + "  ")
	}
	return strings.TrimSpace(b.String())
}
