// Package app is the composition root: the only package that knows every room. It opens the data folder, joins what the
// rooms offer (tables, operations, lists, texts, pages), and carries out the program's commands.
//
// cmd/hudang hands over to it. Start reading at rooms.go, then open.go.
package app
