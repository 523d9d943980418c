package household

import (
	"context"
	"strings"

	"hudang/internal/estate"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/record"
)

// AskIn is a request to see the file of a unit's household.
type AskIn struct {
	Unit estate.UnitID
	Why  string `form:"why"`
}

// AskAccess asks the head of the service group for a household's file (D5).
var AskAccess = op.Define("household.ask_access", op.Spec[AskIn, RequestID]{
	Clauses: []string{"D5"},
	Posts:   mayAsk,
	Check: func(in *AskIn, _ cn.Date, f *errs.Fields) {
		in.Why = strings.TrimSpace(in.Why)
		f.Check(in.Why != "", "why", "error.required")
		f.Within("why", in.Why, 500)
	},
	Subject: func(ctx context.Context, tx op.Tx, in AskIn) (op.Subject, error) {
		u := &estate.Unit{}
		u.ID = in.Unit
		err := tx.Lock(ctx, u)
		return op.Subject{Kind: "unit", ID: int64(u.ID), Estate: u.Estate}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in AskIn) (RequestID, error) {
		u := &estate.Unit{}
		u.ID = in.Unit
		if err := tx.Lock(ctx, u); err != nil {
			return 0, err
		}
		open, err := requestsOf(ctx, tx, tx.Actor().Account, in.Unit, Asked)
		if err != nil {
			return 0, err
		}
		var f errs.Fields
		f.Check(len(open) == 0, "why", "request.error.twice")
		if err := f.Err(); err != nil {
			return 0, err
		}
		r := &Request{Unit: in.Unit, Why: in.Why, State: Asked, Asked: tx.Now().UnixMicro(), AskedBy: tx.Actor().Account}
		r.ID, r.Estate = RequestID(tx.NewID()), u.Estate
		return r.ID, tx.Insert(ctx, r)
	},
})

// AnswerIn says yes or no to a request.
type AnswerIn struct {
	ID     RequestID
	State  RequestState `form:"state"` // Granted or Denied
	Answer string       `form:"answer"`
}

// AnswerAccess answers a request to see a household's file: when and with whom, or why not. Nobody answers his own.
var AnswerAccess = op.Define("household.answer_access", op.Spec[AnswerIn, RequestID]{
	Clauses: []string{"D5"},
	Posts:   mayAnswer,
	Check: func(in *AnswerIn, _ cn.Date, f *errs.Fields) {
		in.Answer = strings.TrimSpace(in.Answer)
		f.Check(in.State == Granted || in.State == Denied, "state", "request.error.state")
		f.Check(in.Answer != "", "answer", "error.required")
		f.Within("answer", in.Answer, 500)
	},
	Subject: record.Subject(func(in AnswerIn) RequestID { return in.ID }, lockRequest),
	Do: func(ctx context.Context, tx op.Tx, in AnswerIn) (RequestID, error) {
		r, _, err := lockRequest(ctx, tx, in.ID)
		if err != nil {
			return 0, err
		}
		switch {
		case r.State != Asked:
			return 0, errs.E(errs.Blocked, "request.error.answered")
		case r.AskedBy == tx.Actor().Account:
			return 0, errs.Rule("D5", "request.error.own")
		}
		r.State, r.Answer, r.Answered, r.AnsweredBy = in.State, in.Answer, tx.Now().UnixMicro(), tx.Actor().Account
		return r.ID, tx.Update(ctx, r)
	},
})

var lockRequest = record.By[Request, RequestID]("request")
