package roster

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// tableReader reads the rows of one table.
type tableReader struct {
	*reader
	*Table
	options   Options
	fields    []Field        // by header
	merged    []sheet.Range  // of several rows, by their first
	until     map[int]int    // column to the last row of the block now over it
	last      map[int]string // column to the text of that block
	building  string         // of the section heading above
	entrance  string
	prefix    string // before the number of every room: what another program calls the estate by
	kind      estate.UnitKind
	current   int  // household that rows without a unit belong to, or -1
	refused   bool // the unit above was refused: its family goes with it
	own       []unitRow
	values    []value
	row       int
	buildings map[string]string // as typed to as understood
	entrances map[string]entranceText
	dates     map[dateKey]cn.DateReading
	told      map[string]bool // problems of the whole table already noted
	rowRef    bool            // the row was refused
	line      Line            // what becomes of the row
	blocks    blockTexts      // merged blocks as the file has them, before the answers
	evidence  evidence
	pairs     map[int]int    // column of numbers to the column of the names they belong to
	strangers map[int]bool   // columns of numbers of somebody in a column that is not read
	beside    map[int]int    // column of what somebody in the column named before it is to the holder, with that
	kin       map[int]int    // column of what is said of the family to the column of its names
	contacts  map[int]int    // column of whom to ask for to the column of the party
	left      AsideKind      // the unit above was left out: its family goes with it
	estate    string         // as the rows above name it
	above     map[int]string // column to what stood there last
	given     map[string]int // building to its rows that were read with its only entrance
	copied    []value        // of the row: confirmed as typed, though their fields cannot hold them
}

// unitRow is a unit of this table where it first stands.
type unitRow struct {
	unit        int
	row         int
	zone, block int // columns, 0 without
	blockText   string
	column      int
	kept        bool // confirmed
}

// value is one cell of a row, after the answers.
type value struct {
	field    Field
	header   string
	at       Cell
	text     string
	cell     *sheet.Cell
	typed    string // before an answer
	answered bool
	keep     bool
	above    bool // it said to look above: the text is that of the row above
	dated    bool // a spreadsheet made a date of it, and nobody has said yet what it was
}

func (r *reader) table(t *Table) *tableReader {
	for _, m := range r.in.Mappings {
		if m.Partial() || m.Fits(t.Mapping.Headers) {
			t.Mapping = m.over(t.Mapping)
			break
		}
	}
	tr := &tableReader{reader: r, Table: t, options: t.Mapping.Options, current: -1, last: map[int]string{}, until: map[int]int{}, told: map[string]bool{},
		buildings: map[string]string{}, entrances: map[string]entranceText{}, dates: map[dateKey]cn.DateReading{}, given: map[string]int{}}
	tr.building = tr.options.Building
	tr.prefix = t.estatePrefix()
	for _, name := range t.Mapping.Headers {
		f, ok := t.Mapping.Fields[name]
		if !ok {
			f = Ignore
		}
		tr.fields = append(tr.fields, f)
	}
	tr.strangers = strangers(t.Headers, tr.fields)
	tr.beside = besideRelations(t.Headers, tr.fields)
	tr.kin = kinColumns(t.Headers, tr.fields)
	tr.pairs, tr.contacts = pairs(t.Headers, tr.fields), contacts(t.Headers, tr.fields)
	if !tr.reads(Room) && !tr.options.Skip {
		tr.whole(NoUnitColumn, Warning, Room)
	}
	if tr.options.Building == "" && !tr.reads(Building) {
		tr.titled()
	}
	return tr
}

// titled takes the building, or the kind, from the title of a list below another, or from the name of the sheet.
func (t *tableReader) titled() {
	if t.labels(); t.building != "" {
		return
	}
	for _, title := range t.Over {
		if t.titleNames(title); t.building != "" {
			return
		}
	}
	if t.Top > 1 {
		for _, title := range t.Above {
			t.heading(title)
		}
		return
	}
	if t.heading(t.Sheet) {
		t.problem(Problem{Kind: SheetSays, Args: []any{t.Sheet}, Severity: Warning, At: Cell{t.Sheet, t.headRow(), t.First}, Value: t.Sheet})
	}
}

