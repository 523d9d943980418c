package estateweb

import (
	"net/http"

	"hudang/internal/estate"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/label/labelweb"
	"hudang/internal/platform/op"
	"hudang/internal/platform/page/paperweb"
	"hudang/internal/platform/paper"
)

const unitCard = "房屋资料卡"

// printUnit prints a unit's card (B5): its facts, with places to sign for whoever checked them on the spot.
func (p Pages) printUnit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unit(r)
	if err != nil {
		return err
	}
	done, err := op.Run(r.Context(), p.Door, estate.PrintUnit, u.ID)
	if err != nil {
		return err
	}
	ctx := i18n.In(r.Context(), i18n.Chinese)
	name, err := estate.NameOf(ctx, p.Door.DB.Read(), u.Estate)
	if err != nil {
		return err
	}
	printed := paperweb.Printed(r, p.Door, done.Log, done.Leaf, "A1", "B5")
	return paperweb.Serve(p.Kit, w, r, card(u, name, i18n.T(ctx, "unit.kind."+string(u.Kind)), labelweb.Code(r, done.Out), printed))
}

func card(u *estate.Unit, estateName, kind string, code paper.Code, printed paper.Printed) paper.Doc {
	area := func(a estate.Area) string {
		if a == 0 {
			return ""
		}
		return a.String() + " ㎡"
	}
	state := "在用"
	if !u.InForce() {
		state = u.ValidTo + " 注销：" + u.Ended
	}
	return paper.Doc{
		Form: unitCard, Estate: estateName, Number: u.Code, Paper: paper.A4Portrait(), Printed: printed,
		Body: []paper.Block{
			paper.Fields{Columns: 2, RowHeight: 11, Items: []paper.Field{
				{Label: "房号", Value: u.Code, Bold: true}, {Label: "用途", Value: kind},
				{Label: "楼栋", Value: u.Building}, {Label: "单元", Value: u.Entrance},
				{Label: "室号", Value: u.Room}, {Label: "楼层", Value: u.Floor},
				{Label: "建筑面积", Value: area(u.GrossArea)}, {Label: "套内面积", Value: area(u.NetArea)},
				{Label: "交付日", Value: u.ValidFrom}, {Label: "状态", Value: state}, {Label: "备注", Value: u.Note, Span: 2, Lines: 3},
				{Label: "现场核对", Span: 2, Lines: 4},
			}},
			paper.Signatures{Items: []paper.Signature{{Role: "核对人"}, {Role: "主管"}}},
			paper.Gap{MM: 4},
			code,
		},
		Foot: []string{paper.Made, paper.Checked},
	}
}
