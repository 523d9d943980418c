package cn

import (
	"strconv"
	"strings"
)

// readDraft takes the marked parts off the front, then reads what is left between dashes.
func (r *HouseReading) readDraft(m string, k Known) {
	h := House{}
	word := false // a word says what the last number is
	if n := len(m); n > 1 && strings.IndexByte("sprn", m[n-1]) >= 0 {
		h.Kind, word, m = kindOfMark[m[n-1]], true, m[:n-1]
	}
	if sub := houseLeading.FindStringSubmatch(m); sub != nil {
		h.Building, m = sub[1], sub[2]
	} else if sub := houseBuilding.FindStringSubmatch(m); sub != nil {
		h.Building, m = sub[1], sub[2]
	}
	if sub := houseEntrance.FindStringSubmatch(m); sub != nil {
		h.Entrance, m = sub[1], sub[2]
	} else if sub := houseSecond.FindStringSubmatch(m); sub != nil && h.Building != "" {
		h.Entrance, m = sub[1], sub[2]
	}
	if sub := houseBasement.FindStringSubmatch(m); sub != nil {
		h.Floor, m = "-"+sub[1], sub[2]
		if h.Kind == "" {
			h.Kind = HouseSpace
		}
	} else if sub := houseFloor.FindStringSubmatch(m); sub != nil {
		h.Floor, m = sub[1], sub[2]
	}
	if rest := strings.TrimLeft(m, "-"); rest != "" && (rest[0] == 's' || rest[0] == 'p') {
		h.Kind, word, m = kindOfMark[rest[0]], true, strings.TrimLeft(rest[1:], "-")
	}
	parts := strings.Split(m, "-")
	for _, p := range parts {
		if !partShape.MatchString(p) {
			r.Problems = []Problem{HouseNotUnderstood}
			return
		}
	}
	switch {
	case h.Kind == HouseShop || h.Kind == HouseSpace:
		r.readNumbered(h, parts, k)
	case h.Floor != "":
		r.readOnFloor(h, parts, k)
	case h.Building != "":
		r.readInBuilding(h, parts, word, k)
	default:
		r.readBare(h, parts, word, k)
	}
}

// fail leaves a piece unresolved, with the reading it would have had.
func (r *HouseReading) fail(k Known, p Problem, candidates ...House) {
	r.Problems = []Problem{p}
	for _, h := range candidates {
		r.Candidates = append(r.Candidates, []House{k.fill(h)})
	}
}

// readNumbered reads what is left of a shop or a parking space: number, floor and number, building and number.
func (r *HouseReading) readNumbered(h House, parts []string, k Known) {
	last := parts[len(parts)-1]
	h.Room = last
	switch n := len(parts); {
	case n == 1:
		r.settle(k, h)
	case n > 3 || n == 3 && (h.Building != "" || h.Floor != ""):
		r.fail(k, HouseNotUnderstood)
	case n == 3:
		h.Building = parts[0]
		if b := basementShape.FindStringSubmatch(parts[1]); b != nil {
			h.Floor = "-" + b[1]
		} else {
			h.Entrance = parts[1]
		}
		r.settle(k, h)
	case len(parts[0]) == 1 && entranceShape.MatchString(parts[0]) && !isDigit(parts[0][0]) && allDigits(last) && !k.has(parts[0]): // S-12
		h.Room = parts[0] + last
		r.settle(k, h)
	case h.Floor == "" && basementShape.MatchString(parts[0]) && h.Building == "":
		r.readB(h, parts[0], k)
	case h.Floor == "" && basementShape.MatchString(parts[0]):
		h.Floor = "-" + parts[0][1:]
		r.settle(k, h)
	case h.Building == "" && len(parts[0]) >= 3 && allDigits(parts[0]) && shortNumeral.MatchString(last) && !k.has(parts[0]): // 商铺101-1
		h.Room = parts[0] + "-" + last
		r.settle(k, h)
	case h.Building == "" && h.Floor == "" && buildingOnly.MatchString(parts[0]):
		h.Building = parts[0]
		r.settle(k, h)
	default:
		r.fail(k, HouseNotUnderstood)
	}
}

// readB reads "B1-023": a number on the first basement floor, unless there is a building B1.
func (r *HouseReading) readB(h House, b string, k Known) {
	below, inside := h, h
	below.Building, below.Floor = k.Default, "-"+b[1:]
	if below.Kind == "" {
		below.Kind = HouseSpace
	}
	inside.Building = b
	zero := strings.HasPrefix(h.Room, "0")
	switch {
	case k.has(b) || k.Buildings == nil && !zero && roomShape.MatchString(h.Room) && h.Kind == "":
		if !allDigits(h.Room) { // B1-3C: spaces have plain numbers
			r.settle(k, inside)
			return
		}
		r.Problems = []Problem{HouseAmbiguous}
		r.Candidates = [][]House{{k.fill(inside)}, {k.fill(below)}}
	case !allDigits(h.Room):
		r.fail(k, HouseUnknownBuilding, inside)
	default:
		below.Building = "" // a garage serves the whole estate
		r.settle(k, below)
	}
}

