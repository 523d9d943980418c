package imports

import (
	"slices"

	"hudang/internal/household/roster"
	"hudang/internal/platform/sheet"
)

// This file knows the program's own roster: Export writes it, and when it comes back it is read as it stands. It is known by
// its headers; one whose columns were changed is read like anybody's.

// ownColumn is a column of the roster.
type ownColumn struct {
	title  string
	field  roster.Field
	width  float64
	kind   sheet.ColumnKind
	secret bool // shown masked without leave; not read back then
}

// ownColumns are its columns. A building stands in the field that is taken at its word.
var ownColumns = []ownColumn{
	{ownNumber, roster.Ignore, 6, sheet.TextColumn, false},
	{ownBuilding, roster.Zone, 6, sheet.TextColumn, false},
	{ownEntrance, roster.Entrance, 6, sheet.TextColumn, false},
	{ownRoom, roster.Room, 8, sheet.TextColumn, false},
	{ownKind, roster.Kind, 8, sheet.TextColumn, false},
	{ownGross, roster.Gross, 10, sheet.AreaColumn, false},
	{ownNet, roster.Net, 10, sheet.AreaColumn, false},
	{ownHandOver, roster.HandOver, 12, sheet.TextColumn, false},
	{ownUnitNote, roster.Layout, 12, sheet.TextColumn, false},
	{ownFormer, roster.OldCode, 12, sheet.TextColumn, false},
	{ownStay, roster.State, 8, sheet.TextColumn, false},
	{ownRole, roster.Role, 10, sheet.TextColumn, false},
	{ownName, roster.Occupant, 16, sheet.TextColumn, false},
	{ownRelation, roster.Relation, 10, sheet.TextColumn, false},
	{ownSex, roster.Sex, 6, sheet.TextColumn, false},
	{ownBirth, roster.Birth, 12, sheet.TextColumn, true},
	{ownEmployer, roster.Employer, 18, sheet.TextColumn, false},
	{ownPhone, roster.Phone, 24, sheet.TextColumn, true},
	{ownIdentity, roster.ID, 24, sheet.TextColumn, true},
	{ownUSCC, roster.USCC, 22, sheet.TextColumn, true},
	{ownEmail, roster.Email, 18, sheet.TextColumn, true},
	{ownAddress, roster.Door, 24, sheet.TextColumn, true},
	{ownShare, roster.Share, 8, sheet.TextColumn, false},
	{ownCallName, roster.EmergencyName, 12, sheet.TextColumn, false},
	{ownCallPhone, roster.EmergencyPhone, 24, sheet.TextColumn, true},
	{ownPlate, roster.Plates, 12, sheet.TextColumn, false},
	{ownMoveIn, roster.MoveIn, 12, sheet.TextColumn, false},
	{ownLeaseFrom, roster.LeaseFrom, 12, sheet.TextColumn, false},
	{ownLeaseTo, roster.LeaseTo, 12, sheet.TextColumn, false},
	{ownRemark, roster.Remark, 24, sheet.TextColumn, true},
}

// titles are the heads of columns, those of what is masked marked as such.
func titles(columns []ownColumn, clear bool) []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.title
		if c.secret && !clear {
			all[i] += ownHidden
		}
	}
	return all
}

// versions are the columns as this and earlier versions wrote them, the latest first: earlier rosters come back too.
var versions = [][]ownColumn{ownColumns, without(ownEmployer), without(ownEmployer, ownFormer)}

func without(titles ...string) []ownColumn {
	return slices.DeleteFunc(slices.Clone(ownColumns), func(c ownColumn) bool { return slices.Contains(titles, c.title) })
}

// ownMapping is how the program's own roster is read; false for the headers of another.
func ownMapping(names []string) (roster.Mapping, bool) {
	for _, columns := range versions {
		for _, clear := range []bool{true, false} {
			if m := mappingOf(columns, clear); m.Fits(names) {
				return m, true
			}
		}
	}
	return roster.Mapping{}, false
}

func mappingOf(columns []ownColumn, clear bool) roster.Mapping {
	t := roster.Table{}
	for i, title := range titles(columns, clear) {
		t.Headers = append(t.Headers, roster.Header{Column: i + 1, Text: title})
	}
	m := roster.Mapping{Headers: t.Names(), Fields: map[string]roster.Field{}, Options: roster.Options{Literal: true}}
	for i, c := range columns {
		if !c.secret || clear {
			m.Fields[m.Headers[i]] = c.field
		}
	}
	return m
}

// ownAnswers say of every row of the program's own roster that it is right as it stands.
func ownAnswers(book *sheet.Book, tables []roster.Table) (roster.Answers, error) {
	answers := roster.Answers{}
	err := ownRows(book, tables, func(t *roster.Table, row sheet.Row) {
		answers[roster.Cell{Sheet: t.Sheet, Row: row.Number}] = roster.Answer{Keep: true}
	})
	return answers, err
}

// ownRows goes over the rows of the tables that are the program's own.
func ownRows(book *sheet.Book, tables []roster.Table, each func(*roster.Table, sheet.Row)) error {
	for i := range tables {
		t := &tables[i]
		if _, own := ownMapping(t.Names()); !own || len(t.Heads) == 0 {
			continue
		}
		for _, s := range book.Sheets() {
			if s.Name != t.Sheet {
				continue
			}
			for row, err := range s.Rows() {
				if err != nil {
					return err
				}
				if row.Number > slices.Max(t.Heads) {
					each(t, row)
				}
			}
		}
	}
	return nil
}

// joinOwn makes one household again of the rows the program wrote for one that has several units: they bear its number.
func joinOwn(book *sheet.Book, plan *roster.Plan) error {
	numbers := map[roster.Cell]string{}
	err := ownRows(book, plan.Tables, func(t *roster.Table, row sheet.Row) {
		if t.First <= len(row.Cells) {
			numbers[roster.Cell{Sheet: t.Sheet, Row: row.Number}] = row.Cells[t.First-1].Text
		}
	})
	if err != nil || len(numbers) == 0 {
		return err
	}
	first := map[string]int{}
	var kept []roster.Household
	became := make([]int, len(plan.Households))
	for at, h := range plan.Households {
		number := numbers[roster.Cell{Sheet: h.At.Sheet, Row: h.At.Row}]
		i, known := first[h.At.Sheet+number]
		if number == "" || !known {
			first[h.At.Sheet+number], became[at] = len(kept), len(kept)
			kept = append(kept, h)
			continue
		}
		became[at] = i
		kept[i].Units = append(slices.Clone(kept[i].Units), h.Units...)
		kept[i].Held = kept[i].Held || h.Held
		kept[i].Vehicles = append(slices.Clone(kept[i].Vehicles), h.Vehicles...)
	}
	plan.Households = kept
	for i := range plan.Lines {
		for j, h := range plan.Lines[i].Households {
			plan.Lines[i].Households[j] = became[h]
		}
	}
	return nil
}