// labels takes building and entrance from what stands above the header with a label: 楼号：3号楼 单元：1单元.
func (t *tableReader) labels() {
	for _, row := range t.Above {
		for _, text := range strings.Fields(strings.NewReplacer("： ", "：", ": ", ":").Replace(row)) {
			label, said, ok := labelled(text)
			if !ok || utf8.RuneCountInString(said) > 12 {
				continue
			}
			switch f, sure := headField(label); {
			case sure < 1 || t.reads(f):
			case f == Building:
				if h, both := heading(said); both && h.Entrance != "" {
					t.entrance = h.Entrance
				}
				t.building = t.buildingOf(said)
				if h, named := heading(said); named && h.Building != "" {
					t.building = h.Building
				}
			case f == Entrance:
				if e := t.entranceOf(said); e.ok {
					t.entrance = e.name
				}
			}
		}
	}
}

// titleNames takes the building from a title that names one and says whose list this is: 1栋业主名单.
func (t *tableReader) titleNames(title string) {
	if h, ok := headingOf(title); ok {
		t.building, t.entrance = h.Building, h.Entrance
	}
}

// headingOf reads a heading that names a building, with or without words for a list behind it.
func headingOf(text string) (cn.House, bool) {
	for rest := strings.TrimSpace(text); rest != ""; {
		if h, ok := heading(rest); ok && h.Building != "" {
			return h, true
		}
		for i, r := range rest { // behind the estate's name: 幸福里3号楼
			if last, _ := utf8.DecodeLastRuneInString(rest[:i]); i > 0 && r < utf8.RuneSelf && unicode.Is(unicode.Han, last) {
				if h, ok := heading(rest[i:]); ok && h.Building != "" {
					return h, true
				}
			}
		}
		longest := ""
		for word := range vocabulary()["list"] {
			if strings.HasSuffix(rest, word) && len(word) > len(longest) {
				longest = word
			}
		}
		if longest == "" {
			break
		}
		rest = strings.TrimSuffix(rest, longest)
	}
	return cn.House{}, false
}

func (t *tableReader) reads(f Field) bool {
	for _, g := range t.fields {
		if g == f {
			return true
		}
	}
	return false
}

// headRow is where problems of the whole table stand.
func (t *tableReader) headRow() int {
	if len(t.Heads) == 0 {
		return 1
	}
	return t.Heads[len(t.Heads)-1]
}

// whole notes a problem of the whole table, once, at the header of a field.
func (t *tableReader) whole(kind string, s Severity, f Field) {
	if t.told[kind+string(f)] {
		return
	}
	t.told[kind+string(f)] = true
	p := Problem{Kind: kind, Severity: s, At: Cell{t.Sheet, t.headRow(), t.First}, Field: f}
	for i, g := range t.fields {
		if g == f {
			p.At.Column, p.Header = t.Headers[i].Column, t.Headers[i].Text
			break
		}
	}
	t.problem(p)
}

// part reads the table's part of a row, and accounts for it.
func (t *tableReader) part(row sheet.Row) {
	t.gather(row)
	if len(t.values) == 0 {
		return
	}
	t.notRenumbered()
	if kind := t.notData(row); kind != "" {
		t.aside(kind, t.Sheet, row, t.First, t.Last)
		return
	}
	t.plan.Counts.Parts++
	t.rowRef, t.copied = false, t.copied[:0]
	t.count()
	t.line = Line{At: Cell{t.Sheet, row.Number, t.First}, Upto: row.Number}
	told := len(t.plan.Problems)
	if t.otherHeader() {
		t.current, t.refused = -1, true
		t.refuse(AnotherHeader)
	} else {
		t.data()
	}
	t.keepCopied()
	t.keepRest(told)
	if t.line.Refused = t.rowRef; t.rowRef {
		t.plan.Counts.Refused++
	} else {
		t.plan.Counts.Understood++
	}
	t.plan.Lines = append(t.plan.Lines, t.line)
}

