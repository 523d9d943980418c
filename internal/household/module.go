package household

import (
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
	Tables: []evidence.Table{evidence.Of[Household](), evidence.Of[Holding](), evidence.Of[Occupancy](), evidence.Of[Observation](), evidence.Of[Remark](), evidence.Of[Request](),
		evidence.Of[DirectoryRow](), evidence.Of[lineRow](), evidence.Of[MarkRow](), evidence.Of[Check](), evidence.Of[CheckLine](),
		evidence.Bound("household_request_seen", "that an asker has seen his answer: comfort, nothing follows but that he is told no more", "request")},
	Ops: []op.Any{Open, Change, Confirm, Close, Reopen, Transfer, MoveIn, LiveIn, UndoMoveIn, Hold, GiveUp, AddPerson, ChangePerson, Leave, Return,
		Note, Settle, Remarks, AskAccess, AnswerAccess, Unconfirm, NewDirectory, MarkLines, TickPaper, OpenFile, FilePapers, PrintCard, PrintDirectory,
		CheckShelf, SettleDifference, PrintCheck},
	Lists:   []list.Any{Households, Observations, Requests},
	Reveals: []*masked.Field{SaidInClear, RemarkInClear},
	Duties: []duty.Source{{Posts: maySettle, Kept: "observationsWaiting", Load: observationsWaiting}, {Posts: mayChange, Kept: "filesToConfirm", Load: filesToConfirm},
		{Posts: mayCheck, Kept: "differencesToSettle", Load: differencesToSettle}, {Posts: mayChange, Kept: "phonesToAsk", Load: phonesToAsk},
		{Posts: mayEnd, Kept: "tenantsToClose", Load: tenantsToClose}, {Posts: mayChange, Kept: "papersMissing", Load: papersMissing}, {Posts: mayChange, Kept: "namesToAsk", Load: namesToAsk},
		{Posts: mayAnswer, Kept: "requestsToAnswer", Load: requestsToAnswer}, {Posts: mayAsk, Load: answersToSee}},
	Controls: []control.Control{refreshed, reachable, complete, movedOut, answered, settled, agrees, vehiclesFiled},
	Settings: []setting.Number{ObservationDays, RefreshDays, AskAgainDays, PapersDays},
	Sources:  append([]search.Source{source, alone}, papers...),
	Kinds:    []ref.Kind{{Name: kindHousehold, Posts: mayRead, Resolve: resolve, Labelled: true}},
}
