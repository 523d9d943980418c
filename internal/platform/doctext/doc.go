// Package doctext reads the words of documents that have no picture here: Word, Excel, OFD, mail, plain text (reliability §6,
// Uploads).
//
// Of gives what a person needs to know which paper it is: a few facts, the beginning of its text or of its first table, the
// names of what is attached. It is no rendering: how the document looks is in the file itself.
// It may import filekind, sheet and ole. Start reading at text.go.
// Always true: a file is hostile until read: what is unpacked, how deep, how many parts and how much text have limits;
// nothing is fetched, evaluated or written to the disk; what cannot be read is an error, never a panic.
package doctext
