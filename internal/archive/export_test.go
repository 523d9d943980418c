package archive

// OutcomeKey is the key of the sentence about an upload.
func OutcomeKey(u Upload) string { return u.outcome() }

// Folded are flags with those of neighbouring pages as one.
func Folded(flags []string) []string { return folded(flags) }
