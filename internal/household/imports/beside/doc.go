// Package beside finds what a roster's file holds besides the values of its cells: pictures, notes, links, struck and hidden
// text, sheets without cells (mission A1, D7).
//
// It says where each belongs by the plan that package roster made of the file, and writes nothing; package imports files the
// pictures and shows the rest in the dry run. It may import roster and the ground's sheet.
// Always true: whatever hangs on a cell is counted under one kind, with the first places.
package beside
