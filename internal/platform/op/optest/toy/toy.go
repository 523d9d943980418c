// Package toy is a small room for the tests of the ground: notes, and money taken at tills.
//
// It has just enough to walk every path of the door: rows of every column kind, two owners of keys in one operation,
// rows that change, rows that die, a rule that refuses, and an operation of six rows like a receipt of the real desk.
// Only tests and benchmarks import it; optest.Toy is the world it makes.
// Always true: a till's receipts are numbered 1..last without a gap; an account's balance is the sum of its receipts,
// and a receipt's total the sum of its lines.
package toy

import (
	"embed"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
	"hudang/internal/platform/vault"
)

// Migrations are the room's tables.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// Tables are the room's tables, all of them evidential.
var Tables = []evidence.Table{
	evidence.Of[Note](), evidence.Of[Till](), evidence.Of[Account](), evidence.Of[Receipt](), evidence.Of[Line](),
}

// Ops are the room's operations.
var Ops = []op.Any{AddNote, ChangeNote, DropNote, OpenTill, OpenAccount, TakeMoney}

// Clerks are who may write notes and take money.
var Clerks = []access.Post{access.Assistant, access.Manager}

// NoteID is a note.
type NoteID int64

// Note is a text; with a holder its old values lie under that party's key.
type Note struct {
	bun.BaseModel `bun:"table:toy_note,alias:note"`
	evidence.Row[NoteID]
	Text   string `bun:"text"`
	Holder int64  `bun:"holder,nullzero"`
	Done   bool   `bun:"done"`
	Scan   []byte `bun:"scan"`
}

// Owner is the holder, where there is one.
func (n *Note) Owner() vault.Owner {
	if n.Holder == 0 {
		return n.Row.Owner()
	}
	return vault.Owner{Class: vault.Party, ID: n.Holder}
}

// TillID is a till.
type TillID int64

// Till numbers its receipts; a till apiece, so that cashiers do not wait for each other (door.md 11).
type Till struct {
	bun.BaseModel `bun:"table:toy_till,alias:till"`
	evidence.Row[TillID]
	Last int64 `bun:"last"`
}

// AccountID is an account.
type AccountID int64

// Account is what somebody has paid so far.
type Account struct {
	bun.BaseModel `bun:"table:toy_account,alias:account"`
	evidence.Row[AccountID]
	Balance int64 `bun:"balance"`
}

// ReceiptID is a receipt.
type ReceiptID int64

// Receipt is money taken once.
type Receipt struct {
	bun.BaseModel `bun:"table:toy_receipt,alias:receipt"`
	evidence.Row[ReceiptID]
	Till    TillID    `bun:"till"`
	No      int64     `bun:"no"`
	Account AccountID `bun:"account"`
	Payer   string    `bun:"payer"`
	Total   int64     `bun:"total"`
}

// LineID is a line of a receipt.
type LineID int64

// Line is what a part of the money was for.
type Line struct {
	bun.BaseModel `bun:"table:toy_line,alias:line"`
	evidence.Row[LineID]
	Receipt ReceiptID `bun:"receipt"`
	Item    string    `bun:"item"`
	Fen     int64     `bun:"fen"`
}
