// Package torture ends the program at the worst moments and looks at what is left (reliability §7: K1 to K6).
//
// A test runs a child: this test binary again, in a folder of its own. In it, clients carry out operations of the toy room
// and write down each one they were told is saved. The child is killed, its disk fails or is full, or its power goes (on a
// disk of lossyfs, which then forgets what was not fsynced); then the folder is opened again, as the program would be on the
// next morning, and judged: nothing acknowledged is lost, every token took money once, receipts are numbered without a gap,
// sums agree, every scan that a row refers to reads whole, every key is there, checkpoints are remembered, verify is clean.
// The short form runs with the other tests; `make torture` goes on for nights (package night).
// Start reading at child_test.go, then judge_test.go.
package torture
