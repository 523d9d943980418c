package roster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hudang/internal/platform/cn"
	"hudang/internal/platform/sheet"
)

// Guess is what a column seems to hold.
type Guess struct {
	Column     int
	Header     string // as a Mapping knows it
	Field      Field
	Confidence float64 // 0 to 1
	Why        Why
	Samples    []string // a few different values
}

// Why says what a guess rests on.
type Why string

// The reasons.
const (
	WhyHeader  Why = "header"  // the header is a known word
	WhyPart    Why = "part"    // the header has a known word in it
	WhyValues  Why = "values"  // the header says nothing, the values do
	WhyAgainst Why = "against" // the values say otherwise than the header
	WhyTwice   Why = "twice"   // another column holds this better
	WhyNone    Why = "none"
)

// Key is the key of the reason's name in the catalogue.
func (w Why) Key() string { return "roster.why." + string(w) }

// headField reads a header: the whole of it, then whose and what, then the last word in it that is known.
func headField(text string) (Field, float64) {
	if len(text) > 90 {
		return Ignore, 0
	}
	word, inside := headWord(text)
	f, sure := headWordField(word)
	if parts := strings.Fields(text); sure == 0.7 && len(parts) > 1 {
		return headInGroup(word, parts, f)
	}
	if inside != "" && (f == Remark || sure == 0) {
		if g, s := headWordField(inside); s > 0 {
			return g, s * 0.8
		}
	}
	return f, sure
}

// kinHead is the word for a relative that a head consists of, with a word for his name or without; "" for another.
func kinHead(word string) string {
	for rest, m := range vocabulary()["head"] {
		if cut, ok := strings.CutSuffix(word, rest); ok && Field(m) == Occupant && cut != "" {
			word = cut
		}
	}
	if utf8.RuneCountInString(word) < 2 || meaning("self", word) != "" || meaning("relation", word) == "" {
		return ""
	}
	return word
}

// headInGroup reads a head below that of a group: what stands last says what the column holds, the group at most whose it is.
func headInGroup(word string, parts []string, f Field) (Field, float64) {
	for k := 1; k < len(parts); k++ { // 租赁信息 租赁期限 起
		if g, sure := headWordField(plainWord(strings.Join(parts[k:], ""))); sure >= 0.95 {
			side, _ := cutSide(word)
			if g == Occupant && vocabularyIn("kin", word) {
				return Family, 0.9
			}
			return sideField(side, g), 0.9
		}
	}
	if _, own := headWordField(plainWord(parts[len(parts)-1])); own == 0 {
		return Ignore, 0 // the known word is the group's: 房屋信息 建筑
	}
	return f, 0.7
}

func headWordField(word string) (Field, float64) {
	heads := vocabulary()["head"]
	if m, ok := heads[word]; ok {
		return Field(m), 1
	}
	if f, sure := renumbered(word); sure > 0 {
		return f, sure
	}
	if beginsAs("former", word) { // who held it before is no holder
		return Remark, 0.95
	}
	if meaning("relation", kinHead(word)) != "" { // 配偶, 配偶姓名
		return Family, 0.9
	}
	if f, sure := endOfTerm(word); sure > 0 {
		return f, sure
	}
	side, rest := cutSide(word)
	if rest != "" {
		if m, ok := heads[rest]; ok {
			return sideField(side, Field(m)), 0.95
		}
		if side != "" && vocabulary()["naming"][rest] != "" { // 承租人 名称
			return sideField(side, Occupant), 0.95
		}
	}
	m := Field(lastWord(heads, word))
	switch {
	case vocabularyIn("code", word) && (m == "" || m == OldCode || m == Room && !vocabularyIn("number", word)): // 微信号, 水费户号, 邮政编码
		return Ignore, 0.7
	case m == OldCode && !vocabularyIn("number", word):
		if m = codeOf(word); m == "" {
			return Ignore, 0.7 // 客户编码, 系统编码
		}
	}
	if m == Occupant && vocabularyIn("kin", word) {
		return Family, 0.9
	}
	if m != "" {
		return sideField(side, m), 0.7
	}
	return Ignore, 0
}

