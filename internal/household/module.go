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
	Duties: []duty.Source{{Posts: maySettle, Load: observationsWaiting}, {Posts: mayChange, Load: filesToConfirm},
		{Posts: mayCheck, Load: differencesToSettle}, {Posts: mayChange, Load: phonesToAsk},
		{Posts: mayEnd, Load: tenantsToClose}, {Posts: mayChange, Load: papersMissing}, {Posts: mayChange, Load: namesToAsk},
		{Posts: mayAnswer, Load: requestsToAnswer}, {Posts: mayAsk, Load: answersToSee}},
	Controls: []control.Control{refreshed, reachable, complete, movedOut, answered, settled, agrees, vehiclesFiled},
	Settings: []setting.Number{ObservationDays, RefreshDays, AskAgainDays, PapersDays},
	Sources:  append([]search.Source{source, alone}, papers...),
	Kinds:    []ref.Kind{{Name: kindHousehold, Posts: mayRead, Resolve: resolve, Labelled: true}},
}
