package householdweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
)

// choice is a room typed that several units answer to: the person picks one.
type choice struct {
	field string // of the form: pick.0
	typed string
	units []estate.Unit
}

// resolve finds the units of rooms as they were typed, several apart by a comma or a line. What nobody answers to is noted
// at the field "rooms"; what several answer to becomes a choice, unless the form brings the pick.
func resolve(ctx context.Context, q db.Querier, e access.EstateID, values page.Values, f *errs.Fields) (ids []estate.UnitID, choices []choice, err error) {
	for i, typed := range apart(values.Get("rooms")) {
		units, err := unitsLike(ctx, q, e, typed)
		if err != nil {
			return nil, nil, err
		}
		field := "pick." + strconv.Itoa(i)
		picked := estate.ParseUnitID(values.Get(field))
		at := slices.IndexFunc(units, func(u estate.Unit) bool { return u.ID == picked })
		switch {
		case len(units) == 0:
			f.Add("rooms", "household.error.room", typed)
			continue
		case len(units) == 1:
			at = 0
		case at < 0:
			f.Add(field, "household.error.which", typed, len(units))
			choices = append(choices, choice{field, typed, units})
			continue
		default:
			choices = append(choices, choice{field, typed, units})
		}
		if !slices.Contains(ids, units[at].ID) {
			ids = append(ids, units[at].ID)
		}
	}
	return ids, choices, nil
}

// apart parts what was typed at commas, semicolons and line ends.
func apart(typed string) []string {
	parts := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;\n\uff0c\uff1b\u3001", r) })
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// unitsLike are the units of an estate a room names; a code that stands in the register as typed is it.
func unitsLike(ctx context.Context, q db.Querier, e access.EstateID, typed string) ([]estate.Unit, error) {
	units, err := estate.UnitsLike(ctx, q, e, typed)
	if err != nil || len(units) != 0 {
		return units, err
	}
	found, err := estate.FindUnits(ctx, q, access.Only(e), typed, 20)
	for _, u := range found {
		if strings.EqualFold(u.Code, typed) {
			return []estate.Unit{u.Unit}, err
		}
		units = append(units, u.Unit)
	}
	return units, err
}

// gather puts the fields of several Invalid errors together, each field once; any other error stands alone.
func gather(all ...error) error {
	var f errs.Fields
	seen, picking := map[string]bool{}, false
	for _, err := range all {
		if err == nil {
			continue
		}
		if !errs.Is(err, errs.Invalid) || len(errs.As(err).Fields) == 0 {
			return err
		}
		for _, field := range errs.As(err).Fields {
			if field.Name == "units" {
				if field.Name = "rooms"; picking {
					continue // which units they are is still asked
				}
			}
			picking = picking || strings.HasPrefix(field.Name, "pick.") || field.Name == "rooms"
			if !seen[field.Name] {
				f.Add(field.Name, field.Key, field.Args...)
			}
			seen[field.Name] = true
		}
	}
	return f.Err()
}
