// Package round carries out everything the program does, once, in one estate of a test's company: each operation where it can
// succeed, in the order in which a day would bring them.
//
// Every text a person enters comes from the test's own function, so that one script serves the tests of rights (what is there
// in both estates), of the log (one leaf each), of scripts in texts, and of personal data where it should not be.
// Start reading at round.go; the steps are in the other files, by room. An operation that is missing fails TestLeaves_….
package round
