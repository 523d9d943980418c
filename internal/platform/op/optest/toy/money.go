package toy

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// OpenTill makes a till in an estate.
var OpenTill = op.Define("toy.open_till", op.Spec[access.EstateID, TillID]{
	NoClause: "a test",
	Posts:    Clerks,
	Subject:  inEstate,
	Do: func(ctx context.Context, tx op.Tx, estate access.EstateID) (TillID, error) {
		row := &Till{}
		row.ID, row.Estate = TillID(tx.NewID()), estate
		return row.ID, tx.Insert(ctx, row)
	},
})

// OpenAccount makes an account in an estate.
var OpenAccount = op.Define("toy.open_account", op.Spec[access.EstateID, AccountID]{
	NoClause: "a test",
	Posts:    Clerks,
	Subject:  inEstate,
	Do: func(ctx context.Context, tx op.Tx, estate access.EstateID) (AccountID, error) {
		row := &Account{}
		row.ID, row.Estate = AccountID(tx.NewID()), estate
		return row.ID, tx.Insert(ctx, row)
	},
})

func inEstate(_ context.Context, _ op.Tx, estate access.EstateID) (op.Subject, error) {
	return op.Subject{Kind: "estate", ID: int64(estate), Estate: estate}, nil
}

// TakeMoneyIn is what a payer pays, line by line.
type TakeMoneyIn struct {
	Till    TillID
	Account AccountID
	Payer   string
	Items   []Item
}

// Item is one thing paid for.
type Item struct {
	Name string
	Fen  int64
}

// Issued is what stands on the receipt.
type Issued struct {
	Receipt ReceiptID
	No      int64
	Total   int64
}

// TakeMoney takes money: the till's next number, the account's balance, a receipt and its lines. With three items
// that are six rows, the size of a receipt of the real desk.
var TakeMoney = op.Define("toy.take_money", op.Spec[TakeMoneyIn, Issued]{
	NoClause: "a test",
	Posts:    Clerks,
	Check: func(in *TakeMoneyIn, _ cn.Date, f *errs.Fields) {
		f.Check(len(in.Items) > 0, "items", "error.required")
	},
	Subject: func(ctx context.Context, tx op.Tx, in TakeMoneyIn) (op.Subject, error) {
		account := &Account{}
		account.ID = in.Account
		err := tx.Lock(ctx, account)
		return op.Subject{Kind: "account", ID: int64(in.Account), Estate: account.Estate, Version: account.Version}, err
	},
	Do: takeMoney,
})

func takeMoney(ctx context.Context, tx op.Tx, in TakeMoneyIn) (Issued, error) {
	account, till := &Account{}, &Till{}
	account.ID, till.ID = in.Account, in.Till
	for _, err := range []error{tx.Lock(ctx, account), tx.Lock(ctx, till)} {
		if err != nil {
			return Issued{}, err
		}
	}
	receipt := &Receipt{Till: in.Till, Account: in.Account, Payer: in.Payer}
	receipt.ID, receipt.Estate = ReceiptID(tx.NewID()), account.Estate
	rows := []evidence.Record{receipt}
	for _, item := range in.Items {
		line := &Line{Receipt: receipt.ID, Item: item.Name, Fen: item.Fen}
		line.ID, line.Estate = LineID(tx.NewID()), account.Estate
		receipt.Total += item.Fen
		rows = append(rows, line)
	}
	till.Last++
	receipt.No = till.Last
	account.Balance += receipt.Total
	if err := tx.Update(ctx, till); err != nil {
		return Issued{}, err
	}
	if err := tx.Update(ctx, account); err != nil {
		return Issued{}, err
	}
	return Issued{receipt.ID, receipt.No, receipt.Total}, tx.Insert(ctx, rows...)
}
