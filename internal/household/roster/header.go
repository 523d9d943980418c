package roster

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hudang/internal/platform/sheet"
)

// head is the header of a sheet: its rows, and its text column by column.
type head struct {
	rows         []int // their numbers
	above, below int   // indexes: of its first row, and of the first row below it
	text         []string
	over         []bool // columns without text below a block that has it
}

// findHead finds the header within the first rows: two cells that are words above columns, or else the first row of bare
// words over a row with numbers.
func findHead(rows []sheet.Row) (head, bool) {
	near := rows[:min(len(rows), headRows)]
	for i, r := range near {
		known, cells := headScore(r.Cells)
		if known >= 2 && known*5 >= cells*2 {
			return withSecondRow(rows, i), true
		}
	}
	for i, r := range near {
		if bareWords(r.Cells) && i+1 < len(rows) && hasDigits(rows[i+1].Cells) && len(texts(rows[i+1].Cells)) >= 3 {
			return oneRow(rows, i), true
		}
	}
	return head{}, false
}

// another finds the header of a second list below, with other columns: at least three words known to stand above columns, or two
// below a title or an empty row, more than half of all, none a value. Rows are those under this header.
func (h head) another(rows []sheet.Row) (head, bool) {
	for i, r := range rows {
		cells := texts(r.Cells)
		least := 3
		if i > 0 && (len(texts(rows[i-1].Cells)) <= 1 || r.Number > rows[i-1].Number+1) {
			least = 2
		}
		if len(cells) < least || hasDigits(r.Cells) || h.again(r.Cells) {
			continue
		}
		known := 0
		for _, t := range cells {
			if _, ok := vocabulary()["head"][plainWord(t)]; ok || vocabulary()["driver"][plainWord(t)] != "" {
				known++
			}
		}
		if known >= least && known*2 > len(cells) {
			return withSecondRow(rows, i), true
		}
	}
	return head{}, false
}

// moved is the header within rows that begin elsewhere.
func (h head) moved(by int) head {
	h.above, h.below = h.above+by, h.below+by
	return h
}

// again reports that the header stands in a row once more, as on every page of a print.
func (h head) again(cells []sheet.Cell) bool {
	same := 0
	for c, text := range h.text {
		if text != "" && strings.HasSuffix(text, textAt(cells, c+1)) && textAt(cells, c+1) != "" {
			same++
		}
	}
	return same >= 2 && same*2 >= len(texts(cells))
}

// headScore counts the cells of a row that are words above columns, each field once but for those of persons, and all cells.
func headScore(cells []sheet.Cell) (known, all int) {
	seen := map[Field]bool{}
	for i := range cells {
		t := textAt(cells, i+1)
		if t == "" {
			continue
		}
		all++
		if _, names := headingOf(t); names {
			continue // 1栋业主: what the columns below are of
		}
		if _, _, says := labelled(t); says {
			continue // 楼号：3号楼
		}
		f, sure := headField(t)
		if sure < 0.95 && endsAs("list", t) {
			continue // 业主信息: a group of columns
		}
		if sure >= 0.7 && !isNumber(t) && (!seen[f] || f.many()) {
			seen[f] = true
			known++
		}
	}
	return known, all
}

// labelled parts a text that says what it is and how: 楼号：3号楼.
func labelled(text string) (label, said string, ok bool) {
	i := strings.IndexAny(text, ":：")
	if i <= 0 || strings.ContainsAny(text[:i], "(（[【\n") {
		return "", "", false
	}
	_, width := utf8.DecodeRuneInString(text[i:])
	label, said = strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+width:])
	return label, said, said != ""
}

func isNumber(t string) bool { return strings.Trim(t, "0123456789.-/") == "" }

func bareWords(cells []sheet.Cell) bool { return len(texts(cells)) >= 3 && !hasDigits(cells) }

func hasDigits(cells []sheet.Cell) bool {
	for i := range cells {
		if strings.ContainsFunc(textAt(cells, i+1), unicode.IsDigit) {
			return true
		}
	}
	return false
}

