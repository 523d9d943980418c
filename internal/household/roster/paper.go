package roster

import "strings"

// PaperOf is the code of the line of a file's directory that the pictures under a column's head are papers of; "" where the
// head says nothing known. Of several words the longest counts.
func PaperOf(head string) string {
	head = plainWord(head)
	longest, code := "", ""
	for word, c := range vocabulary()["paper"] {
		if len(word) > len(longest) && strings.Contains(head, word) {
			longest, code = word, c
		}
	}
	return code
}

// TenantsHead reports a column's head that speaks of the tenant.
func TenantsHead(head string) bool {
	side, _ := cutSide(plainWord(head))
	return Side(side) == SideTenant
}
