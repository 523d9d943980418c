// Package account keeps who may sign in, with what, the posts they hold, and their sessions (mission D5, E10; reliability §6).
//
// Accounts, grants and the office's choice are evidential rows of the company; passwords, sessions, sign-in links and
// refused sign-ins are not. The guard that turns a cookie into an access.Actor is Keeper.Find; signing in is signin.go.
// It may import access, clock, db, errs, evidence, i18n, list, op.
// Always true: no default account, no secret stored in clear, a disabled account has no session, nobody changes his own
// posts, and whoever entered by an administrator's link does nothing before setting a password.
package account
