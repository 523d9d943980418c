// Package account keeps who may sign in, the posts they hold, and their sessions (mission D5, E10; reliability §6).
//
// Accounts and grants are evidential rows of the company; sessions and sign-in links are not. The guard that turns a
// cookie into an access.Actor is Session. It may import access, clock, db, errs, evidence, op.
// Always true: no default account, no secret stored in clear, a disabled account has no session.
package account
