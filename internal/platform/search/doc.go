// Package search is the one box: whatever a caller says, to the things it may mean (ui.md §3 and §1.7, domain.md §7;
// mission A3, C7, D5).
//
// Rooms offer a Source each: which things there are, and what each is found by. One set of functions makes tokens of that
// and of what is typed: names by character, pinyin and initials; rooms in every notation; plates by their tail; telephone
// and identity numbers by any four digits or the last four, keyed, so that the index tells none of them; former ones behind
// current ones. Papers are asked for apart from things, so that however many fit they never take a household's place; what
// they stand beside narrows them, together with a word of their own. The tokens lie apart from the data, in derived/search.db or PostgreSQL's schema "derived", follow the logs
// leaf by leaf, are made anew whenever they do not fit, and are never backed up (design §7).
// It may import access, cn, db, evidence, ref and vault. It knows no room.
// Always true: estate and posts are part of the question, and are asked once more of the thing as it is when it is shown;
// no number that lies sealed in a row stands in clear in the index.
// Start reading at search.go, then query.go and follow.go.
package search