func oneRow(rows []sheet.Row, i int) head {
	h := head{rows: []int{rows[i].Number}, above: i, below: i + 1}
	for c := range rows[i].Cells {
		h.text = append(h.text, textAt(rows[i].Cells, c+1))
		h.over = append(h.over, covered(rows[i].Cells, c+1))
	}
	return h
}

// mostHeadRows is of how many rows a header is at most.
const mostHeadRows = 5

// withSecondRow looks for further rows of the header below the row found, then for groups above it.
func withSecondRow(rows []sheet.Row, i int) head {
	h := oneRow(rows, i)
	for h.below < len(rows) && len(h.rows) < mostHeadRows && rows[h.below].Number == rows[h.below-1].Number+1 && h.goesOn(rows) {
		h = h.with(rows[h.below-1], rows[h.below])
	}
	last := h.below
	for top := i; top > 0 && len(h.rows) < mostHeadRows && rows[top-1].Number == rows[top].Number-1 && groups(rows[top-1].Cells, rows[top].Cells); {
		top--
		h = oneRow(rows, top)
		for k := top; k+1 < last; k++ {
			h = h.with(rows[k], rows[k+1])
		}
	}
	return h
}

// goesOn reports whether the row below goes on with the header: words, no numbers, some where the header has nothing of its own
// yet, and nothing where the room would stand.
func (h head) goesOn(rows []sheet.Row) bool {
	row, above := rows[h.below].Cells, rows[h.below-1].Cells
	if underBlocks(row, above) {
		return true
	}
	known, all := 0, 0
	open := false
	for i := range row {
		t := textAt(row, i+1)
		if t == "" {
			continue
		}
		all++
		f, sure := headField(t)
		lower := lowerHead(t)
		if sure < 0.7 && !lower && strings.ContainsFunc(t, unicode.IsDigit) {
			return false
		}
		if sure >= 0.7 || lower {
			known++
		}
		own := ""
		if i < len(h.text) {
			own = h.text[i]
		}
		if g, s := headField(own); s >= 0.7 && g == Room && (sure < 0.7 || !f.place()) && !lower {
			return false
		}
		open = open || own == "" || lower && (!h.alone(above, i) || twice(above, i+1))
	}
	return known > 0 && all >= 2 && known*5 >= all*3 && open
}

// underBlocks reports a row without numbers, some of whose columns lie under a block that begins in the head's row above.
func underBlocks(row, above []sheet.Cell) bool {
	if len(texts(row)) == 0 || hasDigits(row) {
		return false
	}
	below := false
	for i := range row {
		if utf8.RuneCountInString(textAt(row, i+1)) > 12 {
			return false
		}
		below = below || covered(row, i+1) && textAt(above, i+1) != "" && textAt(row, i) == "" // else the block lies within the row
	}
	return below
}

// alone reports that a head has nothing beside it that it could be the group of.
func (h head) alone(above []sheet.Cell, i int) bool {
	return textAt(above, i+2) != "" || i+1 >= len(above) && i+1 >= len(h.text)
}

// twice reports a text that stands in a column and in one beside it: a group that was not merged.
func twice(cells []sheet.Cell, column int) bool {
	t := textAt(cells, column)
	return t != "" && (t == textAt(cells, column-1) || t == textAt(cells, column+1))
}

// lowerHead reports a word that stands below another in a header: from, to, a unit of measure in brackets.
func lowerHead(t string) bool {
	if _, ok := vocabulary()["lower"][plainWord(t)]; ok {
		return true
	}
	r, _ := utf8.DecodeRuneInString(t)
	return strings.ContainsRune("(（[【", r) && utf8.RuneCountInString(t) <= 12
}

// groups reports whether a row names groups of the columns below: several words, at least one over more than one column.
func groups(row, below []sheet.Cell) bool {
	if len(texts(row)) < 2 || hasDigits(row) {
		return false
	}
	wide := false
	for i := range row {
		t := textAt(row, i+1)
		_, _, says := labelled(t)
		if _, names := headingOf(t); names || says || utf8.RuneCountInString(t) > 12 {
			return false // A栋 over a list is its title
		}
		wide = wide || t != "" && textAt(below, i+1) != "" && (textAt(row, i+2) == "" || textAt(row, i+2) == t) && (textAt(below, i+2) != "" || covered(below, i+2))
	}
	return wide
}