// codeOf is what a code is of that is none of a unit's: 身份证编码, 车位编码.
func codeOf(word string) Field {
	for _, f := range []Field{ID, USCC, Parking, Plates} {
		for w, m := range vocabulary()["head"] {
			if Field(m) == f && len(w) >= 4 && strings.HasPrefix(word, w) {
				return f
			}
		}
	}
	return ""
}

// renumbered reads a head that says which of two numbers of a unit it holds: the new one, by which it goes today, or the old.
func renumbered(word string) (Field, float64) {
	for which, m := range vocabulary()["renumbered"] {
		rest, ok := strings.CutPrefix(word, which)
		if !ok {
			if rest, ok = strings.CutSuffix(word, which); !ok {
				continue
			}
		}
		switch f := Field(vocabulary()["head"][rest]); f {
		case Room, Entrance, OldCode:
			return Field(m), 0.97
		case Building:
			if Field(m) == OldCode {
				return Ignore, 0.97 // read with the old room: formerBuilding
			}
			return Building, 0.97
		}
	}
	return Ignore, 0
}

// endOfTerm reads a head over the beginning or the end of a lease that is put together from both words: 合同期限 and 自.
func endOfTerm(word string) (Field, float64) {
	best, rest := "", ""
	for end := range vocabulary()["ends"] {
		if r, ok := strings.CutSuffix(word, end); ok && r != "" && len(end) > len(best) {
			best, rest = end, r
		}
	}
	if best == "" {
		return Ignore, 0
	}
	if _, term := vocabulary()["termed"][rest]; term || Field(vocabulary()["head"][rest]) == Term {
		return Field(vocabulary()["ends"][best]), 0.95
	}
	return Ignore, 0
}

// renumberedHead reports a head that says that it holds the new number.
func renumberedHead(name string) bool {
	f, sure := renumbered(name)
	return sure > 0 && f == Room
}

// sideWord is the longest word for owner, tenant or emergency in a header.
func sideWord(word string) string {
	longest := ""
	for w := range vocabulary()["side"] {
		if len(w) > len(longest) && strings.Contains(word, w) {
			longest = w
		}
	}
	return longest
}

// cutSide takes the word for owner, tenant or emergency out of a header.
func cutSide(word string) (side, rest string) {
	longest := sideWord(word)
	if longest == "" {
		return "", ""
	}
	return vocabulary()["side"][longest], plainWord(strings.Replace(word, longest, "", 1))
}

func sideField(side string, f Field) Field {
	if side == "emergency" {
		switch _, plain := f.sided(); plain {
		case Phone, Landline:
			return EmergencyPhone
		case Occupant:
			return EmergencyName
		}
		return f
	}
	return f.of(Side(side))
}

// lastWord is the meaning of the known word that ends last in a header, the longest of several: in Chinese the noun comes last.
func lastWord(heads map[string]string, word string) string {
	best, end, size := "", 0, 0
	for w, m := range heads {
		if len(w) < 4 { // a single character says too little
			continue
		}
		if i := strings.LastIndex(word, w); i >= 0 && (i+len(w) > end || i+len(w) == end && len(w) > size) {
			best, end, size = m, i+len(w), len(w)
		}
	}
	return best
}

// guess fills the guesses of a table and the mapping they make.
func (t *Table) guess(data []sheet.Row) {
	t.Mapping = Mapping{Headers: t.Names(), Fields: map[string]Field{}}
	columns := make([]column, len(t.Headers))
	for i, h := range t.Headers {
		columns[i] = columnOf(data, h.Column)
		g := Guess{Column: h.Column, Header: t.Mapping.Headers[i], Samples: columns[i].samples()}
		f, sure := headField(h.Text)
		g.Field, g.Confidence, g.Why = columns[i].weigh(f, sure)
		t.Guesses = append(t.Guesses, g)
	}
	t.onlyOnce(columns)
	t.overTwo(columns)
	t.doubtNames()
	t.settleRoom(columns)
	t.settleHolders(columns)
	t.settleDrivers()
	t.settleSides()
	t.serials = serialColumns(columns)
	for _, g := range t.Guesses {
		t.Mapping.Fields[g.Header] = g.Field
	}
}

