package cn

import (
	"regexp"
	"slices"
	"strings"
)

const buildingShape = `\d{1,3}|[A-Z]{1,2}\d{0,2}|\d{1,2}[A-Z]|[甲乙丙丁戊己庚辛东南西北中]\d{0,2}`

var (
	houseBuilding = regexp.MustCompile(`^((?:\d期|[A-Z东南西北中]区)?(?:` + buildingShape + `))[bn]-?([^-].*)$`)
	houseSpan     = regexp.MustCompile(`^(` + buildingShape + `)b?-(` + buildingShape + `)b-?(\d{1,4})s$`)
	houseLeading  = regexp.MustCompile(`^(` + buildingShape + `)-((?:\d{1,2}[A-Z]?f|g\d|\d{1,2}e|[A-Z甲乙丙丁戊己东南西北中左右]e).*)$`)
	houseEntrance = regexp.MustCompile(`^(\d{1,2}|[A-Z]|[甲乙丙丁戊己东南西北中左右])e-?(.*)$`)
	houseSecond   = regexp.MustCompile(`^(\d{1,2}|[A-Z])b-?(.*)$`) // B栋2座08C: the part of a building
	houseBasement = regexp.MustCompile(`^g(\d)-?(.*)$`)
	houseFloor    = regexp.MustCompile(`^(\d{1,2}[A-Z]?|L?G|UG)f-?(.*)$`)             // G, LG and UG are floors of shops
	houseStoreyNo = regexp.MustCompile(`^(\d{1,2})l-?(\d{1,2})n$`)                    // 1楼12号: a shop
	wholeShop     = regexp.MustCompile(`^s?-?([A-Z]{1,2}\d{1,2})-(\d{1,4}[A-Z]?)s?$`) // S1-05, L2-101: a part of the house or its storey, and the shop's number
	houseStorey   = regexp.MustCompile(`^(\d{1,3}|[A-Z])l-?(\d{3,4}[A-Z]?)r?$`)       // 3楼301: floor or building?
	houseStreet   = regexp.MustCompile(`^(\p{Han}{1,8}(?:街|路|道|巷|里|弄|坊|广场))(\d{1,4}(?:-\d{1,3})?)号(?:商铺|铺|门面)?$`)
	housePublic   = regexp.MustCompile(`^(?:(` + buildingShape + `)(?:号楼|栋|幢|座|#)?-?)?(大堂|电梯|屋面|屋顶|天台|会所|消控室|监控室|配电房|水泵房|门卫|岗亭|垃圾房|架空层|物业用房)(\d{0,3})$`)
	houseStore    = regexp.MustCompile(`^(?:(` + buildingShape + `)(?:号楼|栋|幢|座|#)?-?)?(?:(\d{1,2}|[A-Z])(?:单元-?|-))?((?:地下)?(?:储藏室|储藏间|储物室|储物间|杂物间|杂物房|柴间)|地下室)-?(\d{1,4}[A-Z]?)(?:号|室)?$`)
	shopBlock     = regexp.MustCompile(`^商(\d{1,2})-(?:(\d{1,2})F-)?(\d{1,4}[A-Z]?)(铺?)$`) // 商2-03: a block of shops and the shop's number

	slashed       = regexp.MustCompile(`^\d{1,3}/\d{1,2}/\d{3,4}[A-Z]?$`)
	houseAnd      = regexp.MustCompile(`(\d[A-Za-z]?[室房号铺]?) *[和与及] *(\d)`)
	blanked       = regexp.MustCompile(`^\d{1,3} \d{1,2} \d{3,4}[A-Z]?$`)
	partShape     = regexp.MustCompile(`^(\d{1,8}[A-Z]?|[A-Z]{1,2}\d{0,4}[A-Z]?|\d{1,2}[A-Z]\d{1,2})$`)
	roomShape     = regexp.MustCompile(`^(\d{3,4}[A-Z]?|\d{1,2}[A-Z]|\d{1,2}[A-Z]\d{2})$`)
	plainRoom     = regexp.MustCompile(`^\d{3,4}$`)
	shortNumeral  = regexp.MustCompile(`^\d{1,2}$`)
	entranceShape = regexp.MustCompile(`^(\d{1,2}|[A-Z])$`)
	buildingOnly  = regexp.MustCompile(`^(` + buildingShape + `)$`)
	letterRoom    = regexp.MustCompile(`^([A-Z]{1,2})(\d{3,4}[A-Z]?)$`)
	letterShop    = regexp.MustCompile(`^[A-Z]\d{1,3}$`)
	basementShape = regexp.MustCompile(`^B(\d)$`)
	shortPiece    = regexp.MustCompile(`^(\d{1,2}[A-Z]?)([nsp]?)$`)
	barePiece     = regexp.MustCompile(`^(\d{3,4}[A-Z]?)([rnsp]?)$`)
)

var kindOfMark = map[byte]HouseKind{'s': HouseShop, 'p': HouseSpace, 'r': HouseRoom, 'n': ""}