// count counts the cells of the row by their columns.
func (t *tableReader) count() {
	if t.Filled == nil {
		t.Filled = make([]int, len(t.Headers))
	}
	i := 0
	for _, v := range t.values {
		for t.Headers[i].Column != v.at.Column {
			i++
		}
		t.Filled[i]++
	}
}

// otherHeader reports the header of a second list below: at least three words of which none is a value.
func (t *tableReader) otherHeader() bool {
	if len(t.values) < 3 {
		return false
	}
	known := 0
	for _, v := range t.values {
		if len(v.text) > 30 || strings.ContainsAny(v.text, "0123456789") {
			return false
		}
		if _, ok := vocabulary()["head"][plainWord(v.text)]; ok {
			known++
		}
	}
	return known >= 3 && known*2 > len(t.values)
}

// gather takes the values of a row that are not empty, with the answers to them.
func (t *tableReader) gather(row sheet.Row) {
	t.values, t.row = t.values[:0], row.Number
	t.blocks.at(row)
	for len(t.merged) > 0 && t.merged[0].Top <= row.Number {
		t.until[t.merged[0].Left], t.last[t.merged[0].Left] = t.merged[0].Bottom, ""
		t.merged = t.merged[1:]
	}
	for i, h := range t.Headers {
		v := value{field: t.fields[i], header: h.Text, at: Cell{t.Sheet, row.Number, h.Column}, text: textAt(row.Cells, h.Column)}
		v.typed = v.text
		if h.Column <= len(row.Cells) {
			v.cell = &row.Cells[h.Column-1]
		}
		if len(t.in.Answers) > 0 {
			v.answer(t.in.Answers, t.blocks.under(row.Number, h.Column))
		}
		t.carry(&v)
		t.lookAbove(&v)
		if v.text != "" && t.undated(&v) {
			t.values = append(t.values, v)
		}
	}
	t.usedAs()
}

// usedAs takes what stands in the place of a tenant and says how the unit is used for just that: 自用, 空置, 待租 is nobody's name.
func (t *tableReader) usedAs() {
	for i := range t.values {
		v := &t.values[i]
		if v.field != TenantName && v.field != Company || meaning("state", v.text) == "" {
			continue
		}
		if _, told := t.get(State); told {
			v.field = Remark
		} else {
			v.field = State
		}
	}
}

// notRenumbered takes the old number for the room where the column of new numbers is empty: the unit kept its number. Without it
// the row would go to the household above.
func (t *tableReader) notRenumbered() {
	if _, has := t.get(Room); has {
		return
	}
	for i, v := range t.values {
		if v.field != OldCode || !isHouse(v.text) || v.cell != nil && v.cell.Merged || !t.renumbers(v) {
			continue
		}
		t.values[i].field = Room
		return
	}
}

// renumbers reports that a column holds the old numbers of units of which another holds the new.
func (t *tableReader) renumbers(v value) bool {
	if f, sure := headField(v.header); sure >= 0.95 && f == OldCode {
		if _, renumbered := renumbered(plainWord(v.header)); renumbered > 0 {
			return true
		}
	}
	f, _ := headField(v.header)
	return f == Room && slices.ContainsFunc(t.Headers, func(h Header) bool { return renumberedHead(plainWord(h.Text)) })
}

