package cn

import (
	"regexp"
	"strings"
)

// HouseKind is the kind of place a house notation names.
type HouseKind string

// The kinds of places.
const (
	HouseRoom   HouseKind = "room"   // 房屋
	HouseShop   HouseKind = "shop"   // 商铺
	HouseSpace  HouseKind = "space"  // 车位
	HouseStreet HouseKind = "street" // 步行街12号: Building holds the street
	HouseStore  HouseKind = "store"  // 储藏室12: Room holds the word
	HousePublic HouseKind = "public" // 大堂2, 电梯, 屋面: Building holds the word when it names no building
)

// What can be the matter with a house notation.
const (
	HouseAmbiguous       Problem = "house.ambiguous"        // several readings, see Candidates
	HouseEntranceMissing Problem = "house.entrance_missing" // the building has entrances and none was typed
	HouseUnknownBuilding Problem = "house.unknown_building" // a reading, but no such building
	HouseNoBuilding      Problem = "house.no_building"      // a room number alone
	HouseRunTogether     Problem = "house.run_together"     // 10101: where does the building end?
	HouseNotUnderstood   Problem = "house.not_understood"
)

// House is a place in an estate. The parts are as typed but for width, case and Chinese numerals; zeros in front stay.
type House struct {
	Building string    // "3", "A", "C1-C3"
	Entrance string    // "2", "" where the building has none
	Floor    string    // "12", "-1", "3A"; from the room number when it was not typed
	Room     string    // "1202", "509B", "405-1", "S12"
	Kind     HouseKind // never empty in a House that ParseHouses gives
	Zone     string    // "桂园": the group of buildings, where it was written before the building; no part of its name
}

// Known is what the caller knows of the estate. The zero value knows nothing; then any building is believed.
type Known struct {
	Default      string                            // the building of the sheet or column, for cells that name none
	Buildings    func(building string) bool        // whether such a building exists
	HasEntrances func(building string) bool        // whether its rooms are told apart by entrance (单元)
	Floor        func(h House) (string, bool)      // a building's own rule for the floor of a room
	Alias        func(text string) ([]House, bool) // names only this estate has: 夹层2M, 17A
	Lettered     Lettered                          // what A105 is where there is no building A
}

// Lettered says how a letter with a number is read where no building has that letter.
type Lettered string

// The readings of A105.
const (
	LetterAsk      Lettered = ""         // not known
	LetterBuilding Lettered = "building" // room 105 of a building A
	LetterRoom     Lettered = "room"     // a room of that name
	LetterShop     Lettered = "shop"     // a shop of that name
)

// HouseReading is one piece of a cell as understood. Houses are settled, or Candidates wait for a person's choice.
type HouseReading struct {
	Text       string
	Note       string // in brackets
	Houses     []House
	Candidates [][]House
	Problems   []Problem
}

func (k Known) has(b string) bool { return k.Buildings != nil && k.Buildings(b) }

// may is true for a building that exists, and for any while nothing is known.
func (k Known) may(b string) bool { return k.Buildings == nil || k.Buildings(b) }

func (k Known) entrances(b string) bool { return k.HasEntrances != nil && k.HasEntrances(b) }

var (
	floorOfRoom   = regexp.MustCompile(`^0*(\d{1,2}[A-Z]?)\d{2}[A-Z]?(-\d{1,2})?$`)
	floorOfLetter = regexp.MustCompile(`^0*(\d{1,2})[A-Z]$`)
	zerosInFront  = regexp.MustCompile(`(^|\D)0+(\d)`)
)

// floorOf is the floor a room number tells: all but the last two digits (docs/domain.md §6), 4E is on floor 4.
func floorOf(room string) string {
	if m := floorOfRoom.FindStringSubmatch(room); m != nil && strings.Trim(m[1], "0") != "" {
		return m[1]
	}
	if m := floorOfLetter.FindStringSubmatch(room); m != nil && m[1] != "0" {
		return m[1]
	}
	return ""
}

// Code is the short form in lists: 3-1-1202, A-1205, C1-1F-114铺, B1-23车位. Where it can be read in two ways it carries
// the word for the kind, so that ParseHouses of a Code that knows the estate gives the house back.
func (h House) Code() string {
	parts := []string{}
	if h.Kind == HouseStreet {
		return h.Building + h.Room + "号"
	}
	if h.Building != "" {
		parts = append(parts, h.Building)
	}
	if h.Entrance != "" {
		parts = append(parts, h.Entrance)
	}
	if h.Floor != "" && h.Floor != floorOf(h.Room) || h.Kind == HouseShop && h.Floor != "" {
		parts = append(parts, floorCode(h.Floor))
	}
	switch h.Kind {
	case HouseShop:
		parts = append(parts, h.Room+"铺")
	case HouseSpace:
		parts = append(parts, h.Room+"车位")
	case HousePublic:
		return strings.Join(parts, "-") + h.Room
	default:
		parts = append(parts, h.Room)
	}
	return strings.Join(parts, "-")
}

func floorCode(floor string) string {
	if below, ok := strings.CutPrefix(floor, "-"); ok {
		return "B" + below
	}
	return floor + "F"
}

// Words is the long form for papers: 3栋1单元1202, C1栋1层114铺 (ui.md §5).
func (h House) Words() string {
	if h.Kind == HouseStreet || h.Kind == HousePublic {
		return h.Code()
	}
	var b strings.Builder
	if h.Building != "" {
		b.WriteString(h.Building + "栋")
	}
	if h.Entrance != "" {
		b.WriteString(h.Entrance + "单元")
	}
	if below, ok := strings.CutPrefix(h.Floor, "-"); ok {
		b.WriteString("地下" + below + "层")
	} else if h.Floor != "" && (h.Floor != floorOf(h.Room) || h.Kind == HouseShop) {
		b.WriteString(h.Floor + "层")
	}
	b.WriteString(h.Room)
	b.WriteString(map[HouseKind]string{HouseShop: "铺", HouseSpace: "车位"}[h.Kind])
	return b.String()
}

// Address is Words with 号 behind a number that is all there is of the place: what tells 3-11号 from 3栋11.
func (h House) Address() string {
	if h.Building == "" && h.Entrance == "" && h.Kind == HouseRoom {
		return h.Words() + "号"
	}
	return h.Words()
}

// Key is the form in which two houses are compared: zeros in front dropped, the floor only when the room does not tell it.
func (h House) Key() string {
	floor := h.Floor
	if floor == floorOf(h.Room) {
		floor = ""
	}
	key := strings.Join([]string{string(h.Kind), h.Zone + h.Building, h.Entrance, floor, h.Room}, "|")
	return zerosInFront.ReplaceAllString(strings.ToUpper(key), "$1$2")
}
