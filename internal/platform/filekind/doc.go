// Package filekind says what a file is by its content, and never by its name alone (reliability §6, Uploads).
//
// Of gives a Kind: what the file is called in a sentence, its usual extension, its media type, and whether the house can
// show it. Programs and scripts are kinds too, so that whoever takes files in can refuse them: by their content, and by the
// name where the content is no picture and no document.
// It may import nothing of the house. Start reading at kind.go (the table), then look.go.
// Always true: a file is hostile until read: nothing is decoded here, nothing unpacked to the disk, no allocation follows a
// number that the file merely claims; a kind that is unknown is Unknown and no error.
package filekind