// answer puts what people said in the place of what the file says. A cell below the first of a merged block is shown to them
// with what the block says (under): sent back so, it is no answer.
func (v *value) answer(answers Answers, under string) {
	v.keep = answers[Cell{v.at.Sheet, v.at.Row, 0}].Keep
	a, ok := answers[v.at]
	if !ok {
		return
	}
	text := strings.ReplaceAll(strings.TrimSpace(a.Text), "\r\n", "\n")
	v.keep = v.keep || a.Keep
	if under != "" && text == strings.ReplaceAll(under, "\r\n", "\n") {
		return
	}
	if !a.Keep && text != strings.ReplaceAll(v.text, "\r\n", "\n") {
		v.text, v.answered = text, true
		v.cell = &sheet.Cell{Text: text, Raw: text, Kind: sheet.Text}
	}
}

// carry gives a person, or a part of the place, under a block merged over several rows the text of the block. The room stays
// with its first row: the others go on with its household.
func (t *tableReader) carry(v *value) {
	column := v.at.Column
	if t.until[column] < t.row || v.field == Room || !v.field.place() && !v.field.person() {
		return
	}
	if v.text != "" {
		t.last[column] = v.text
	} else if v.cell != nil && v.cell.Merged && !v.answered {
		v.text = t.last[column]
	}
}

// dittoMarks are what is written for "the same as above" beside words.
var dittoMarks = []string{`"`, "''", "″", "”", "“", "〞", "˝"}

// sameAbove reports a text that says to look above.
func sameAbove(text string) bool {
	return slices.Contains(dittoMarks, text) || len(text) <= 16 && text[0] >= utf8.RuneSelf && meaning("ditto", text) != ""
}

// lookAbove gives a cell that says to look above what stands there.
func (t *tableReader) lookAbove(v *value) {
	if v.field == Remark || v.field == TenantRemark || v.field == Ignore || v.field == Serial || v.text == "" {
		return
	}
	if !sameAbove(v.text) {
		if t.above == nil {
			t.above = map[int]string{}
		}
		t.above[v.at.Column] = v.text
		return
	}
	if text := t.above[v.at.Column]; text != "" && !v.answered && !v.keep {
		v.text, v.above, v.cell = text, true, &sheet.Cell{Text: text, Raw: text, Kind: sheet.Text}
	}
}

// get is the first value of a field in the row.
func (t *tableReader) get(f Field) (value, bool) {
	for _, v := range t.values {
		if v.field == f {
			return v, true
		}
	}
	return value{}, false
}

// notData says why a row is no entry, or "".
func (t *tableReader) notData(row sheet.Row) AsideKind {
	switch first := t.values[0]; {
	case t.options.Skip, t.in.Answers[Cell{t.Sheet, row.Number, 0}].Skip:
		return t.leave(AsideSkipped)
	case (row.Hidden || t.Hidden) && !t.options.Hidden:
		return t.leave(AsideHidden)
	case t.repeats():
		return AsideRepeated
	case t.sums():
		return AsideTotal
	case first.text[0] >= utf8.RuneSelf || first.text[0] >= 'A':
		if m, ok := begins("row", first.text); ok && m == "total" {
			return AsideTotal
		} else if ok && len(t.values) <= 3 && !t.saysWhere() {
			return AsideNote
		}
	}
	if len(t.values) == 1 {
		if kind := t.alone(t.values[0]); kind != "" {
			return kind
		}
	}
	if _, ok := t.get(Room); ok {
		t.left = ""
	}
	return t.left
}

// leave leaves a row out; what follows without a unit of its own would else go to the household before it.
func (t *tableReader) leave(kind AsideKind) AsideKind {
	if _, ok := t.get(Room); ok {
		t.left = kind
	}
	return kind
}

// sums reports a row that counts those above: it says so where a place would stand, or names no room.
func (t *tableReader) sums() bool {
	return slices.ContainsFunc(t.values, func(v value) bool {
		return v.field != Remark && !v.keep && subtotal(v.text) && (v.field.place() || !t.saysWhere())
	})
}

// saysWhere reports that the row has a room number of some notation.
func (t *tableReader) saysWhere() bool {
	v, ok := t.get(Room)
	return ok && isHouse(v.text)
}