// readOnFloor reads "1F-08" (a shop, unless a building was named) and "3栋3层301室".
func (r *HouseReading) readOnFloor(h House, parts []string, k Known) {
	if len(parts) != 1 {
		r.fail(k, HouseNotUnderstood)
		return
	}
	h.Room = parts[0]
	if h.Building == "" && h.Kind == "" && shortNumeral.MatchString(h.Room) {
		h.Kind = HouseShop
	} else if h.Building == "" {
		h.Building = k.Default
	}
	r.settle(k, h)
}

// readInBuilding reads what follows a named building: room, entrance and room, or two rooms joined.
func (r *HouseReading) readInBuilding(h House, parts []string, word bool, k Known) {
	first := parts[0]
	switch len(parts) {
	case 1:
		h.Room = first
		if roomShape.MatchString(first) || h.Entrance != "" && word || letterRoom.MatchString(first) {
			r.settle(k, h)
		} else {
			r.fail(k, HouseNotUnderstood, h)
		}
	case 2:
		switch {
		case h.Entrance == "" && entranceShape.MatchString(first) && roomShape.MatchString(parts[1]):
			h.Entrance, h.Room = first, parts[1]
			r.settle(k, h)
		case plainRoom.MatchString(first) && len(first) == len(parts[1]) && plainRoom.MatchString(parts[1]):
			r.readJoined(h, first, parts[1], k)
		case roomShape.MatchString(first) && shortNumeral.MatchString(parts[1]):
			h.Room = first + "-" + parts[1]
			r.settle(k, h)
		default:
			r.fail(k, HouseNotUnderstood)
		}
	case 3:
		if h.Entrance == "" && entranceShape.MatchString(first) && plainRoom.MatchString(parts[1]) {
			h.Entrance = first
			r.readInBuilding(h, parts[1:], word, k)
			return
		}
		r.fail(k, HouseNotUnderstood)
	default:
		r.fail(k, HouseNotUnderstood)
	}
}

// readJoined reads "301-302" and the duplex "1801-1901" as two units; wider spans may be two or all between.
func (r *HouseReading) readJoined(h House, a, b string, k Known) {
	first, second := h, h
	first.Room, second.Room = a, b
	x, y := number(a), number(b)
	var others [][]House
	if h.Building == "" {
		first.Building, second.Building = k.Default, k.Default
		if k.has(a) {
			others = append(others, []House{{Building: a, Room: b}})
		}
	}
	sure := y-x == 1 || y > x && x%100 == y%100 && y/100-x/100 <= 3
	if !sure && a[0] == '0' && len(a) == 4 { // 0302-1202: building 3, entrance 2
		others = append(others, []House{{Building: strings.TrimLeft(a[:2], "0"), Entrance: strings.TrimLeft(a[2:], "0"), Room: b}})
	}
	if sure && len(others) == 0 {
		r.settle(k, first, second)
		return
	}
	if x/100 == y/100 && y-x > 1 && y-x <= 30 {
		var all []House
		for n := x; n <= y; n++ {
			each := first
			each.Room = strings.Repeat("0", max(0, len(a)-len(strconv.Itoa(n)))) + strconv.Itoa(n)
			all = append(all, each)
		}
		others = append(others, all)
	}
	candidates := append([][]House{{first, second}}, others...)
	r.Problems = []Problem{HouseAmbiguous}
	for _, list := range candidates {
		for i := range list {
			list[i] = k.fill(list[i])
		}
	}
	r.Candidates = candidates
}

// readBare reads capitals, digits and dashes alone.
func (r *HouseReading) readBare(h House, parts []string, word bool, k Known) {
	switch n := len(parts); {
	case n == 1:
		r.readOne(h, parts[0], word, k)
	case n == 2:
		r.readTwo(h, parts[0], parts[1], k)
	case n == 4 && buildingOnly.MatchString(parts[0]) && entranceShape.MatchString(parts[1]) && shortNumeral.MatchString(parts[2]) && shortNumeral.MatchString(parts[3]):
		h.Building, h.Entrance, h.Floor, h.Room = parts[0], parts[1], parts[2], parts[3] // 3-2-12-02
		r.settle(k, h)
	case n <= 4 && buildingOnly.MatchString(parts[0]) && (plainRoom.MatchString(parts[1]) || n == 4):
		h.Building = parts[0] // 1-301-302, 1-2-301-302
		r.readInBuilding(h, parts[1:], word, k)
	case n == 3 && buildingOnly.MatchString(parts[0]) && entranceShape.MatchString(parts[1]):
		h.Building, h.Entrance, h.Room = parts[0], parts[1], parts[2]
		if roomShape.MatchString(parts[2]) {
			r.settle(k, h)
		} else if shortNumeral.MatchString(parts[2]) && allDigits(parts[1]) { // 1-2-01: entrance 2, or floor 2
			onFloor := House{Building: parts[0], Room: parts[1] + strings.Repeat("0", 2-len(parts[2])) + parts[2]}
			r.ask(k, HouseAmbiguous, []House{h}, []House{onFloor})
		} else {
			r.fail(k, HouseNotUnderstood)
		}
	default:
		r.fail(k, HouseNotUnderstood)
	}
}

