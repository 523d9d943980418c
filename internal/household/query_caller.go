package household

import (
	"context"
	"strings"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/db"
	"hudang/internal/platform/ref"
)

// Caller is somebody in a household who has a telephone number.
type Caller struct {
	Person
	Rooms string
	Phone string // masked
	Past  bool   // he has left, or the household is over
}

// Callers are the people of some households, found by a number, who have it today: those there before those who left. Nothing
// is decrypted: within a household that has the number, the mask tells whose it is.
func Callers(ctx context.Context, q db.Querier, found []ref.Ref, digits string) ([]Caller, error) {
	var ids []ID
	for _, r := range found {
		if r.Kind == kindHousehold {
			ids = append(ids, ID(r.ID))
		}
	}
	all, err := named(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var now, past []Caller
	for _, id := range ids {
		n, known := all[id]
		if !known {
			continue
		}
		for _, p := range n.People {
			mask := n.maskOf(p, digits)
			c := Caller{Person: p, Rooms: n.Rooms(), Phone: mask, Past: !p.InForce() || !n.InForce()}
			switch {
			case mask == "":
			case c.Past:
				past = append(past, c)
			default:
				now = append(now, c)
			}
		}
	}
	return append(now, past...), nil
}

// maskOf is the mask of a person's number that can be the one; a neighbour's may be dialled without its area code.
func (d Detail) maskOf(p Person, digits string) string {
	mask := cn.MaskPhone(digits)
	for _, c := range d.Phones[p.Party] {
		if c.Kind.Phone() && (c.Value.Mask == mask || strings.HasPrefix(mask, "*") && strings.HasSuffix(c.Value.Mask, "-"+mask)) {
			return c.Value.Mask
		}
	}
	return ""
}