// overTwo reads a head that stands over two columns, of which the second has none of its own: of a term the first day and the last,
// of a room number the building and the room, or with a third the entrance between them.
func (t *Table) overTwo(columns []column) {
	for i := 0; i+1 < len(t.Guesses); i++ {
		first, bare := &t.Guesses[i], 0
		for bare < 2 && i+bare+1 < len(t.Headers) && t.Headers[i+bare+1].Text == "" && len(columns[i+bare+1].values) > 0 {
			bare++
		}
		parts := []Field{LeaseFrom, LeaseTo}
		switch {
		case bare == 0 || first.Why != WhyHeader && first.Why != WhyPart:
			continue
		case first.Field == Term && slices.ContainsFunc(columns[i].values, isDay) && !slices.ContainsFunc(columns[i].values, isTerm) && columns[i+1].every(isDay):
		case first.Field == Room && bare == 1 && columns[i].every(isPart) && columns[i+1].every(isNumberOfRoom):
			parts = []Field{Building, Room}
		case first.Field == Room && bare == 2 && columns[i].every(isPart) && columns[i+1].every(isPart) && columns[i+2].every(isNumberOfRoom):
			parts = []Field{Building, Entrance, Room}
		default:
			continue
		}
		if slices.ContainsFunc(parts, func(f Field) bool { return f != Room && t.has(f) }) {
			continue
		}
		for k, f := range parts {
			g := &t.Guesses[i+k]
			g.Field, g.Confidence, g.Why = f, first.Confidence, WhyPart
		}
	}
}

// every reports that nearly all values are so.
func (c column) every(is func(string) bool) bool {
	n := 0
	for _, v := range c.values {
		if is(v) {
			n++
		}
	}
	return n > 0 && n*5 >= len(c.values)*4
}

func isDay(v string) bool { return !cn.ParseDate(v, cn.DateContext{}).Date.IsZero() }

// isTerm reports a cell that holds both ends of a term.
func isTerm(v string) bool {
	r := cn.ParseTerm(v, cn.DateContext{})
	return r.OK && !r.From.Date.IsZero() && (!r.To.Date.IsZero() || r.To.None != "" || r.Months > 0)
}

// isPart reports a building or an entrance: 12, 3栋, 2单元.
func isPart(v string) bool {
	return len(v) <= 2 && isNumberAlone(v) || len(v) == 1 && letterIn(v) == v || isBuilding(v) || strings.HasPrefix(cn.Compact(v), "0") && len(v) <= 3
}

func isNumberOfRoom(v string) bool { return plainRoom(cn.Compact(v)) && len(v) >= 3 }

// wordUnit is a room where no other column is one, else an entrance.
const wordUnit = "UNIT"

// onlyOnce leaves a field that one column holds to the column that holds it best.
func (t *Table) onlyOnce(columns []column) {
	best := map[Field]int{}
	worth := func(i int) float64 {
		if t.Guesses[i].Header == wordUnit || vocabulary()["account"][t.Guesses[i].Header] != "" { // 户号 beside 室号 counts households
			return 0.1
		}
		if renumberedHead(t.Guesses[i].Header) {
			return 3
		}
		return t.Guesses[i].Confidence + columns[i].share(t.Guesses[i].Field)
	}
	for i, g := range t.Guesses {
		if g.Field.many() {
			continue
		}
		j, taken := best[g.Field]
		if !taken {
			best[g.Field] = i
			continue
		}
		loser := i
		if worth(i) > worth(j) {
			best[g.Field], loser = i, j
		}
		t.lose(loser)
	}
}