// covered reports a cell under a merged block.
func covered(cells []sheet.Cell, column int) bool {
	return column >= 1 && column <= len(cells) && cells[column-1].Merged && textAt(cells, column) == ""
}

// with makes one header of this one, which ends with the row above, and the row below it: a group's word goes before each word
// under it.
func (h head) with(above, row sheet.Row) head {
	merged := slices.ContainsFunc(above.Cells, func(c sheet.Cell) bool { return c.Merged })
	next := head{rows: append(slices.Clone(h.rows), row.Number), above: h.above, below: h.below + 1}
	group := ""
	for c := 1; c <= max(len(h.text), len(row.Cells)); c++ {
		own, word := "", textAt(row.Cells, c)
		if c <= len(h.text) {
			own = h.text[c-1]
		}
		switch {
		case own != "":
			group = own
		case !covered(above.Cells, c) && (merged || word == ""):
			group = ""
		}
		switch {
		case word == "":
			next.text = append(next.text, own)
		case group != "" && group != word:
			next.text = append(next.text, group+" "+word)
		default:
			next.text = append(next.text, word)
		}
	}
	return next
}

// runs parts the header into tables: at columns without header and values, and where the columns begin again.
func (h head) runs(data []sheet.Row) [][]Header {
	used := make([]int, len(h.text)+2)
	for _, r := range data {
		for c := 1; c <= len(h.text)+1; c++ {
			if textAt(r.Cells, c) != "" {
				used[c]++
			}
		}
	}
	var runs [][]Header
	var run []Header
	for c := 1; c <= len(h.text)+1; c++ {
		text := ""
		if c <= len(h.text) {
			text = h.text[c-1]
		}
		if text != "" || used[c]*10 > len(data)*3 || len(run) > 0 && used[c] > 0 && c <= len(h.over) && h.over[c-1] {
			run = append(run, Header{c, text})
		} else if len(run) > 0 {
			runs, run = append(runs, run), nil
		}
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	var out [][]Header
	for _, r := range withPlaces(runs) {
		out = append(out, again(r)...)
	}
	return out
}

// withPlaces joins runs of columns so that each says where its units are.
func withPlaces(runs [][]Header) [][]Header {
	var out [][]Header
	for _, r := range runs {
		if n := len(out); n > 0 && (!placed(r) || !placed(out[n-1])) {
			for c := out[n-1][len(out[n-1])-1].Column + 1; c < r[0].Column; c++ {
				out[n-1] = append(out[n-1], Header{Column: c}) // a few cells may stand there all the same
			}
			out[n-1] = append(out[n-1], r...)
		} else {
			out = append(out, r)
		}
	}
	return out
}

// placed reports columns of which one says where, or of vehicles with their owners: a list of its own.
func placed(run []Header) bool {
	driver, vehicle := false, false
	for _, h := range run {
		f, sure := headField(h.Text)
		if sure >= 0.7 && f.place() {
			return true
		}
		driver = driver || vocabulary()["driver"][plainWord(h.Text)] != ""
		vehicle = vehicle || sure >= 0.7 && (f == Plates || f == Parking)
	}
	return driver && vehicle
}

// again parts a run whose headers begin again: NO ROOM NAME NO ROOM NAME.
func again(run []Header) [][]Header {
	for p := 2; p < len(run); p++ {
		named := p // of the first p columns, without those at their end that have no head: a gap somebody wrote into
		for named > 0 && run[named-1].Text == "" {
			named--
		}
		same := run[0].Text != "" && named >= 2 && len(run)-p >= named
		for k := 0; same && k+p < len(run) && k < p; k++ {
			same = k >= named || run[k].Text == run[k+p].Text && run[k].Text != ""
		}
		if same && placed(run[:p]) {
			return append([][]Header{run[:p]}, again(run[p:])...)
		}
	}
	return [][]Header{run}
}
