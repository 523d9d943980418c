package estate

import (
	"hudang/internal/platform/access"
	"hudang/internal/platform/control"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/list"
	"hudang/internal/platform/masked"
	"hudang/internal/platform/module"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/search"
	"hudang/internal/platform/setting"
)

// Module is what this room offers.
var Module = module.Module{
	Files: files,
	Tables: []evidence.Table{evidence.Of[Estate](), evidence.Of[Unit](), evidence.Of[Party](), evidence.Of[FormerName](), evidence.Of[Contact](),
		evidence.Of[Identity](), evidence.Of[Vehicle](), evidence.Of[Lease](), evidence.Of[SamePerson]()},
	Ops: []op.Any{CreateEstate, ChangeEstate, AddUnit, ChangeUnit, EndUnit, RestoreUnit, PrintUnit,
		AddParty, ChangeParty, MergeParty, SeparateParty, LinkSamePerson, UnlinkSamePerson, AddContact, CorrectContact, EndContact, RestoreContact, RankContact,
		AddIdentity, CorrectIdentity, VerifyIdentity, EndIdentity, RestoreIdentity,
		AddVehicle, ChangeVehicle, HandOverVehicle, EndVehicle, RestoreVehicle,
		RegisterLease, ChangeLease, ExtendLease, EndLease, RestoreLease, PrintLease},
	Lists:   []list.Any{All, Units, Vehicles, Leases},
	Reveals: []*masked.Field{RevealContact, RevealIdentity, RevealBirth, RevealNote},
	Kinds: []ref.Kind{{Name: kindUnit, Posts: mayRead, Resolve: resolveUnit, Labelled: true}, {Name: KindParty, Posts: access.Desk, Resolve: resolveParty, Labelled: true},
		{Name: kindVehicle, Posts: access.Desk, Resolve: resolveVehicle, Labelled: true}, {Name: kindLease, Posts: access.Desk, Resolve: resolveLease, Labelled: true}},
	Sources:  []search.Source{unitSource, leaseSource},
	Duties:   []duty.Source{{Posts: mayChange, Kept: "areasMissing", Load: areasMissing}, {Posts: mayChange, Kept: "leasesDueNow", Load: leasesDueNow}},
	Controls: []control.Control{leasesRecorded},
	Settings: []setting.Number{LeaseNotice, leaseDays},
}
