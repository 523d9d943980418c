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
	NavHouseholds = "households"
	Observations  = "observations"
	Noting        = "noting" // of those who only note what they meet
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
	lists.Routes(mux, household.Households, NavHouseholds)
	lists.Routes(mux, household.Observations, Observations)
	lists.Routes(mux, household.Requests, NavRequests)
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
	p.Kit.For(access.Posts, mux, "GET /households/{id}", p.showHousehold) // whoever may not is told what he may do instead
	p.Kit.For(read, mux, "GET /households/{id}/print", p.printCard)
	p.Kit.For(read, mux, "GET /households/{id}/directory/print", p.printDirectory)
	p.Kit.For(read, mux, "GET /years/{unit}", p.ofUnit)

	changes, ends := p.To(change, mux), p.To(end, mux)
	recordweb.Edit(changes, "/households/{id}/change", household.Change, p.household, about(func(id household.ID) household.ChangeIn { return household.ChangeIn{ID: id} }, ""), func(_ *http.Request, h *household.Household) page.Values { return page.Fill(factsOf(h)) }, p.changeForm)
	recordweb.Edit(changes, "/households/{id}/remark", household.Remarks, p.remark, func(m remarking) (household.RemarkIn, string, string) {
		return household.RemarkIn{Household: m.h.ID, Replaces: m.was.ID}, refOfRemark(m.was), m.h.ID.Path()
	}, func(_ *http.Request, m remarking) page.Values {
		return page.Fill(household.RemarkIn{Text: m.was.Shown()})
	}, p.remarkForm)
	recordweb.Edit(changes, "/households/{id}/undo-move-in", household.UndoMoveIn, p.household, about(func(id household.ID) household.UndoMoveInIn { return household.UndoMoveInIn{ID: id} }, ""), nil, p.undoForm)
	recordweb.Edit(changes, "/households/{id}/live-in", household.LiveIn, p.household, about(func(id household.ID) household.LiveInIn { return household.LiveInIn{ID: id} }, "?in=own"), fromToday, p.liveInForm)
	recordweb.Press(changes, "/households/{id}/confirm", household.Confirm, p.household, about(func(id household.ID) household.ID { return id }, ""))
	p.Kit.For(change, mux, "POST /households/{id}/unconfirm", p.unconfirmHousehold)
	recordweb.Sent(ends, "/households/{id}/close", household.Close, p.household, about(func(id household.ID) household.CloseIn { return household.CloseIn{ID: id} }, ""), p.renderHousehold)
	recordweb.Press(ends, "/households/{id}/reopen", household.Reopen, p.household, about(func(id household.ID) household.ID { return id }, ""))
	p.Kit.For(end, mux, "GET /households/{id}/transfer", p.newTransfer)
	p.Kit.For(end, mux, "POST /households/{id}/transfer", p.transferHousehold)
	p.Kit.For(change, mux, "GET /households/{id}/units", p.units)
	p.Kit.For(change, mux, "POST /households/{id}/units", p.holdUnit)
	recordweb.Press(ends, "/holdings/{id}/give-up", household.GiveUp, p.holding, func(h *household.Holding) (household.GiveUpIn, string, string) {
		return household.GiveUpIn{ID: h.ID}, refOfHolding(h.ID), h.Household.Path() + "/units"
	})

	p.Kit.For(change, mux, "GET /households/{id}/people/new", p.newPerson)
	p.Kit.For(change, mux, "POST /households/{id}/people/new", p.addPerson)
	p.Kit.For(change, mux, "GET /occupancies/{id}", p.editPerson)
	recordweb.Sent(changes, "/occupancies/{id}/change", household.ChangePerson, p.occupancy, ofPerson(func(id household.OccupancyID) household.ChangePersonIn { return household.ChangePersonIn{ID: id} }),
		func(w http.ResponseWriter, r *http.Request, o part, f *page.Form) error {
			return p.personForms(w, r, o, f, nil)
		})
	recordweb.Sent(changes, "/occupancies/{id}/leave", household.Leave, p.occupancy, ofPerson(func(id household.OccupancyID) household.LeaveIn { return household.LeaveIn{ID: id} }),
		func(w http.ResponseWriter, r *http.Request, o part, f *page.Form) error {
			return p.personForms(w, r, o, nil, f)
		})
	recordweb.Press(changes, "/occupancies/{id}/return", household.Return, p.occupancy, ofPerson(func(id household.OccupancyID) household.OccupancyID { return id }))

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
	recordweb.Sent(p.To(household.MayCheck(), mux), "/shelf-checks/lines/{id}/settle", household.SettleDifference, p.checkLine, func(l *household.CheckLine) (household.SettleDifferenceIn, string, string) {
		return household.SettleDifferenceIn{Line: l.ID}, refOfLine(l), l.Check.Path()
	}, p.settleAgain)

	p.Kit.For(household.MayAsk(), mux, "GET "+household.RequestPath, p.newRequest)
	p.Kit.For(household.MayAsk(), mux, "POST "+household.RequestPath, p.askAccess)
	p.Kit.For(household.MayAudit(), mux, "GET "+household.RequestsPath+"/{id}", p.showRequest)
	recordweb.Sent(p.To(household.MayAnswer(), mux), household.RequestsPath+"/{id}/answer", household.AnswerAccess, p.request, func(q *household.RequestRow) (household.AnswerIn, string, string) {
		return household.AnswerIn{ID: q.ID}, refOfRequest(q), household.RequestsPath
	}, p.requestPage)

	p.Kit.For(household.MayNote(), mux, "GET /observations/new", p.newObservation)
	p.Kit.For(household.MayNote(), mux, "POST /observations/new", p.noteObservation)
	p.Kit.For(read, mux, "GET /observations/{id}", p.showObservation)
	recordweb.Sent(p.To(household.MaySettle(), mux), "/observations/{id}/settle", household.Settle, p.observation, func(o *household.Observation) (household.SettleIn, string, string) {
		return household.SettleIn{ID: o.ID}, refOfObservation(o), "/observations"
	}, p.observationPage)
}

// about says of an operation on a household which row it changes, and that it leads back to its page.
func about[In any](in func(household.ID) In, query string) func(*household.Household) (In, string, string) {
	return func(h *household.Household) (In, string, string) { return in(h.ID), refOf(h), h.ID.Path() + query }
}

// ofPerson is about of an operation on somebody's part in a household.
func ofPerson[In any](in func(household.OccupancyID) In) func(part) (In, string, string) {
	return func(o part) (In, string, string) { return in(o.ID), refOfPerson(o.ID), o.h.ID.Path() + "?tab=people" }
}
