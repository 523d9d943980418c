package cn

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Some estates number with words: 洋房02-301, 桂园7栋1单元602, 2栋2单元顶楼B, 叠墅上户12-1, 商业街南区S-08-1, 301甲, 101附1号.
var (
	houseType = regexp.MustCompile(`^(花园洋房|洋房|联排别墅|独栋别墅|独栋|双拼别墅|叠拼别墅|别墅|叠墅|叠拼|叠加|联排|双拼|合院|排屋|院墅|商墅|小高层|高层|多层|大平层|公寓|写字楼)` +
		`(上户|中户|下户|上叠|中叠|下叠|边户|东户|西户)?-?(.+)$`)
	houseTypeRest = regexp.MustCompile(`^(\d{1,3}|[A-Z]\d{0,2})(?:号楼|号|栋|幢|座|#)?-(\d{1,2}|\d{1,2}[A-Z])$`)
	houseVilla    = regexp.MustCompile(`^(\d{1,3}[A-Z]?|[A-Z]\d{1,3})(?:号楼|号|栋|幢|座|#)?$`)
	houseAddress  = regexp.MustCompile(`^(\p{Han}.*?(?:路|街|道|巷|弄)\d{1,5}(?:弄|号))(\p{Han}*[A-Z\d]{1,3}(?:号楼|栋|幢|座).*\d.*)$`) // 文三路88号翠苑小区12幢2单元301室
	houseZone     = regexp.MustCompile(`^(\p{Han}{1,8}(?:组团|小区|广场|花园|园|苑|区|里|居|庭|湾|府|轩|阁|邸|城|庄|村|坊|院|郡|岸|谷|洲|岛|街|路|期))-?([A-Z\d负].*)$`)
	housePhase    = regexp.MustCompile(`^(\d{1,2}期)-?([A-Z\d].*)$`)
	houseMarket   = regexp.MustCompile(`商|街|铺|市场|广场|路`)
	houseNumber   = regexp.MustCompile(`^([A-Z]{0,2}-?\d{1,4}(?:-\d{1,3})?[A-Z]?)(?:号|铺|室|商铺|号铺)?$`)
	houseTop      = regexp.MustCompile(`^(.*[栋幢座楼单元梯门#号-])((?:顶楼|顶层|阁楼|跃层|夹层|底层|上户|中户|下户|东户|西户|南户|北户|左户|右户|边户)[A-Z\d]{0,4})(?:室|房|户|号)?$`)
	houseSuffix   = regexp.MustCompile(`^(.*\d[A-Z]?)(?:室|房|号)?-?((?:附|副)-?\d{1,2}|[甲乙丙丁戊己东西南北中左右上下])(?:室|房|户|号)?$`)
	houseRange    = regexp.MustCompile(`^(.*?)([A-Z]{0,2})(\d{2,4})(?:室|房|号|号铺)?(?:~|至|到)(.*?)([A-Z]{0,2})(\d{2,4})((?:号商铺|号铺|号房|商铺|铺|室|房|号)?)$`)
	houseLetters  = regexp.MustCompile(`^(|.*(?:[栋幢座楼#元层区铺商位-]|门面))([A-Z]{1,2})(\d{2,4})-([A-Z]{1,2})(\d{2,4})((?:号商铺|号铺|商铺|铺|室|房|号)?)$`)
	houseShops    = regexp.MustCompile(`^(|.*[栋幢座楼#元层区-])(商铺|铺位|店铺|门面房|门面|底商|门店|门市|档口|铺|停车位|车位)第?(\d{1,4})号?(-|~|至|到)(\d{1,4})号?$`)
	houseShopsOf  = regexp.MustCompile(`^(.*层)(\d{1,4})号?(-|~|至|到)(\d{1,4})(号?(?:商铺|铺位|店铺|门面|铺|停车位|车位))$`)
	houseShopsEnd = regexp.MustCompile(`^(\d{1,4})-(\d{1,4})(号(?:商铺|铺位|店铺|门面|铺))$`)
	houseRowEnd   = regexp.MustCompile(`[〇○零一二三四五六七八九]{3,4}$`)
	houseRoman    = regexp.MustCompile(`(IV|III|II|I|V)(单元|期|区)`)
)