// ParseHouses reads a cell of house notations (docs/domain.md §6, docs/lessons F). Pieces that only give a room take
// building and entrance from the piece before: "1栋301/302", "N710 711". Nothing is guessed: what has no single
// reading comes back with Candidates, or with none. HouseNoBuilding alone comes together with Houses.
func ParseHouses(cell string, known Known) []HouseReading {
	if IsPlaceholder(cell) && !strings.ContainsAny(cell, "0123456789") {
		return nil
	}
	if len(cell) > maxCell {
		return []HouseReading{{Text: cell, Problems: []Problem{HouseNotUnderstood}}}
	}
	var out []HouseReading
	if slashed.MatchString(Compact(cell)) { // 3/1/1205: no list
		cell = strings.NewReplacer("/", "-", "／", "-").Replace(cell)
	}
	if plain := strings.ToUpper(Fold(cell)); blanked.MatchString(plain) { // 3 1 1205
		cell = strings.ReplaceAll(plain, " ", "-")
	}
	cell = houseAnd.ReplaceAllString(cell, "$1、$2")
	pieces := splitHouses(cell)
	suffix := sharedSuffix(pieces)
	for _, piece := range pieces {
		r := HouseReading{Text: piece}
		text, note := cutHouseNote(piece)
		if text != "" {
			text, note = cutHouseForm(text, note)
		}
		r.Note = note
		plain := plainHouse(text)
		if suffix != "" && !strings.HasSuffix(plain, suffix) {
			plain += suffix
		}
		if len(out) > 0 && out[len(out)-1].join(markHouse(plain), piece, known) {
			continue
		}
		r.read(plain, known)
		out = append(out, r)
	}
	if suffix != "" {
		for i := range out {
			out[i].doubt()
		}
	}
	return out
}

// sharedSuffix is the word at the end that may be meant for all pieces: "C1首层114、115铺".
func sharedSuffix(pieces []string) string {
	if len(pieces) < 2 {
		return ""
	}
	last := barePiece.FindStringSubmatch(markHouse(plainHouse(pieces[len(pieces)-1])))
	if last == nil || last[2] != "s" && last[2] != "p" {
		return ""
	}
	for _, p := range pieces[:len(pieces)-1] {
		m := markHouse(plainHouse(p))
		tail := m[strings.LastIndexFunc(m, func(r rune) bool { return r < '0' || r > '9' })+1:]
		if strings.ContainsAny(m, "spr") || len(tail) != len(digitsOf(last[1])) {
			return ""
		}
	}
	return map[string]string{"s": "铺", "p": "车位"}[last[2]]
}

// doubt turns settled houses into a question.
func (r *HouseReading) doubt() {
	if len(r.Houses) > 0 {
		r.Candidates, r.Houses = append(r.Candidates, r.Houses), nil
	}
	r.Problems = []Problem{HouseAmbiguous}
}

// numbered reports shops or spaces, which may have numbers of one digit.
func (r *HouseReading) numbered() bool {
	all := r.Candidates
	if len(r.Houses) > 0 {
		all = [][]House{r.Houses}
	}
	return !slices.ContainsFunc(all, func(list []House) bool {
		kind := list[len(list)-1].Kind
		return kind != HouseShop && kind != HouseSpace
	})
}

// join takes a bare room number into the reading before it, into each of its candidates too.
func (r *HouseReading) join(marked, piece string, known Known) bool {
	m := barePiece.FindStringSubmatch(marked)
	if m == nil && r.numbered() {
		m = shortPiece.FindStringSubmatch(marked)
	}
	all := r.Candidates
	if len(r.Houses) > 0 {
		all = [][]House{r.Houses}
	}
	if m == nil || len(all) == 0 {
		return false
	}
	for _, list := range all {
		last := list[len(list)-1]
		kind := HouseRoom
		switch m[2] {
		case "s", "p":
			kind = kindOfMark[m[2][0]]
		case "n":
			kind = last.Kind // 商铺3、5号
		}
		if part, _, cut := strings.Cut(last.Room, "-"); cut && !isDigit(part[0]) && last.Kind == HouseShop { // S1-06/07
			continue
		}
		if last.Kind != kind && m[2] != "" || last.Kind == HouseStreet || last.Kind == HousePublic || !isDigit(last.Room[0]) || len(list) > 50 {
			return false
		}
	}
	for i, list := range all {
		next := list[len(list)-1]
		if next.Floor == floorOf(next.Room) {
			next.Floor = ""
		}
		if part, _, cut := strings.Cut(next.Room, "-"); cut && !isDigit(part[0]) {
			m[1] = part + "-" + m[1]
		}
		next.Room = m[1]
		all[i] = append(slices.Clip(list), known.fill(next))
	}
	if len(r.Houses) > 0 {
		r.Houses = all[0]
	}
	r.Text += "、" + piece
	return true
}

// fill sets what follows from the rest: kind, floor, and the building's own spelling.
func (k Known) fill(h House) House {
	if h.Kind == "" {
		h.Kind = HouseRoom
	}
	if stripped := zerosInFront.ReplaceAllString(h.Building, "$1$2"); !k.has(h.Building) && k.has(stripped) {
		h.Building = stripped
	}
	if h.Floor == "" && (h.Kind == HouseRoom || h.Kind == HouseShop) {
		h.Floor = floorOf(h.Room)
		if k.Floor != nil {
			if f, ok := k.Floor(h); ok {
				h.Floor = f
			}
		}
	}
	return h
}

