package account

import (
	"context"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
)

// RegisterPCIn is the computer somebody sits at.
type RegisterPCIn struct {
	Name    string `form:"name"`
	token   []byte // of its cookie, hashed: not part of the log
	session []byte // of who registers it: bound to it from now on
}

// Mark adds the cookie the computer is known by from now on, and gives its value, which nothing keeps.
func (in *RegisterPCIn) Mark(s Session) (secret string) {
	secret = newSecret()
	in.token, in.session = hash(secret), s.token
	return secret
}

// RegisterPC lets people change places at a computer by card and PIN. Who decides about accounts decides about this: it
// makes signing in there easier, and the manager's own people would profit.
var RegisterPC = op.Define("account.register_pc", op.Spec[RegisterPCIn, PCID]{
	Clauses: []string{"D5"},
	Posts:   mayManage,
	Check:   func(in *RegisterPCIn, _ cn.Date, f *errs.Fields) { checkPCName(&in.Name, f) },
	Subject: func(context.Context, op.Tx, RegisterPCIn) (op.Subject, error) {
		return op.Subject{Kind: "company", Estate: access.Company}, nil
	},
	Do: func(ctx context.Context, tx op.Tx, in RegisterPCIn) (PCID, error) {
		taken, err := tx.Select((*PC)(nil)).Where("name = ?", in.Name).Where("ended IS NULL").Exists(ctx)
		if err != nil {
			return 0, err
		}
		if taken {
			var f errs.Fields
			f.Add("name", "account.error.pc_name")
			return 0, f.Err()
		}
		pc := &PC{Name: in.Name, Token: in.token}
		pc.ID = PCID(tx.NewID())
		if err := tx.Insert(ctx, pc); err != nil {
			return 0, err
		}
		return pc.ID, bindSession(ctx, tx, in.session, pc.ID)
	},
})

// PCIn names a registered computer.
type PCIn struct {
	PC PCID `form:"pc"`
}

// EndPC takes a computer's registration back. Whoever is signed in there is signed out.
var EndPC = op.Define("account.end_pc", op.Spec[PCIn, PCID]{
	Clauses: []string{"D5"},
	Posts:   mayManage,
	Subject: func(ctx context.Context, tx op.Tx, in PCIn) (op.Subject, error) {
		_, err := lockPC(ctx, tx, in.PC)
		return op.Subject{Kind: "pc", ID: int64(in.PC), Estate: access.Company}, err
	},
	Do: func(ctx context.Context, tx op.Tx, in PCIn) (PCID, error) {
		pc, err := lockPC(ctx, tx, in.PC)
		if err != nil || pc.Ended != 0 {
			return in.PC, err
		}
		pc.Ended = tx.Now().UnixMicro()
		if err := tx.Update(ctx, pc); err != nil {
			return 0, err
		}
		return pc.ID, endSessionsAt(ctx, tx, pc.ID)
	},
})

func lockPC(ctx context.Context, tx op.Tx, id PCID) (*PC, error) {
	pc := &PC{}
	pc.ID = id
	return pc, tx.Lock(ctx, pc)
}
