package app

import (
	"embed"
	"encoding/json"
	"fmt"

	"hudang/internal/estate"
	"hudang/internal/platform/access"
)

// company holds the demonstration company's names, which are invented.
//
//go:embed demo/*.json
var company embed.FS

// demoEstate is an estate with the units it is filled with.
type demoEstate struct {
	facts     estate.CreateEstateIn
	assistant string // login of its assistant
	units     []estate.UnitFacts
}

// names is demo/company.json.
type names struct {
	Estates []struct{ Name, Address, Assistant string }
	People  []struct {
		Login, Name string
		Posts       []access.Post
	}
	Entered map[string][]json.RawMessage // facts of records, by the operation of a register that enters one
}

func demoNames() names {
	var n names
	raw, err := company.ReadFile("demo/company.json")
	if err == nil {
		err = json.Unmarshal(raw, &n)
	}
	if err != nil {
		panic(err) // the file is part of the program
	}
	return n
}

func demoPeople() []person {
	var people []person
	for _, p := range demoNames().People {
		people = append(people, person{login: p.Login, name: p.Name, grants: everywhere(p.Posts...)})
	}
	return people
}

// demoEstates are a garden of flats, an office tower, and a shopping street.
func demoEstates() []demoEstate {
	layouts := [][]estate.UnitFacts{gardenUnits(), towerUnits(), streetUnits()}
	var all []demoEstate
	for i, e := range demoNames().Estates {
		all = append(all, demoEstate{estate.CreateEstateIn{Name: e.Name, Address: e.Address}, e.Assistant, layouts[i]})
	}
	return all
}

// gardenUnits are eight buildings of two entrances, eighteen floors, four flats each, and 240 parking spaces below.
func gardenUnits() []estate.UnitFacts {
	var units []estate.UnitFacts
	areas := []estate.Area{8950, 11236, 12680, 8912}
	for building := 1; building <= 8; building++ {
		for entrance := 1; entrance <= 2; entrance++ {
			for floor := 1; floor <= 18; floor++ {
				for door := 1; door <= 4; door++ {
					gross := areas[door-1] + estate.Area(building*7)
					units = append(units, estate.UnitFacts{Building: fmt.Sprint(building), Entrance: fmt.Sprint(entrance),
						Room: fmt.Sprintf("%d%02d", floor, door), Kind: estate.Flat, GrossArea: gross, NetArea: gross * 78 / 100,
						ValidFrom: fmt.Sprintf("2015-%02d-%02d", 3+building, 10+floor)})
				}
			}
		}
	}
	for n := 1; n <= 240; n++ {
		units = append(units, estate.UnitFacts{Building: "B1", Room: fmt.Sprintf("%03d", n), Floor: "-1", Kind: estate.Parking, GrossArea: 1325})
	}
	return units
}

// towerUnits are thirty floors of offices, without a fourth and a fourteenth floor.
func towerUnits() []estate.UnitFacts {
	var units []estate.UnitFacts
	for floor := 5; floor <= 36; floor++ {
		if floor%10 == 4 {
			continue
		}
		for door := 1; door <= 12; door++ {
			gross := estate.Area(15000 + door%5*3210)
			units = append(units, estate.UnitFacts{Building: "A", Room: fmt.Sprintf("%d%02d", floor, door), Kind: estate.Office, GrossArea: gross, NetArea: gross * 68 / 100})
		}
	}
	return units
}

// streetUnits are shops on two levels.
func streetUnits() []estate.UnitFacts {
	var units []estate.UnitFacts
	for _, block := range []string{"C1", "C2", "C3"} {
		for level := 1; level <= 2; level++ {
			for n := 1; n <= 40; n++ {
				gross := estate.Area(3200 + n%9*850)
				if block == "C3" && level == 2 && n > 22 {
					gross = 0 // never measured: somebody's duty
				}
				units = append(units, estate.UnitFacts{Building: block, Room: fmt.Sprintf("%dF-%02d", level, n), Floor: fmt.Sprint(level),
					Kind: estate.Shop, GrossArea: gross, NetArea: gross * 72 / 100})
			}
		}
	}
	return units
}
