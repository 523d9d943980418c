package roster

// Field is what a column holds.
type Field string

// The fields. Those of a person come three times: of the owner, of the tenant, and of whoever the row is about.
const (
	Ignore   Field = "ignore" // understood to be no business of a roster, or not understood at all
	Serial   Field = "serial"
	Estate   Field = "estate"
	Zone     Field = "zone" // group of buildings: part of the building's name
	Building Field = "building"
	Entrance Field = "entrance"
	Floor    Field = "floor"
	Room     Field = "room" // a room number, or a whole notation
	OldCode  Field = "old_code"
	Kind     Field = "kind"
	Gross    Field = "gross_area"
	Net      Field = "net_area"
	Layout   Field = "layout"
	Door     Field = "address" // door or postal address
	State    Field = "state"
	HandOver Field = "hand_over"
	MoveIn   Field = "move_in"
	Heads    Field = "heads"
	Share    Field = "share"
	Parking  Field = "parking"
	Plates   Field = "plate"
	Remark   Field = "remark"

	Occupant    Field = "occupant" // a name; the row or an option says whose
	OwnerName   Field = "owner_name"
	TenantName  Field = "tenant_name"
	Company     Field = "company"
	Role        Field = "role" // owner, tenant or family
	Relation    Field = "relation"
	Sex         Field = "sex"
	Birth       Field = "birth"
	Employer    Field = "employer"
	ID          Field = "id"
	OwnerID     Field = "owner_id"
	TenantID    Field = "tenant_id"
	USCC        Field = "uscc"
	Phone       Field = "phone"
	OwnerPhone  Field = "owner_phone"
	TenantPhone Field = "tenant_phone"
	Landline    Field = "landline"
	Email       Field = "email"
	Family      Field = "family"

	EmergencyName  Field = "emergency_name"
	EmergencyPhone Field = "emergency_phone"

	LeaseFrom Field = "lease_from"
	LeaseTo   Field = "lease_to"
	Term      Field = "term" // of a lease: from and to in one cell, or how long

	TenantMoveIn Field = "tenant_move_in"
	TenantRemark Field = "tenant_remark"
)

// besideRelation is a column of relations that is not the row's own: what whoever is to be called, or asked for, is to the holder.
const besideRelation Field = "beside_relation"

// Fields lists the fields in the order they are offered.
var Fields = []Field{Ignore, Serial, Estate, Zone, Building, Entrance, Floor, Room, OldCode, Kind, Gross, Net, Layout, Door, State,
	OwnerName, TenantName, Occupant, Company, USCC, Role, Relation, Sex, Birth, Employer, OwnerID, TenantID, ID, OwnerPhone, TenantPhone, Phone,
	Landline, EmergencyName, EmergencyPhone, Email, Family, Heads, Share, Plates, Parking, HandOver, MoveIn, TenantMoveIn, LeaseFrom, LeaseTo, Term, Remark,
	TenantRemark}

// Key is the key of the field's name in the catalogue.
func (f Field) Key() string { return "roster.field." + string(f) }

// place reports a field that says where the unit is.
func (f Field) place() bool {
	switch f {
	case Zone, Building, Entrance, Floor, Room:
		return true
	}
	return false
}

// person reports a field that tells of a person.
func (f Field) person() bool {
	switch f {
	case Occupant, OwnerName, TenantName, Company, Role, Relation, Sex, Birth, Employer, ID, OwnerID, TenantID, USCC, Phone, OwnerPhone, TenantPhone, Landline,
		Email, Family, EmergencyName, EmergencyPhone:
		return true
	}
	return false
}

// Place reports a field that says where the unit is.
func (f Field) Place() bool { return f.place() }

// Names reports a field that names the people of a row.
func (f Field) Names() bool { return f.name() }

// name reports a field that names the people of a row.
func (f Field) name() bool { return f == Occupant || f == OwnerName || f == TenantName || f == Company }

// date reports a field of dates.
func (f Field) date() bool {
	return f == HandOver || f == MoveIn || f == TenantMoveIn || f == LeaseFrom || f == LeaseTo || f == Birth
}

// many reports a field that several columns of a table may hold.
func (f Field) many() bool {
	switch f {
	case Ignore, OldCode, Relation, Phone, OwnerPhone, TenantPhone, Landline, ID, OwnerID, TenantID, Family, Plates, Parking, Remark, TenantRemark, OwnerName, TenantName, Occupant:
		return true
	}
	return false
}

// Side says as what a household holds its unit.
type Side string

// The sides; a roster that does not say leaves it open.
const (
	SideOpen   Side = ""
	SideOwner  Side = "owner"
	SideTenant Side = "tenant"
)

// sided splits a field into whose it is and the plain field.
func (f Field) sided() (Side, Field) {
	switch f {
	case OwnerName:
		return SideOwner, Occupant
	case TenantName:
		return SideTenant, Occupant
	case OwnerID:
		return SideOwner, ID
	case TenantID:
		return SideTenant, ID
	case OwnerPhone:
		return SideOwner, Phone
	case TenantPhone:
		return SideTenant, Phone
	case TenantMoveIn:
		return SideTenant, MoveIn
	case TenantRemark:
		return SideTenant, Remark
	}
	return SideOpen, f
}

// Side is whose field it is; SideOpen where the row has to say.
func (f Field) Side() Side {
	side, _ := f.sided()
	return side
}

// of is the plain field of a side.
func (f Field) of(s Side) Field {
	switch {
	case f == Occupant && s == SideOwner:
		return OwnerName
	case f == Occupant && s == SideTenant:
		return TenantName
	case f == ID && s == SideOwner:
		return OwnerID
	case f == ID && s == SideTenant:
		return TenantID
	case f == Phone && s == SideOwner:
		return OwnerPhone
	case f == Phone && s == SideTenant:
		return TenantPhone
	case f == MoveIn && s == SideTenant:
		return TenantMoveIn
	case f == Remark && s == SideTenant:
		return TenantRemark
	}
	return f
}
