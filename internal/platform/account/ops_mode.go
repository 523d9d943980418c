package account

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/cn"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/ref"
	"hudang/internal/platform/sign"
)

// SeparateIn names who holds each of the administrators' posts from now on, and nothing else.
type SeparateIn struct {
	System   ID        `form:"system"`
	Security ID        `form:"security"`
	Auditor  ID        `form:"auditor"`
	Reason   string    `form:"reason"`
	Confirm  Confirmed `json:"-"`
}

// named are the three posts with their fields on the form.
func (in SeparateIn) named() []namedPost {
	return []namedPost{{"system", in.System, access.SystemAdmin}, {"security", in.Security, access.SecurityAdmin}, {"auditor", in.Auditor, access.Auditor}}
}

type namedPost struct {
	field string
	id    ID
	post  access.Post
}

// Separate ends merged posts: three people hold one administrators' post each and no other, everybody else none. Whoever
// does it gains nothing by it.
var Separate = op.Define("account.separate_posts", op.Spec[SeparateIn, int]{
	Clauses: []string{"D5"},
	Posts:   mayManage,
	Check: func(in *SeparateIn, _ cn.Date, f *errs.Fields) {
		seen := map[ID]bool{}
		for _, n := range in.named() {
			f.Check(n.id != 0, n.field, "error.required")
			f.Check(n.id == 0 || !seen[n.id], n.field, "account.error.mode.twice")
			seen[n.id] = true
		}
		checkReason(&in.Reason, f)
		in.Confirm.Proof.Check("password", f)
	},
	Subject: officeSubject[SeparateIn],
	Allow: func(ctx context.Context, tx op.Tx, in SeparateIn, _ op.Subject) error {
		o, err := officeNow(ctx, tx)
		if err != nil {
			return err
		}
		if !o.Merged {
			return errs.E(errs.Blocked, "account.error.mode.apart")
		}
		return mayName(ctx, tx, in)
	},
	Do: separate,
})

// mayName refuses naming somebody who cannot work, and naming oneself to what one does not hold.
func mayName(ctx context.Context, tx op.Tx, in SeparateIn) error {
	for _, n := range in.named() {
		a, err := Find(ctx, tx, n.id)
		if err != nil {
			return err
		}
		if !a.working() {
			return errs.Rule("D5", "account.error.mode.working", a.Name)
		}
		if _, holds := tx.Actor().Holding(access.Company, []access.Post{n.post}); tx.Actor().Account == int64(n.id) && !holds {
			return errs.Rule("D5", "account.error.mode.self")
		}
	}
	return nil
}

func separate(ctx context.Context, tx op.Tx, in SeparateIn) (changed int, err error) {
	if err := in.Confirm.use(ctx, tx); err != nil {
		return 0, err
	}
	if err := setMode(ctx, tx, false); err != nil {
		return 0, err
	}
	all, err := administrators(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, n := range in.named() {
		all[n.id] = []access.Grant{{Post: n.post, Estate: access.Company}}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		is, err := becomes(ctx, tx, id, all[id])
		if err != nil {
			return 0, err
		}
		if is {
			changed++
		}
	}
	return changed, sign.Sign(ctx, tx, access.Company, officeRef, "account.mode.signed", in, in.Confirm.Proof)
}

// administrators are all accounts that hold an administrators' post, with what each keeps when posts part: that post if it is
// the only one, else the posts of the trade.
func administrators(ctx context.Context, tx op.Tx) (map[ID][]access.Grant, error) {
	ids, err := holdersOf(ctx, tx, Administrators)
	if err != nil {
		return nil, err
	}
	all := map[ID][]access.Grant{}
	for _, id := range ids {
		grants, err := Grants(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if mixed(grants) {
			grants = slices.DeleteFunc(grants, isAdministrators)
		}
		all[id] = grants
	}
	return all, nil
}

// MergeIn says why posts may be in one hand again.
type MergeIn struct {
	Reason  string    `form:"reason"`
	Confirm Confirmed `json:"-"`
}

// Merge lets posts be in one hand again. Nobody gains a post by it: giving them is another operation, never one's own.
var Merge = op.Define("account.merge_posts", op.Spec[MergeIn, bool]{
	Clauses: []string{"D5"},
	Posts:   mayManage,
	Check: func(in *MergeIn, _ cn.Date, f *errs.Fields) {
		checkReason(&in.Reason, f)
		in.Confirm.Proof.Check("password", f)
	},
	Subject: officeSubject[MergeIn],
	Allow: func(ctx context.Context, tx op.Tx, _ MergeIn, _ op.Subject) error {
		o, err := officeNow(ctx, tx)
		if err == nil && o.Merged {
			return errs.E(errs.Blocked, "account.error.mode.merged")
		}
		return err
	},
	Do: func(ctx context.Context, tx op.Tx, in MergeIn) (bool, error) {
		if err := in.Confirm.use(ctx, tx); err != nil {
			return false, err
		}
		if err := setMode(ctx, tx, true); err != nil {
			return false, err
		}
		return true, sign.Sign(ctx, tx, access.Company, officeRef, "account.mode.signed", in, in.Confirm.Proof)
	},
})

// officeRef is the office to those who sign over it.
var officeRef = ref.Ref{Kind: "office", ID: int64(theOffice)}

func officeSubject[In any](ctx context.Context, tx op.Tx, _ In) (op.Subject, error) {
	o, err := officeNow(ctx, tx)
	return op.Subject{Kind: officeRef.Kind, ID: officeRef.ID, Estate: access.Company, Version: o.Version}, err
}

func checkReason(reason *string, f *errs.Fields) {
	*reason = strings.TrimSpace(*reason)
	f.Check(*reason != "", "reason", "account.error.mode.why")
}
