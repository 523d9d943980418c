package archive

// OutcomeKey is the key of the sentence about an upload.
func OutcomeKey(u Upload) string { return u.outcome() }
