package householdweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

const householdCard = "业户资料卡"

// printCard prints what is known of a household on one sheet for its people to check and sign (B5), with their own numbers in clear.
func (p Pages) printCard(w http.ResponseWriter, r *http.Request) error {
	h, err := p.household(r)
	if err != nil {
		return err
	}
	sheet := r.WithContext(i18n.In(r.Context(), i18n.Chinese)) // what stands around it on the screen is in the reader's language
	v, err := p.view(sheet, h)
	if err != nil {
		return err
	}
	numbers, err := p.ownNumbers(r.Context(), v)
	if err != nil {
		return err
	}
	name, err := estate.NameOf(r.Context(), p.Door.DB.Read(), h.Estate)
	if err != nil {
		return err
	}
	done, err := op.Run(r.Context(), p.Door, household.PrintCard, h.ID)
	if err != nil {
		return err
	}
	return paperweb.Serve(p.Kit, w, r, paper.Doc{
		Form: householdCard, Estate: name, Number: v.rooms(), Paper: paper.A4Portrait(),
		Printed: paperweb.Printed(r, p.Door, done.Log, done.Leaf, "A1", "B5"),
		Body:    cardBody(sheet.Context(), v, numbers, labelweb.Code(r, done.Out)), Foot: []string{paper.Made, paper.Checked, paper.Dated},
	})
}

func cardBody(ctx context.Context, v householdView, numbers map[estate.PartyID]ownNumbers, code paper.Code) []paper.Block {
	blocks := []paper.Block{cardProperty(ctx, v), cardPeople(ctx, v, numbers)}
	if lets := cardLets(ctx, v); len(lets.Items) > 0 {
		blocks = append(blocks, lets)
	}
	return append(blocks, cardRest(v), paper.Gap{MM: 4}, paper.Signatures{Items: []paper.Signature{{Role: "业户核对"}, {Role: "经办"}}}, paper.Gap{MM: 4}, code)
}

func cardProperty(ctx context.Context, v householdView) paper.Fields {
	state := "在册"
	if !v.InForce() {
		state = v.Until + " 结束：" + v.Ended
	}
	stay := ""
	if v.standing() != "" {
		stay = i18n.T(ctx, "household.stay."+string(v.standing()))
	}
	f := paper.Fields{Columns: 2, RowHeight: 9, Items: []paper.Field{
		{Label: "房号", Value: v.rooms(), Bold: true}, {Label: "类别", Value: i18n.T(ctx, "household.kind."+string(v.Kind))},
		{Label: "入住日期", Value: v.Since}, {Label: "使用状态", Value: stay},
		{Label: "户档状态", Value: state}, {Label: "上次核实", Value: v.Checked},
	}}
	for _, place := range v.detail.Places {
		if place.Until == v.Until {
			f.Items = append(f.Items, paper.Field{Label: place.Code, Value: joined(placeWords(ctx, place)...), Span: 2})
		}
	}
	return f
}

func cardPeople(ctx context.Context, v householdView, numbers map[estate.PartyID]ownNumbers) paper.Table {
	t := paper.Table{RowHeight: 8, Columns: []paper.Column{{Title: "姓名", Weight: 3}, {Title: "身份", Weight: 2}, {Title: "关系", Weight: 1.8},
		{Title: "份额", Weight: 1.5, Align: paper.AlignRight}, {Title: "电话", Weight: 4}, {Title: "证件", Weight: 5.2}, {Title: "起", Weight: 2.8}}}
	for _, o := range v.detail.People {
		if !o.InForce() {
			continue
		}
		t.Rows = append(t.Rows, paper.Cells(o.Name, i18n.T(ctx, "household.part."+string(o.Part)), o.Relation, shareText(o.Share),
			strings.Join(numbers[o.Party].phones, "\n"), strings.Join(numbers[o.Party].identities, "\n"), o.Since))
	}
	for len(t.Rows) < 4 { // room to write in by hand
		t.Rows = append(t.Rows, paper.Cells("", "", "", "", "", "", ""))
	}
	return t
}

// ownNumbers are somebody's numbers in clear.
type ownNumbers struct{ phones, identities []string }

func (p Pages) ownNumbers(ctx context.Context, v householdView) (map[estate.PartyID]ownNumbers, error) {
	all := map[estate.PartyID]ownNumbers{}
	for _, o := range v.detail.People {
		own := all[o.Party]
		own.phones = nil
		for _, c := range v.detail.Phones[o.Party] {
			if !c.Kind.Phone() {
				continue
			}
			text, err := c.OnPaper(ctx, p.Door.Vault)
			if err != nil {
				return nil, err
			}
			own.phones = append(own.phones, text)
		}
		all[o.Party] = own
	}
	for i := range v.traces.Identities {
		number := &v.traces.Identities[i]
		if !number.InForce() {
			continue
		}
		text, err := number.OnPaper(ctx, p.Door.Vault)
		if err != nil {
			return nil, err
		}
		own := all[number.Party]
		own.identities = append(own.identities, text)
		all[number.Party] = own
	}
	return all, nil
}

func cardLets(ctx context.Context, v householdView) paper.Fields {
	f := paper.Fields{Columns: 2, RowHeight: 9}
	for _, l := range v.traces.Lets {
		if !l.InForce() {
			continue
		}
		payer := ""
		if l.Payer != "" {
			payer = i18n.T(ctx, "lease.payer."+string(l.Payer))
		}
		f.Items = append(f.Items, paper.Field{Label: "承租人", Value: l.TenantName}, paper.Field{Label: "租期", Value: l.ValidFrom + " ~ " + l.ValidTo},
			paper.Field{Label: "物业费", Value: payer, Span: 2})
	}
	return f
}

func cardRest(v householdView) paper.Fields {
	var cars []string
	for _, c := range v.traces.Cars {
		if c.InForce() {
			cars = append(cars, joined(c.Plate, c.Kind, c.Space))
		}
	}
	return paper.Fields{Columns: 2, RowHeight: 9, Items: []paper.Field{
		{Label: "车辆", Value: strings.Join(cars, "；"), Span: 2},
		{Label: "户档资料", Value: "应有 " + strconv.Itoa(v.file.Of) + " 项，已有 " + strconv.Itoa(v.file.Have) + " 项，不适用 " + strconv.Itoa(v.file.Without) + " 项", Span: 2},
		// Left blank for the household, which signs this form: what the staff remarked of it is for the staff and is never printed
		// here, so the field is not called 备注 as theirs is.
		{Label: "业户补充", Span: 2, Lines: 3},
	}}
}