// lose gives a column that lost its field the next best: the English word for room also means entrance.
func (t *Table) lose(i int) {
	g := &t.Guesses[i]
	next := Ignore
	switch {
	case g.Field == Room && g.Header == wordUnit && !t.has(Entrance):
		next = Entrance
	case g.Field == Room && vocabularyIn("addressed", g.Header):
		if !t.has(Door) {
			next = Door
		}
	case g.Field == Room && g.Why != WhyValues && vocabulary()["account"][g.Header] == "": // a column of codes looks like rooms too
		next = OldCode
	}
	g.Field, g.Why, g.Confidence = next, WhyTwice, 0.4
}

func (t *Table) has(f Field) bool { return t.column(f) != nil }

// column is the guess that a field stands in a column.
func (t *Table) column(f Field) *Guess {
	for i := range t.Guesses {
		if t.Guesses[i].Field == f {
			return &t.Guesses[i]
		}
	}
	return nil
}

// settleRoom takes the parking spaces, or the other code, for the room where no column is headed so.
func (t *Table) settleRoom(columns []column) {
	if t.has(Room) || t.has(Building) {
		return
	}
	for i := range t.Guesses {
		if g := &t.Guesses[i]; g.Field == Company && columns[i].share(Room) >= 0.8 && columns[i].notations() { // 单位 is a unit to some
			g.Field, g.Confidence, g.Why = Room, 0.6, WhyAgainst
			return
		}
	}
	for _, f := range []Field{Parking, OldCode} {
		if g := t.column(f); g != nil && len(g.Samples) > 0 {
			g.Field, g.Confidence = Room, 0.4
			return
		}
	}
}

// settleHolders takes a column headed 业主/租户 for the names, where it holds names and no other column does.
func (t *Table) settleHolders(columns []column) {
	if slices.ContainsFunc(t.Guesses, func(g Guess) bool { return g.Field.name() }) {
		return
	}
	for i := range t.Guesses {
		if g := &t.Guesses[i]; g.Field == Role && sideWord(g.Header) != "" && columns[i].share(Role) < 0.2 && columns[i].share(Occupant) >= 0.8 {
			g.Field, g.Confidence, g.Why = Occupant, 0.6, WhyAgainst
			return
		}
	}
}

// settleDrivers takes the owners of vehicles for those the rows are about where no column names anybody else: of a list of vehicles.
func (t *Table) settleDrivers() {
	if slices.ContainsFunc(t.Guesses, func(g Guess) bool { return g.Field.name() }) {
		return
	}
	for i := range t.Guesses {
		if g := &t.Guesses[i]; g.Field == Ignore && vocabulary()["driver"][g.Header] != "" {
			g.Field, g.Confidence, g.Why = Occupant, 0.7, WhyHeader
			return
		}
	}
}

// settleSides gives a number to the owner or the tenant where both have a column: to the name on its left, unless the family stands there.
func (t *Table) settleSides() {
	if !t.has(OwnerName) || !t.has(TenantName) {
		return
	}
	side := SideOpen
	for i := range t.Guesses {
		g := &t.Guesses[i]
		if s, plain := g.Field.sided(); plain == Occupant {
			side = s
		} else if g.Field == Family {
			side = SideOpen // what stands behind it is the relatives'
		}
		if g.Field == Phone || g.Field == ID {
			g.Field, g.Confidence = g.Field.of(side), min(g.Confidence, 0.7)
		}
	}
}

// doubtNames takes back the guess that a column holds names when another is headed so, or more than one only looks so: any
// short word looks like a name.
func (t *Table) doubtNames() {
	seeming, headed := 0, false
	for _, g := range t.Guesses {
		switch {
		case !g.Field.name():
		case g.Why == WhyValues:
			seeming++
		default:
			headed = true
		}
	}
	for i := range t.Guesses {
		if g := &t.Guesses[i]; (headed || seeming > 1) && g.Field == Occupant && g.Why == WhyValues {
			g.Field, g.Confidence, g.Why = Ignore, 0, WhyNone
		}
	}
}
