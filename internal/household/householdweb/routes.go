package householdweb

import (
	"context"
	"net/http"

	"hudang/internal/archive"
	"hudang/internal/estate"
	"hudang/internal/household"
	"hudang/internal/platform/access"
	"hudang/internal/platform/list/listweb"
	"hudang/internal/platform/page"
	"hudang/internal/platform/record/recordweb"
)

// Keys of the room's modules in the navigation.
const (
	Current      = "households"
	Observations = "observations"
	Noting       = "noting" // of those who only note what they meet
)

// Pages are the room's pages.
type Pages struct {
	recordweb.Site
	// Receive takes the files of a form into a volume and answers: the archive room's pages do.
	Receive func(w http.ResponseWriter, r *http.Request, in archive.Receiving) error
	// LeaseFields are the fields of a lease's facts as the register of leases has them: of its term, and of a trade.
	LeaseFields func(ctx context.Context) (term, trade []page.Input)
	Panels      []Panel  // of other rooms, after this room's own
	More        []Source // of other rooms
}

// Routes adds them to a mux.
func (p Pages) Routes(mux *http.ServeMux) {
	lists := listweb.Site{Kit: p.Kit, Door: p.Door, Estate: estate.NameOf}
	lists.Routes(mux, household.Households, Current)
	lists.Routes(mux, household.Observations, Observations)
	lists.Routes(mux, household.Requests, CurrentRequests)
	read, change, end := household.MayRead(), household.MayChange(), household.MayEnd()

	p.Kit.For(change, mux, "GET /households/new", p.newHousehold)
	p.Kit.For(change, mux, "POST /households/new", p.openHousehold)
	p.Kit.For(change, mux, "GET /households/known", p.known)
	p.Kit.For(change, mux, "GET "+moveInPath, p.newMoveIn)
	p.Kit.For(change, mux, "POST "+moveInPath, p.addMoveIn)
	p.Kit.For(change, mux, "GET "+moveInPath+"/unit", p.unitAsked)
	p.Kit.For(change, mux, "GET "+moveInPath+"/term", p.termAsked)
	p.Kit.For(change, mux, "GET /leases/{id}/end", p.askEndLease)
	p.Kit.For(change, mux, "POST /leases/{id}/end", p.endLease)
	p.Kit.For(change, mux, "POST /leases/{id}/restore", p.restoreLease)
	p.Kit.For(change, mux, "GET /households/{id}/undo-move-in", p.askUndoMoveIn)
	p.Kit.For(change, mux, "POST /households/{id}/undo-move-in", p.undoMoveIn)
	p.Kit.For(change, mux, "GET /households/{id}/live-in", p.askLiveIn)
	p.Kit.For(change, mux, "POST /households/{id}/live-in", p.liveIn)
	p.Kit.For(access.Posts, mux, "GET /households/{id}", p.showHousehold) // whoever may not is told what he may do instead
	p.Kit.For(read, mux, "GET /households/{id}/print", p.printCard)
	p.Kit.For(read, mux, "GET /households/{id}/directory/print", p.printDirectory)
	p.Kit.For(read, mux, "GET /years/{unit}", p.ofUnit)

	p.Kit.For(change, mux, "GET /households/{id}/change", p.editHousehold)
	p.Kit.For(change, mux, "POST /households/{id}/change", p.changeHousehold)
	p.Kit.For(change, mux, "GET /households/{id}/remark", p.editRemark)
	p.Kit.For(change, mux, "POST /households/{id}/remark", p.keepRemark)
	p.Kit.For(change, mux, "POST /households/{id}/confirm", p.confirmHousehold)
	p.Kit.For(change, mux, "POST /households/{id}/unconfirm", p.unconfirmHousehold)
	p.Kit.For(end, mux, "POST /households/{id}/close", p.closeHousehold)
	p.Kit.For(end, mux, "POST /households/{id}/reopen", p.reopenHousehold)
	p.Kit.For(end, mux, "GET /households/{id}/transfer", p.newTransfer)
	p.Kit.For(end, mux, "POST /households/{id}/transfer", p.transferHousehold)
	p.Kit.For(change, mux, "GET /households/{id}/units", p.units)
	p.Kit.For(change, mux, "POST /households/{id}/units", p.holdUnit)
	p.Kit.For(end, mux, "POST /holdings/{id}/give-up", p.giveUpUnit)

	p.Kit.For(change, mux, "GET /households/{id}/people/new", p.newPerson)
	p.Kit.For(change, mux, "POST /households/{id}/people/new", p.addPerson)
	p.Kit.For(change, mux, "GET /occupancies/{id}", p.editPerson)
	p.Kit.For(change, mux, "POST /occupancies/{id}/change", p.changePerson)
	p.Kit.For(change, mux, "POST /occupancies/{id}/leave", p.leavePerson)
	p.Kit.For(change, mux, "POST /occupancies/{id}/return", p.returnPerson)

	p.Kit.For(change, mux, "POST /households/{id}/directory", p.markLines)
	p.Kit.For(change, mux, "GET /households/{id}/papers/new", p.newPapers)
	p.Kit.For(change, mux, "POST /households/{id}/papers/new", p.filePapers)
	p.Kit.For(read, mux, "GET /directories", p.directories)
	p.Kit.For(household.MayDirect(), mux, "GET /directories/{kind}", p.editDirectory)
	p.Kit.For(household.MayDirect(), mux, "POST /directories/{kind}", p.newDirectory)

	p.Kit.For(household.MayCheck(), mux, "GET /households/{id}/check", p.newCheck)
	p.Kit.For(household.MayCheck(), mux, "POST /households/{id}/check", p.signCheck)
	p.Kit.For(read, mux, "GET /shelf-checks/{id}", p.showCheck)
	p.Kit.For(read, mux, "GET /shelf-checks/{id}/print", p.printCheck)
	p.Kit.For(household.MayCheck(), mux, "POST /shelf-checks/lines/{id}/settle", p.settleDifference)

	p.Kit.For(household.MayAsk(), mux, "GET "+household.RequestPath, p.newRequest)
	p.Kit.For(household.MayAsk(), mux, "POST "+household.RequestPath, p.askAccess)
	p.Kit.For(household.MayAudit(), mux, "GET "+household.RequestsPath+"/{id}", p.showRequest)
	p.Kit.For(household.MayAnswer(), mux, "POST "+household.RequestsPath+"/{id}/answer", p.answerRequest)

	p.Kit.For(household.MayNote(), mux, "GET /observations/new", p.newObservation)
	p.Kit.For(household.MayNote(), mux, "POST /observations/new", p.noteObservation)
	p.Kit.For(read, mux, "GET /observations/{id}", p.showObservation)
	p.Kit.For(household.MaySettle(), mux, "POST /observations/{id}/settle", p.settleObservation)
}
