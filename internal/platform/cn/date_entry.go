package cn

// EntryDay reads an exact day typed into a form now, in any notation of ParseDate, and gives its stored form; nothing
// typed, or a word for nothing, is "". today is the stored form of today, for +7 and 11-23. The error is a Problem.
func EntryDay(text, today string) (string, error) {
	now, err := ParseStored(today)
	if err != nil {
		return "", err
	}
	r := ParseDate(text, DateContext{Today: now, Entry: true})
	switch {
	case len(r.Problems) > 0:
		return "", r.Problems[0]
	case r.None == NoneEmpty:
		return "", nil
	case r.Date.Precision != DayExact: // a month, a year, long-term: no day
		return "", DateNotUnderstood
	}
	return r.Date.String(), nil
}
