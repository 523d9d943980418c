package setting

import (
	"cmp"
	"context"
	"slices"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// Changed is one change of a setting, as the log has it.
type Changed struct {
	Leaf   evidence.Leaf
	Value  int64
	From   string // local date
	Reason string
	Estate access.EstateID // whose value it is
}

// History is every change of a setting that an estate goes by, the newest first.
func (n Number) History(ctx context.Context, d *op.Door, estate access.EstateID) ([]Changed, error) {
	rows, err := n.kept(ctx, d.DB.Read(), n.at(estate))
	var all []Changed
	for _, row := range rows {
		changes, failed := d.Log.History(ctx, d.DB.Read(), "setting_value", int64(row.ID), row.Owner())
		if failed != nil {
			return nil, failed
		}
		for _, c := range changes {
			all = append(all, Changed{c.Leaf, row.Value, row.ValidFrom, row.Reason, row.Estate})
			row.before(c)
		}
	}
	slices.SortFunc(all, func(a, b Changed) int { return cmp.Compare(b.Leaf.Op, a.Leaf.Op) })
	return all, err
}

// before takes a change of the same day back.
func (v *value) before(c evidence.Change) {
	for _, col := range c.Columns {
		switch was := col.Old.(type) {
		case int64:
			v.Value = was
		case string:
			v.Reason = was
		}
	}
}
