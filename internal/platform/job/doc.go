// Package job carries long work (design §3): an import, a batch of thumbnails, in chunks of at most 500 rows, with
// progress, cancel and resume.
//
// A room offers a Kind: who may start it, and a function that does the next chunk as an operation of its own. Enqueue,
// within the operation that starts the work, writes one row of job_run, so that a rollback leaves no job. The Runner takes
// the open job whose last turn is the longest ago, acts as the person who started it, does one chunk, and writes down how
// far it came; a killed program goes on from there. It serves no clause: what is done has its own operations.
// It may import access, clock, db, errs, evidence, i18n, list, op and ref. Its pages are jobweb.
// Always true: a chunk counts once, however often it ran (its token follows from job, step and position); between two
// chunks a job can be cancelled, and somebody who lost his posts stops; what a job does is done by operations, never by
// the runner.
// Start reading at job.go, then runner.go. Why there is no queue of another make below: docs/decisions/0004-jobs.md.
package job