// repeats reports that the header stands in the row once more.
func (t *tableReader) repeats() bool {
	same := 0
	for _, v := range t.values {
		if v.text != v.header && (v.header == "" || !strings.HasSuffix(v.header, v.text) || utf8.RuneCountInString(v.text) < 2) {
			continue
		}
		same++
	}
	return same >= 2 && same*2 >= len(t.values)
}

// alone judges a row with a single value: a serial number of an empty line, a heading, the rest of a household, or a note.
func (t *tableReader) alone(v value) AsideKind {
	switch {
	case t.heading(v.text), t.areaBegins(v.text):
		return AsideSection
	case v.field == Serial:
		return AsideBlank
	case v.field == Room && (isHouse(v.text) || v.answered || v.keep):
		return ""
	case v.field.person() || v.field == Plates || v.field == Parking:
		if t.current >= 0 && utf8.RuneCountInString(v.text) < 20 {
			return ""
		}
	case v.field.place() && v.field != Room && v.cell != nil && v.cell.Merged:
		return AsideBlank
	}
	return AsideNote
}

// heading reads a line that names the building, or the kind, of the rows below it.
func (t *tableReader) heading(text string) bool {
	if m := meaning("kind", text); m != "" {
		t.kind, t.building, t.entrance, t.current = estate.UnitKind(m), t.options.Building, "", -1
		return true
	}
	h, ok := heading(text)
	kind := estate.UnitKind("")
	for word, m := range vocabulary()["kind"] { // A区商铺
		if rest, cut := strings.CutSuffix(text, word); !ok && cut {
			if h, ok = heading(rest); !ok {
				h, ok = areaOf(rest)
			}
			if ok {
				kind = estate.UnitKind(m)
			}
		}
	}
	if !ok {
		return false
	}
	if h.Building != "" {
		t.building = h.Building
	}
	t.entrance, t.current, t.kind = h.Entrance, -1, kind
	return true
}

// areaBegins reads a line that names an area, whose letter is a building to the estate: A区.
func (t *tableReader) areaBegins(text string) bool {
	h, ok := areaOf(text)
	if ok {
		t.building, t.entrance, t.current, t.kind = h.Building, "", -1, ""
	}
	return ok
}

func areaOf(text string) (cn.House, bool) {
	for word := range vocabulary()["area"] {
		if area, cut := strings.CutSuffix(cn.Compact(text), word); cut && area != "" && letterIn(area) == area && len(area) <= 2 {
			return cn.House{Building: area}, true
		}
	}
	return cn.House{}, false
}

// heading reads a text that names a building, an entrance, or both, and no room.
func heading(text string) (cn.House, bool) {
	if last, _ := utf8.DecodeLastRuneInString(text); last < utf8.RuneSelf || utf8.RuneCountInString(text) > 12 {
		return cn.House{}, false
	}
	read := cn.ParseHouses(text+"101", cn.Known{})
	if len(read) != 1 || len(read[0].Houses) != 1 || read[0].Houses[0].Room != "101" || read[0].Houses[0].Kind != cn.HouseRoom {
		return cn.House{}, false
	}
	h := read[0].Houses[0]
	return h, h.Building != "" || h.Entrance != ""
}

// note adds a problem of a value; a value that was confirmed has none.
func (t *tableReader) note(v value, kind string, s Severity, candidates []string, args ...any) {
	if v.keep && s != Refused {
		if (s == Ask || kind == Differs || kind == AreaJoint) && !v.field.place() {
			t.copied = append(t.copied, v)
		}
		return
	}
	if s == Refused {
		t.rowRef = true
	}
	t.problem(Problem{Kind: kind, Args: args, Severity: s, At: v.at, Header: v.header, Field: v.field, Value: v.text, Candidates: candidates})
}

// refuse turns the whole row down.
func (t *tableReader) refuse(kind string, args ...any) {
	t.rowRef = true
	t.problem(Problem{Kind: kind, Args: args, Severity: Refused, At: Cell{t.Sheet, t.row, 0}})
}