// readOne reads a single word: 301, 4E, A1205, S12, 10101.
func (r *HouseReading) readOne(h House, p string, word bool, k Known) {
	h.Room = p
	if m := letterRoom.FindStringSubmatch(p); m != nil {
		inside := House{Building: m[1], Room: m[2]}
		switch {
		case m[1] == "S" && len(p) <= 4 && k.has("S"):
			r.ask(k, HouseAmbiguous, []House{inside}, []House{{Room: p, Kind: HouseShop}})
		case m[1] == "S" && len(p) <= 4:
			r.settle(k, House{Room: p, Kind: HouseShop})
		case k.has(m[1]):
			r.settle(k, inside)
		default:
			r.lettered(p, inside, k)
		}
		return
	}
	h.Building = k.Default
	switch {
	case roomShape.MatchString(p):
		r.settle(k, h)
	case strings.HasPrefix(p, "S") && letterShop.MatchString(p):
		r.settle(k, House{Room: p, Kind: HouseShop})
	case letterShop.MatchString(p) && k.Lettered == LetterShop:
		r.settle(k, House{Room: p, Kind: HouseShop})
	case letterShop.MatchString(p):
		r.fail(k, HouseAmbiguous, House{Room: p, Kind: HouseShop}, House{Room: p, Kind: HouseSpace})
	case allDigits(p) && len(p) >= 5:
		r.readRunTogether(p, k)
	case shortNumeral.MatchString(p) && word && k.Default != "":
		r.fail(k, HouseAmbiguous, h)
	default:
		r.fail(k, HouseNotUnderstood)
	}
}

// lettered reads A105 where no building A is known: as the caller says, else it is left open.
func (r *HouseReading) lettered(p string, inside House, k Known) {
	switch k.Lettered {
	case LetterBuilding:
		r.Houses = []House{k.fill(inside)}
	case LetterRoom:
		r.settle(k, House{Room: p, Kind: HouseRoom})
	case LetterShop:
		r.settle(k, House{Room: p, Kind: HouseShop})
	default:
		r.fail(k, HouseUnknownBuilding, inside)
	}
}

// readRunTogether offers the ways to cut 10101 or 01010707; it never settles on one.
func (r *HouseReading) readRunTogether(p string, k Known) {
	r.Problems = []Problem{HouseRunTogether}
	for _, room := range []int{3, 4} {
		for b := 1; b <= 2; b++ {
			e := len(p) - room - b
			if e < 0 || e > 2 {
				continue
			}
			h := House{Building: p[:b], Entrance: p[b : b+e], Room: p[b+e:]}
			stripped := k.fill(h)
			if strings.Trim(h.Building, "0") != "" && (e == 0 || strings.Trim(h.Entrance, "0") != "") && k.may(stripped.Building) {
				r.Candidates = append(r.Candidates, []House{stripped})
			}
		}
	}
}

// readTwo reads two words with a dash: 1-301, A-1205, S-12, B1-023, 301-302, 405-1.
func (r *HouseReading) readTwo(h House, a, b string, k Known) {
	inside := House{Building: a, Room: b, Kind: h.Kind}
	switch {
	case a == "S" && allDigits(b) && len(b) <= 3 && !k.has("S"):
		r.settle(k, House{Room: a + b, Kind: HouseShop})
	case basementShape.MatchString(a):
		h.Room = b
		r.readB(h, a, k)
	case plainRoom.MatchString(a) && plainRoom.MatchString(b) && len(a) == len(b):
		r.readJoined(h, a, b, k)
	case roomShape.MatchString(a) && shortNumeral.MatchString(b) && k.has(a):
		r.fail(k, HouseAmbiguous, inside, House{Building: k.Default, Room: a + "-" + b})
	case plainRoom.MatchString(a) && shortNumeral.MatchString(b):
		r.settle(k, House{Building: k.Default, Room: a + "-" + b, Kind: h.Kind})
	case h.Kind == "" && allDigits(a) && len(a) <= 2 && allDigits(b) && len(b) <= 2: // 3-11: of a row of houses, or a number of two parts
		r.fail(k, HouseAmbiguous, inside, House{Building: k.Default, Room: a + "-" + b})
	case !buildingOnly.MatchString(a) || !roomShape.MatchString(b):
		r.fail(k, HouseNotUnderstood)
	case k.Default != "" && k.entrances(k.Default) && entranceShape.MatchString(a):
		inDefault := House{Building: k.Default, Entrance: a, Room: b, Kind: h.Kind}
		r.ask(k, HouseAmbiguous, []House{inside}, []House{inDefault})
	default:
		r.settle(k, inside)
	}
}
