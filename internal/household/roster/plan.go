package roster

import (
	"hudang/internal/estate"
	"hudang/internal/platform/cn"
)

// Plan is what a file says, as far as it was understood.
type Plan struct {
	Tables     []Table
	Units      []Unit
	Households []Household
	Problems   []Problem
	SetAside   []SetAside
	Lines      []Line // what became of every row, in the order of the file
	Counts     Counts
}

// Counts account for every part of a row: a row has a part in each table beside each other, and one for what stands beside
// the tables.
type Counts struct{ Rows, Parts, Understood, SetAside, Refused int }

// Typed is a text kept as it stands.
type Typed struct {
	Text string
	At   Cell
}

// Date is a date with what was typed.
type Date struct {
	cn.Date
	None  cn.NoneKind // 长期, 待补
	Typed string
}

// Area is an area with what was typed.
type Area struct {
	estate.Area
	Typed string
}

// Unit is a place of the file; one place of several rows is one Unit.
type Unit struct {
	At       Cell
	Typed    string // the notation
	Estate   string
	Zone     string // 组团: goes before the building's name
	House    cn.House
	Kind     estate.UnitKind // empty when nobody said
	KindText string
	Gross    Area
	Net      Area
	Layout   string
	State    UnitState
	StateAs  string // typed
	HandOver Date
	OldCodes []string
	Address  string
	Remark   string
	Held     bool // a question about it is open: not to be imported yet
}

// Building is the building's name in an estate that knows no zones.
func (u *Unit) Building() string { return u.Zone + u.House.Building }

// UnitState is what a unit is used as.
type UnitState string

// The states told apart.
const (
	Living     UnitState = "living"
	Let        UnitState = "let"
	Vacant     UnitState = "vacant"
	Renovating UnitState = "renovating"
	Unsold     UnitState = "unsold"
	HandedOver UnitState = "handed"
)

// Household is the people or the company that hold one or several units as owner or tenant.
type Household struct {
	At       Cell
	Rows     []int // all its rows
	Side     Side
	Units    []int // of Plan.Units
	People   []Person
	Phones   []cn.Phone      // of the household: nobody said whose
	IDs      []cn.LabelledID // nobody said whose
	Vehicles []cn.Plate
	Parking  []Typed
	MoveIn   Date
	Lease    *Lease // of a tenant
	Heads    int
	Share    string
	Family   []Typed // what was not understood of the family's column
	Address  string
	Remark   string
	Held     bool // a question about it is open: not to be imported yet

	leaseSaid []string // the cells of the lease with their heads
}

// Lease is the term of a tenancy.
type Lease struct {
	From, To Date
	months   int // how long, where a cell says so
}

// Person is a person or a company of a household.
type Person struct {
	At        Cell
	Name      cn.Name
	Main      bool   // holds the unit; others belong to the family or are to be called
	Relation  string // to the holder, as typed
	Emergency bool   // to be called; not known to live there
	Sex       cn.Sex
	Birth     Date
	Employer  string
	IDs       []cn.ID
	Orgs      []cn.Org
	Phones    []cn.Phone
	Email     string
	Address   string // where a cell says whose it is; else it is the household's
	Share     string // likewise

	nth    int  // in its cell
	lesser bool // no holder, as the cell says
}

// AsideKind says why a row is no entry of a list.
type AsideKind string

// The kinds of rows set aside.
const (
	AsideTitle    AsideKind = "title"    // above the header
	AsideHeader   AsideKind = "header"   // the header itself
	AsideRepeated AsideKind = "repeated" // the header again
	AsideTotal    AsideKind = "total"
	AsideSection  AsideKind = "section" // names the building of the rows below
	AsideNote     AsideKind = "note"    // below or between
	AsideBeside   AsideKind = "beside"  // beside the table
	AsideBlank    AsideKind = "blank"   // only a serial number
	AsideHidden   AsideKind = "hidden"
	AsideSkipped  AsideKind = "skipped" // as told: table or row
	AsideNoTable  AsideKind = "no_table"
)

// AsideKinds lists the kinds in the order they are shown.
var AsideKinds = []AsideKind{AsideTitle, AsideHeader, AsideRepeated, AsideSection, AsideTotal, AsideNote, AsideBeside, AsideBlank, AsideHidden,
	AsideSkipped, AsideNoTable}

// Key is the key of the kind's name in the catalogue.
func (k AsideKind) Key() string { return "roster.aside." + string(k) }

// SetAside is a row, or the part of a row, that is no entry of a list.
type SetAside struct {
	Kind AsideKind
	At   Cell
	Text string // the beginning of what it says
}
