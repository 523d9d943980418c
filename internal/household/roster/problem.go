package roster

import (
	"slices"

	"hudang/internal/platform/cn"
)

// Severity says what a problem does to the import.
type Severity string

// The severities.
const (
	Refused Severity = "refused" // the row is not in the plan
	Ask     Severity = "ask"     // the fact is left out, or its unit and household held, until answered
	Warning Severity = "warning" // the fact is kept, and marked
)

// Severities lists the severities, the gravest first.
var Severities = []Severity{Refused, Ask, Warning}

// Key is the key of the severity's name in the catalogue.
func (s Severity) Key() string { return "roster.severity." + string(s) }

// The kinds of problem that are not of a single value (those are keys of package cn): keys of the catalogue.
const (
	NoUnit          = "roster.problem.no_unit"          // nothing says which unit the row is about
	FollowsRefused  = "roster.problem.follows_refused"  // the unit above was refused
	NoUnitColumn    = "roster.problem.no_unit_column"   // no column of the table says where
	NoTable         = "roster.problem.no_table"         // a sheet without a list
	NoBuilding      = "roster.problem.no_building"      // other rows name a building
	OneBuilding     = "roster.problem.one_building"     // no row names a building
	SheetSays       = "roster.problem.sheet_says"       // building or kind taken from the sheet's name
	BuildingDiffers = "roster.problem.building_differs" // {0} in its column, {1} in the room number
	EntranceMixed   = "roster.problem.entrance_mixed"   // other rows of building {0} name an entrance
	EntranceOnly    = "roster.problem.entrance_only"    // {0} rows of building {1} were read with entrance {2}, the only one named
	RoomShort       = "roster.problem.room_short"       // a number of one or two digits
	Unlike          = "roster.problem.unlike"           // unlike the rest of its column: perhaps shifted
	Unknown         = "roster.problem.unknown"          // 未知
	SeveralUnits    = "roster.problem.several_units"    // the row stands for a range of units
	PublicPlace     = "roster.problem.public_place"     // 大堂, 电梯
	UnitTwice       = "roster.problem.unit_twice"       // other people in row {0}
	TooMany         = "roster.problem.too_many"         // more than {0} rows or people at one unit: rooms are missing
	Differs         = "roster.problem.differs"          // row {0} of the same unit says {1}
	AreaJoint       = "roster.problem.area_joint"       // one area for several units
	AreaRounded     = "roster.problem.area_rounded"
	AreaUnread      = "roster.problem.area_unread"
	KindUnread      = "roster.problem.kind_unread"
	StateUnread     = "roster.problem.state_unread"
	RoleUnread      = "roster.problem.role_unread"
	SexUnread       = "roster.problem.sex_unread"
	SexDiffers      = "roster.problem.sex_differs" // from the identity number
	NumberUnread    = "roster.problem.number_unread"
	EmailUnread     = "roster.problem.email_unread"
	CallUnread      = "roster.problem.call_unread"   // nobody is named who is to be called
	PartyUnnamed    = "roster.problem.party_unnamed" // facts of one side, of whom the row names nobody
	RoomMissing     = "roster.problem.room_missing"  // a row without a room that tells of a unit of its own
	FamilyUnread    = "roster.problem.family_unread"
	DateSerials     = "roster.problem.date_serials"   // the whole column holds day counts
	Ruined          = "roster.problem.ruined"         // digits lost in a spreadsheet
	IDWhose         = "roster.problem.id_whose"       // several people, and no name at the number
	PhoneWhose      = "roster.problem.phone_whose"    // likewise for telephones
	InOrder         = "roster.problem.in_order"       // as many numbers as people: {0} are the pairs proposed
	NobodyThere     = "roster.problem.nobody_named"   // facts of a person, in the columns {0}, without a name
	NobodyBefore    = "roster.problem.nobody_there"   // what NobodyThere was in earlier versions: it is stored with what they imported
	SideOpenWhole   = "roster.problem.side_open"      // the table does not say whether these are owners or tenants
	AnotherHeader   = "roster.problem.another_header" // a second list below, with other columns
	Lettered        = "roster.problem.lettered"       // {0} names no building: taken as a room or shop of the estate
	LetteredAsk     = "roster.problem.lettered_ask"   // likewise, and it may be room {2} of building {1}
	BecameDate      = "roster.problem.became_date"    // a spreadsheet made a date of {0}: month {1}, day {2}
	DateThere       = "roster.problem.date_there"     // a spreadsheet made the date {0} of a number
	SameAbove       = "roster.problem.same_above"     // the cell says to look above: {0} stands there
	LetFacts        = "roster.problem.let_facts"      // of let units: move-in and remark go to the owner
	LeaseUnread     = "roster.problem.lease_unread"
	LeaseEnds       = "roster.problem.lease_ends" // {0} was counted from its beginning and length
	LeaseReversed   = "roster.problem.lease_reversed"
	CellBroken      = "roster.problem.cell_broken" // #N/A, or a formula without its result
	ToCome          = "roster.problem.to_come"     // 待补
)

// Problem is one thing Read could not settle, or settled with a doubt.
type Problem struct {
	Kind       string // key of its text, here or in package cn
	Args       []any
	Severity   Severity
	At         Cell // Column 0: the row; Row that of the header: the table
	Header     string
	Field      Field
	Value      string   // as typed
	Candidates []string // each settles it when given as the answer
	Choice     string   // key of Options.Choices by which it is settled for every row of its kind at once; "" for none
	Ways       []string // the values of that choice; of as many candidates each in its order
}

// whole are the problems of whole tables: how a column is read, or an option, settles them.
var whole = []string{NoTable, NoUnitColumn, OneBuilding, EntranceOnly, SideOpenWhole, DateSerials, SheetSays, Lettered, LetteredAsk, LetFacts}

// Whole reports a problem of a whole table, which no row settles.
func (p Problem) Whole() bool { return slices.Contains(whole, p.Kind) }

// doubtful is the severity of a problem that package cn found in a value that is kept all the same.
func doubtful(p cn.Problem) Severity {
	switch p {
	case cn.IDExcelRounded, cn.PhoneExcelRounded, cn.OrgExcelRounded:
		return Ask
	}
	return Warning
}

// Answers are what people said to problems, by cell; of a whole row at its column 0. They may hold every cell of a row: one
// that says what the file says changes nothing.
type Answers map[Cell]Answer

// Answer corrects a cell, or a row, or says what to do with it.
type Answer struct {
	Text string `json:"text,omitempty"` // what the cell should have said
	Keep bool   `json:"keep,omitempty"` // it is right as typed
	Skip bool   `json:"skip,omitempty"` // of a row: leave it out
	By   int64  `json:"by,omitempty"`   // the account that said so; 0 for the program itself
}