// settle ends a reading with the houses it found, and asks where the estate contradicts.
func (r *HouseReading) settle(k Known, houses ...House) {
	for i := range houses {
		houses[i] = k.fill(houses[i])
		h := houses[i]
		switch {
		case h.Kind == HouseStreet || h.Kind == HousePublic || len(r.Problems) > 0:
		case h.Building != "" && !k.may(h.Building):
			r.Problems = []Problem{HouseUnknownBuilding}
		case h.Kind == HouseRoom && h.Entrance == "" && h.Building != "" && k.entrances(h.Building):
			r.Problems = []Problem{HouseEntranceMissing}
		}
	}
	if len(r.Problems) > 0 {
		r.Candidates = [][]House{houses}
		return
	}
	r.Houses = houses
	if houses[0].Building == "" && houses[0].Kind == HouseRoom {
		r.Problems = []Problem{HouseNoBuilding}
	}
}

// ask ends a reading with a choice; readings of buildings that do not exist are left out while others remain.
func (r *HouseReading) ask(k Known, p Problem, candidates ...[]House) {
	var possible [][]House
	for i := range candidates {
		for j := range candidates[i] {
			candidates[i][j] = k.fill(candidates[i][j])
		}
		if b := candidates[i][0].Building; b == "" || k.may(b) {
			possible = append(possible, candidates[i])
		}
	}
	if len(possible) == 1 && len(candidates) > 1 {
		r.settle(k, possible[0]...)
		return
	}
	if len(possible) == 0 {
		possible = candidates
	}
	r.Problems, r.Candidates = []Problem{p}, possible
}

// read finds the reading of one piece.
func (r *HouseReading) read(plain string, k Known) {
	if k.Alias != nil {
		if houses, ok := k.Alias(plain); ok && len(houses) > 0 {
			r.Houses = houses
			return
		}
	}
	if m := houseStreet.FindStringSubmatch(plain); m != nil {
		r.settle(k, House{Building: m[1], Room: m[2], Kind: HouseStreet})
		return
	}
	if m := housePublic.FindStringSubmatch(plain); m != nil {
		r.settle(k, House{Building: m[1], Room: m[2] + m[3], Kind: HousePublic})
		return
	}
	if m := houseStore.FindStringSubmatch(plain); m != nil {
		r.settle(k, House{Building: m[1], Entrance: m[2], Room: m[3] + m[4], Kind: HouseStore})
		return
	}
	if m := shopBlock.FindStringSubmatch(plain); m != nil {
		r.readBlock(m[1], m[2], m[3], m[4] != "", k)
		return
	}
	if r.readWords(plain, k) {
		return
	}
	m := markHouse(strings.TrimPrefix(plain, "复式")) // 复式 1801-1901: a flat on two floors
	if shop := wholeShop.FindStringSubmatch(m); shop != nil && k.Lettered == LetterShop && !k.has(shop[1]) && !basementShape.MatchString(shop[1]) {
		r.settle(k, House{Room: shop[1] + "-" + shop[2], Kind: HouseShop})
	} else if span := houseSpan.FindStringSubmatch(m); span != nil {
		r.readSpan(span[1], span[2], span[3], k)
	} else if storey := houseStoreyNo.FindStringSubmatch(m); storey != nil {
		r.settle(k, House{Floor: storey[1], Room: storey[2], Kind: HouseShop})
	} else if storey := houseStorey.FindStringSubmatch(m); storey != nil {
		r.ask(k, HouseAmbiguous, []House{{Building: storey[1], Room: storey[2]}},
			[]House{{Building: k.Default, Floor: storey[1], Room: storey[2]}})
	} else {
		r.readDraft(m, k)
	}
}

// readBlock reads 商2-03: shop 03 of block 商2, where no range of shops can be meant or there is that block; else it is asked.
func (r *HouseReading) readBlock(block, floor, room string, shop bool, k Known) {
	h := House{Building: "商" + block, Floor: floor, Room: room, Kind: HouseShop}
	if shop || floor != "" || room[0] == '0' || len(room) > 2 || k.has(h.Building) {
		r.settle(k, h)
		return
	}
	r.ask(k, HouseAmbiguous, []House{h}, []House{{Room: block + "-" + room, Kind: HouseShop}})
}

// readSpan reads "C1-C3栋103铺": the shops under several buildings, unless it is one of them.
func (r *HouseReading) readSpan(from, to, room string, k Known) {
	whole := House{Building: from + "-" + to, Room: room, Kind: HouseShop}
	if k.has(whole.Building) {
		r.settle(k, whole)
		return
	}
	r.Problems = []Problem{HouseAmbiguous}
	for _, b := range []string{whole.Building, from, to} {
		r.Candidates = append(r.Candidates, []House{k.fill(House{Building: b, Room: room, Kind: HouseShop})})
	}
}
