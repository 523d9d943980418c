// Package lossyfs is a file system that forgets, when the power goes, what it was not told to keep (reliability §7, K3).
//
// A Disk keeps apart what programs see and what is surely on the medium. What is written to a file becomes sure by an fsync
// or fdatasync of that file; a name (a file made, renamed or removed, a folder made) by an fsync of the folder that holds it,
// a rename by an fsync of the folder that holds the new name. That is stricter than ext4, where the fsync of a new file keeps
// its name too, and as strict as POSIX. At a power cut each change that is not sure may be lost, or stay:
//
//   - all are lost; or those after one moment (a disk that keeps the order); or
//   - each name stays or goes by itself, and so does each piece of 512 or 4096 bytes of what was written to files, whatever the
//     order; where a later piece stayed and an earlier one did not, zeros or the old bytes stand; or
//   - all names stay and no bytes (a rename that overtakes its file's content, as on ext4 without auto_da_alloc), or the reverse.
//
// What was sure is never damaged, a rename happens wholly or not at all, and a piece is not torn within.
//
// Mount shows a Disk in a folder, through FUSE. CutAt makes the power go at a chosen change; from then on nothing is answered
// until Release. Save writes what the medium holds then into an ordinary folder; Load begins with such a folder, all of it sure.
// It knows nothing of the program; tests alone import it. Start reading at disk.go, then cut.go.
package lossyfs
