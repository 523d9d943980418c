package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/cn"
)

// pairs says to which column of names a column of numbers belongs where a table has several: to the one that its head names
// (共有人, 共有人电话), or, of columns whose heads differ by no more than a count, each to the one of the same place in the row
// (姓名1 电话1 姓名2 电话2).
func pairs(headers []Header, fields []Field) map[int]int {
	out := map[int]int{}
	var people []int
	for i, f := range fields {
		if f.name() {
			people = append(people, i)
		}
	}
	if len(people) < 2 {
		return out
	}
	numbers := map[string][]int{} // columns of one field and one head but for the count
	for i, f := range fields {
		if !f.person() || f.name() || f == Family {
			continue
		}
		if k := i - 1; k >= 0 && fields[k] == Occupant && vocabulary()["contact"][plainWord(headers[k].Text)] != "" {
			out[headers[i].Column] = headers[k].Column // of whom to ask for, beside his name
		}
		if n := longestIn(headers, people, plainWord(headers[i].Text)); n >= 0 {
			out[headers[i].Column] = headers[n].Column
		}
		key := string(f) + countless(headers[i].Text)
		numbers[key] = append(numbers[key], i)
	}
	for _, list := range numbers {
		if alike := sameHead(headers, people, len(list)); len(list) > 1 && alike != nil {
			for k, i := range list {
				out[headers[i].Column] = headers[alike[k]].Column
			}
		}
	}
	only(headers, fields, people, out)
	return out
}

// only gives a column of numbers whose head names nobody to the one column of names that has no such column of its own, where all
// others have (业主, 共有人, 身份证, 共有人身份证).
func only(headers []Header, fields []Field, people []int, pairs map[int]int) {
	free := map[Field][]int{}
	for i, f := range fields {
		if _, plain := f.sided(); f.person() && !f.name() && pairs[headers[i].Column] == 0 {
			free[plain] = append(free[plain], i)
		}
	}
	for plain, list := range free {
		without := map[int]bool{}
		for _, i := range people {
			without[headers[i].Column] = true
		}
		for i, f := range fields {
			if _, p := f.sided(); p == plain {
				delete(without, pairs[headers[i].Column])
			}
		}
		if len(list) != 1 || len(without) != 1 || len(people) < 2 {
			continue
		}
		for column := range without {
			pairs[headers[list[0]].Column] = column
		}
	}
}

// besideRelations are the columns of relations behind a column of whom to call or to ask for, with that: 紧急联系人, 关系, 紧急电话. They
// are no relations of the rows.
func besideRelations(headers []Header, fields []Field) map[int]int {
	out := map[int]int{}
	for i, f := range fields {
		if f != Relation {
			continue
		}
		k := i - 1
		for k >= 0 {
			if _, plain := fields[k].sided(); plain != Phone && plain != EmergencyPhone && plain != Landline && plain != ID && plain != Sex {
				break
			}
			k--
		}
		if k >= 0 && (fields[k] == EmergencyName || fields[k] == Occupant && k > 0 && vocabulary()["contact"][plainWord(headers[k].Text)] != "" && slices.ContainsFunc(fields[:k], Field.name)) {
			out[headers[i].Column], fields[i] = headers[k].Column, besideRelation
		}
	}
	return out
}

// strangers are the columns of numbers whose head names somebody in a column that is not read: 代理人, 代理人电话.
func strangers(headers []Header, fields []Field) map[int]bool {
	out := map[int]bool{}
	for i, f := range fields {
		word := plainWord(headers[i].Text)
		if !f.person() || f.name() || f == Family {
			continue
		}
		out[headers[i].Column] = slices.ContainsFunc(headers, func(h Header) bool {
			k := slices.Index(headers, h)
			who := plainWord(h.Text)
			return k != i && fields[k] == Ignore && utf8.RuneCountInString(who) >= 2 && who != word && strings.HasPrefix(word, who)
		})
	}
	return out
}

// kinColumns are the columns that tell of the family in a column of its own, with that: a relation beside it; numbers behind it where
// the holder has such a column before it, or whose head says so (家属电话).
func kinColumns(headers []Header, fields []Field) map[int]int {
	out := map[int]int{}
	family, families := 0, 0
	before := map[Field]bool{}
	for i, f := range fields {
		column := headers[i].Column
		_, plain := f.sided()
		if k := slices.IndexFunc(headers, func(h Header) bool {
			return h.Column != column && kinHead(plainWord(h.Text)) != "" && strings.HasPrefix(plainWord(headers[i].Text), kinHead(plainWord(h.Text)))
		}); k >= 0 && f != Family && fields[k] == Family {
			out[column] = headers[k].Column // 配偶, 配偶身份证
			continue
		}
		switch {
		case f == Family:
			family, families = column, families+1
		case f.name():
			family = 0
		case family == 0:
			before[plain] = true
		case f == Relation, before[plain], vocabularyIn("kin", headers[i].Text):
			out[column] = family
		}
	}
	if families == 1 { // its relation may stand before it
		for i, f := range fields {
			if f == Relation {
				delete(out, headers[i].Column)
			}
		}
	}
	return out
}

// longestIn is the column of names whose head stands in a text; -1 for none, or for two alike.
func longestIn(headers []Header, people []int, text string) int {
	best, size := -1, 0
	for _, i := range people {
		word := plainWord(headers[i].Text)
		switch {
		case word == "" || !strings.HasPrefix(text, word) || len(word) < size:
		case len(word) == size:
			best = -1
		default:
			best, size = i, len(word)
		}
	}
	return best
}

// sameHead are so many columns of names whose heads differ by a count only; nil if there are none, or more.
func sameHead(headers []Header, people []int, n int) []int {
	byHead := map[string][]int{}
	for _, i := range people {
		key := countless(headers[i].Text)
		byHead[key] = append(byHead[key], i)
	}
	var found []int
	for _, list := range byHead {
		if len(list) == n {
			if found != nil {
				return nil
			}
			found = list
		}
	}
	return found
}

// countless is a head without the count at its end: 电话2 is 电话.
func countless(text string) string { return cn.TrimCount(plainWord(text)) }

// contacts are the columns of whom to ask for at the party that another column names, with that column: 承租方, 联系人.
func contacts(headers []Header, fields []Field) map[int]int {
	out := map[int]int{}
	for i, f := range fields {
		if f != Occupant || vocabulary()["contact"][plainWord(headers[i].Text)] == "" {
			continue
		}
		for k := i - 1; k >= 0; k-- {
			if fields[k].name() && out[headers[k].Column] == 0 {
				out[headers[i].Column] = headers[k].Column
				break
			}
		}
	}
	return out
}
