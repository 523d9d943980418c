// Package archiveweb is the pages of the archive room: the papers by stage, the volumes, a volume with the field that files
// are dropped on, and an item with its pages as pictures.
//
// It may import archive, estate (names of estates) and the ground. Files are read as they arrive and encrypted at once
// (page.Arriving, archive.Receive). Start reading at routes.go.
package archiveweb
