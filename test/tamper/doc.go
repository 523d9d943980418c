// Package tamper changes what is kept behind the program's back, and asks whether `hudang verify` says so (reliability §7: T1, T2).
//
// A company in which every operation was carried out once (test/round) is copied, as a backup is; the copy is damaged in one
// way, verified as an outsider would with the public key he keeps, and mended again; on PostgreSQL it is the database itself, while
// the program rests. The evidence package does the same with its own toy tables; here it is every table of every room. Whole
// histories are replaced on SQLite, where they are a folder.
// Everything is drawn from a seed, which stands in each failure. The short form runs with the other tests;
// `make torture` goes on for nights (package night).
// Start reading at company_test.go, then change_test.go.
package tamper
