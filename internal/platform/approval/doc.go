// Package approval lets an operation wait until somebody else has agreed to it: steps by amount or class, in order
// (design §2; D5).
//
// A room defines a Kind for an operation of its own. What a person wants to do is sealed as a request; each step is decided by
// a holder of its posts; the last approval runs the real operation, as the person who proposed it, with all its checks anew.
// The operation asks Given whether it was approved. It may import access, clock, db, duty, errs, evidence, i18n, op, room,
// setting and vault; composition says how an account becomes an actor.
// Always true: nobody decides about what he proposed, nor twice about one request; what runs is what was sealed; a request that
// waited too long is decided no more; what the real operation refused is kept with its reason.
// To let an operation be approved: Define a Kind beside it, list it in internal/app, refuse without Given in its Do.
package approval
