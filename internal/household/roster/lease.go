package roster

import "hudang/internal/platform/cn"

// lease adds what a cell says of the household's lease: when it begins, when it ends, both, or how long it runs.
func (t *tableReader) lease(h *Household, v value) {
	l := Lease{}
	if h.Lease != nil {
		l = *h.Lease
	}
	said := Lease{From: l.From, To: l.To, months: l.months}
	if v.field == Term {
		if !t.term(h, v, &said) {
			return
		}
	} else if d := t.leaseDay(v); d.IsZero() && d.None == "" {
		h.remark(v.said())
		return
	} else if v.field == LeaseFrom {
		said.From = d
	} else {
		said.To = d
	}
	if l.From.differs(said.From) || l.To.differs(said.To) {
		t.note(v, Differs, Warning, nil, h.At.Row, l.text())
		h.remark(v.said())
		return
	}
	if said.From.Typed == "" {
		said.From = l.From
	}
	h.Lease = &said
	h.leaseSaid = appendNew(h.leaseSaid, v.said())
	if from, to := said.From, said.To; !from.IsZero() && !to.IsZero() && to.Compare(from.Date) < 0 {
		t.note(v, LeaseReversed, Warning, nil)
	}
}

// leaseDay reads the day in a column of its own; a lease that ends with a month ends on its last day.
func (t *tableReader) leaseDay(v value) Date {
	if end, ok := cn.MonthEnd(v.text, t.in.Today); ok && v.field == LeaseTo {
		return Date{Date: end, Typed: v.typed}
	}
	return t.date(v)
}

// term reads a cell that holds a whole term; what it cannot read is kept as a remark.
func (t *tableReader) term(h *Household, v value, l *Lease) bool {
	r := cn.ParseTerm(v.text, cn.DateContext{Today: t.in.Today, SheetYear: t.options.Year})
	if !r.OK {
		t.note(v, LeaseUnread, Ask, nil)
		h.remark(v.said())
		return false
	}
	if !r.From.Date.IsZero() {
		l.From = Date{Date: r.From.Date, Typed: v.typed}
	}
	if !r.To.Date.IsZero() || r.To.None != "" {
		l.To = Date{Date: r.To.Date, None: r.To.None, Typed: v.typed}
	}
	if r.Months > 0 {
		l.months = r.Months
	}
	return true
}

// differs reports that another row, or column, says another day.
func (d Date) differs(from Date) bool {
	return d.Typed != "" && from.Typed != "" && (d.Date != from.Date || d.None != from.None)
}

func (l Lease) text() string { return l.From.String() + " ~ " + l.To.String() }

// leases counts the end of those of which beginning and length are known, and keeps as a remark what nobody rents by.
func (t *tableReader) leases() {
	for i := range t.plan.Households {
		h := &t.plan.Households[i]
		if h.Lease == nil || h.At.Sheet != t.Sheet {
			continue
		}
		l := h.Lease
		switch {
		case h.Side != SideTenant || l.From.IsZero() && l.To.IsZero():
			h.Lease = nil
			for _, said := range h.leaseSaid {
				h.remark(said)
			}
			h.leaseSaid = nil
		case l.months > 0 && l.To.Typed == "" && !l.From.IsZero():
			l.To = Date{Date: l.From.AddMonths(l.months), Typed: l.From.Typed}
			t.problem(Problem{Kind: LeaseEnds, Args: []any{l.To.String()}, Severity: Warning, At: Cell{t.Sheet, h.At.Row, 0}})
		}
	}
}
