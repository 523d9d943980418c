package household

import (
	"github.com/uptrace/bun"

	"hudang/internal/estate"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/ref"
)

// RequestID names a request.
type RequestID int64

// RequestPath is where a request is made, and where its asker sees what became of it; RequestsPath the register of all.
const (
	RequestPath  = "/access-requests/new"
	RequestsPath = "/access-requests"
)

// Path is the address of a request's page.
func (id RequestID) Path() string { return RequestsPath + "/" + ref.Text(id) }

// RequestState is what became of a request.
type RequestState string

// The states: 待批准, 已同意, 未同意.
const (
	Asked   RequestState = "waiting"
	Granted RequestState = "granted"
	Denied  RequestState = "refused"
)

// Request is another department's wish to see the file of a unit's household, with its reason (D5). Who agrees says when and with
// whom; the viewing itself is the archive room's.
type Request struct {
	bun.BaseModel `bun:"table:household_request,alias:request"`
	evidence.Row[RequestID]
	Unit       estate.UnitID `bun:"unit"`
	Why        string        `bun:"why"`
	State      RequestState  `bun:"state"`
	Asked      int64         `bun:"asked"` // µs UTC
	AskedBy    int64         `bun:"asked_by"`
	Answered   int64         `bun:"answered,nullzero"`
	AnsweredBy int64         `bun:"answered_by,nullzero"`
	Answer     string        `bun:"answer,nullzero"`
}