var (
	capitalNumerals = strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十")
	romanNumerals   = map[string]string{"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
)

// otherNumerals writes capital numerals, Roman ones before a house word, and a room in Chinese digits as plain numbers.
func otherNumerals(t string) string {
	t = houseRowEnd.ReplaceAllStringFunc(capitalNumerals.Replace(t), func(row string) string {
		if n, ok := hanRow(row); ok {
			return strings.Repeat("0", max(0, len([]rune(row))-len(strconv.Itoa(n)))) + strconv.Itoa(n)
		}
		return row
	})
	return houseRoman.ReplaceAllStringFunc(t, func(m string) string {
		parts := houseRoman.FindStringSubmatch(m)
		return romanNumerals[parts[1]] + parts[2]
	})
}

// readWords reads a notation with words in it; false for none.
func (r *HouseReading) readWords(plain string, k Known) bool {
	if m := houseRange.FindStringSubmatch(plain); m != nil && (m[4] == "" || m[4] == m[1]) && (m[5] == "" || m[5] == m[2]) && len(m[3]) == len(m[6]) &&
		(m[2] == "" || m[1] == "" || !isLetterOrDigit(m[1])) {
		return r.readRange(m[1]+m[2], m[3], m[6], m[7], true, k)
	}
	if head, a, b := endsInFull(plain); a != "" {
		return r.readRange(head, a, b, "", false, k)
	}
	if m := houseLetters.FindStringSubmatch(plain); m != nil && m[2] == m[4] && len(m[3]) == len(m[5]) {
		return r.readRange(m[1]+m[2], m[3], m[5], m[6], false, k)
	}
	if !hasHan(plain) {
		return false
	}
	if r.readShops(plain, k) {
		return true
	}
	if m := housePhase.FindStringSubmatch(plain); m != nil && r.readPhase(m[1], m[2], k) {
		return true
	}
	if m := houseAddress.FindStringSubmatch(plain); m != nil {
		if r.read(m[2], k); len(r.Houses) > 0 || len(r.Candidates) > 0 {
			r.Note = strings.TrimSpace(m[1] + " " + r.Note)
			return true
		}
	}
	if m := houseType.FindStringSubmatch(plain); m != nil && r.readType(m[1], m[2], m[3], k) {
		return true
	}
	if m := houseZone.FindStringSubmatch(plain); m != nil && len([]rune(m[1])) > 2 || m != nil && !strings.ContainsAny(m[1][:3], "东南西北中一二三四五六七八九十") {
		return r.readZone(m[1], m[2], k)
	}
	if m := houseZone.FindStringSubmatch(plain); m != nil && !houseBuilding.MatchString(markHouse(plain)) { // 南苑5号楼301, 北区12-3-1202
		return r.readZone(m[1], m[2], k)
	}
	if m := houseTop.FindStringSubmatch(plain); m != nil {
		return r.rename(m[1]+"101", k, func(h *House) { h.Room, h.Floor = m[2], "" })
	}
	if m := houseSuffix.FindStringSubmatch(plain); m != nil {
		return r.rename(m[1], k, func(h *House) { h.Room += strings.ReplaceAll(m[2], "副", "附") })
	}
	return false
}

// endsInFull parts a range of which both ends are written in full: 1-301-1-302.
func endsInFull(plain string) (head, a, b string) {
	parts := strings.Split(plain, "-")
	half := len(parts) / 2
	if len(parts)%2 != 0 || half < 2 || !slices.Equal(parts[:half-1], parts[half:len(parts)-1]) {
		return "", "", ""
	}
	a, b = parts[half-1], parts[len(parts)-1]
	if !plainRoom.MatchString(a) || len(a) != len(b) {
		return "", "", ""
	}
	return strings.Join(parts[:half-1], "-") + "-", a, b
}

// readShops reads two numbers beside a word for shops or spaces: 商铺12-15号 are the shops from 12 to 15, not shop 15 of a building 12,
// while 12-15号铺 may be either.
func (r *HouseReading) readShops(plain string, k Known) bool {
	if m := houseShopsOf.FindStringSubmatch(plain); m != nil && len(m[2]) == len(m[4]) {
		return r.readRange(m[1], m[2], m[4], m[5], m[3] != "-", k)
	}
	if m := houseShops.FindStringSubmatch(plain); m != nil && len(m[3]) == len(m[5]) {
		shop, other := HouseReading{}, HouseReading{}
		if !shop.readRange(m[1]+m[2], m[3], m[5], "", m[4] != "-", k) {
			shop.read(m[1]+m[2]+m[3], k)
			if len(shop.Houses) != 1 || m[4] != "-" {
				return false
			}
			shop.Houses[0].Room += "-" + m[5] // a number of two parts, or a shop of a building
			other.readDraft(markHouse(plain), k)
		} else if k.has(m[3]) && m[4] == "-" {
			other.readDraft(markHouse(plain), k)
		}
		r.either(shop, other)
		return true
	}
	if m := houseShopsEnd.FindStringSubmatch(plain); m != nil && len(m[1]) == len(m[2]) && !k.has(m[1]) {
		shop, other := HouseReading{}, HouseReading{}
		if !shop.readRange("", m[1], m[2], m[3], false, k) {
			return false
		}
		if k.Buildings == nil {
			other.readDraft(markHouse(plain), k)
		}
		r.either(shop, other)
		return true
	}
	return false
}

// either takes the one of two readings that there is, and leaves it open where there are both.
func (r *HouseReading) either(a, b HouseReading) {
	if len(b.Houses)+len(b.Candidates) == 0 {
		r.Houses, r.Candidates, r.Problems = a.Houses, a.Candidates, a.Problems
		return
	}
	for _, one := range []HouseReading{a, b} {
		if len(one.Houses) > 0 {
			r.Candidates = append(r.Candidates, one.Houses)
		}
		r.Candidates = append(r.Candidates, one.Candidates...)
	}
	r.Problems = []Problem{HouseAmbiguous}
}

func isLetterOrDigit(s string) bool {
	c := s[len(s)-1]
	return isDigit(c) || c >= 'A' && c <= 'Z'
}

// readType reads what stands behind a kind of house: a numbered building with its rooms, or the number of a house.
func (r *HouseReading) readType(kind, part, rest string, k Known) bool {
	if m := houseTypeRest.FindStringSubmatch(rest); m != nil {
		r.settle(k, House{Building: kind + m[1], Room: part + m[2], Kind: HouseRoom})
		return true
	}
	if m := houseVilla.FindStringSubmatch(rest); m != nil {
		r.settle(k, House{Building: k.Default, Room: kind + part + m[1], Kind: HouseRoom})
		return true
	}
	sub := HouseReading{}
	sub.read(rest, Known{})
	if len(sub.Houses) == 0 {
		return false
	}
	for i := range sub.Houses {
		h := &sub.Houses[i]
		h.Building, h.Room = kind+h.Building, part+h.Room
	}
	r.settle(k, sub.Houses...)
	return true
}

// readPhase reads what stands behind a phase of an estate, which is part of its buildings' names: 一期3-1-1202 lies in 1期3.
func (r *HouseReading) readPhase(phase, rest string, k Known) bool {
	sub := HouseReading{}
	sub.read(rest, Known{Lettered: k.Lettered})
	all := sub.Candidates
	if len(sub.Houses) > 0 {
		all = [][]House{sub.Houses}
	}
	for _, list := range all {
		for i := range list {
			if list[i].Building == "" || list[i].Kind == HouseStreet {
				return false
			}
			list[i].Building = phase + list[i].Building
		}
	}
	if len(sub.Houses) > 0 {
		r.settle(k, sub.Houses...)
		return true
	}
	r.Candidates, r.Problems = sub.Candidates, sub.Problems
	return len(all) > 0
}

// readZone reads what stands behind the name of a group of buildings, or of a market.
func (r *HouseReading) readZone(zone, rest string, k Known) bool {
	number := houseNumber.FindStringSubmatch(rest)
	if number != nil && houseMarket.MatchString(zone) {
		r.settle(k, House{Building: zone, Room: number[1], Kind: HouseShop})
		return true
	}
	sub := HouseReading{}
	within := k
	within.Default = ""
	sub.read(rest, within)
	if len(sub.Houses) == 0 && len(sub.Candidates) == 0 {
		return false
	}
	place := func(list []House) {
		for i := range list {
			h := &list[i]
			switch {
			case h.Building == "":
				h.Building = zone
			case k.has(zone + h.Building):
				h.Building = zone + h.Building
			default:
				h.Zone = zone
			}
		}
	}
	place(sub.Houses)
	for _, c := range sub.Candidates {
		place(c)
	}
	r.Houses, r.Candidates, r.Problems = sub.Houses, sub.Candidates, sub.Problems
	if len(r.Houses) > 0 {
		r.Problems = nil // its place says the building
		r.settle(k, r.Houses...)
	}
	return true
}

// rename reads a notation without its last word and gives the word to the room.
func (r *HouseReading) rename(plain string, k Known, to func(*House)) bool {
	sub := HouseReading{}
	sub.read(plain, k)
	if len(sub.Houses)+len(sub.Candidates) == 0 {
		return false
	}
	if n := len(sub.Houses); n > 0 {
		to(&sub.Houses[n-1])
	}
	for _, c := range sub.Candidates {
		to(&c[len(c)-1])
	}
	r.Houses, r.Candidates, r.Problems = sub.Houses, sub.Candidates, sub.Problems
	return true
}

// readRange reads 101~103 as all rooms between, A105-A106 as two; a dash between rooms further apart leaves it open.
func (r *HouseReading) readRange(head, a, b, word string, through bool, k Known) bool {
	x, y := number(a), number(b)
	if y <= x || y-x > 30 || x/100 != y/100 && len(a) > 2 {
		return false
	}
	var all []string
	for n := x; n <= y; n++ {
		s := strconv.Itoa(n)
		all = append(all, strings.Repeat("0", max(0, len(a)-len(s)))+s)
	}
	lists := [][]string{all}
	if !through && y-x > 1 {
		lists = [][]string{{a, b}, all}
	}
	sub := HouseReading{}
	sub.read(head+a+word, k)
	readings := sub.Candidates
	if len(sub.Houses) > 0 {
		readings = [][]House{sub.Houses}
	}
	if len(readings) == 0 {
		return false
	}
	for _, c := range readings {
		for _, list := range lists {
			var houses []House
			for _, n := range list {
				h := c[0]
				h.Room = strings.TrimSuffix(h.Room, a) + n
				houses = append(houses, h)
			}
			r.Candidates = append(r.Candidates, houses)
		}
	}
	r.Problems = sub.Problems
	switch {
	case len(sub.Houses) > 0 && len(lists) == 1:
		r.Houses, r.Candidates = r.Candidates[0], nil
	case len(sub.Houses) > 0:
		r.Problems = []Problem{HouseAmbiguous}
	}
	return true
}
