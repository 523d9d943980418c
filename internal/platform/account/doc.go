// Package account keeps who may sign in, with what, the posts they hold, and their sessions (mission D5, E10; reliability §6).
//
// Accounts, grants and the office's choice are evidential rows of the company; passwords, sessions, sign-in links and
// refused sign-ins are not. The guard that turns a cookie into an access.Actor is SessionStore.Find; signing in is signin.go.
//
// At a registered computer (pc.go) people change places by work card and PIN (switch.go; realities 2), so that everybody
// works in his own name. Who sat there is parked: his session opens nothing, and goes on with his own card and PIN. A PIN
// stands for a password given within twelve hours, and for none after five wrong ones: in two seconds nobody types twelve
// characters, but a PIN looked over a shoulder must open nothing tomorrow, nor anywhere but at that desk. It is enough for
// administrators too: the computer's cookie is the second thing, and their second step was given with the password.
// Registering computers and giving cards is the security administrator's: both make signing in easier.
//
// A small office begins with posts merged that stand apart (三员合一); one operation parts them, another merges them again,
// both with a reason, the password and the second step (mode.go, ops_mode.go). Passwords follow one of two profiles
// (profile.go): 等保 asks for what ASVS forbids.
//
// Administrators may set up, or must (the setting account.totp), a second step with codes by time (totp.go, second.go; RFC
// 6238). Its secret lies nowhere: the key store and a nonce make it.
//
// It may import access, clock, cn, db, errs, evidence, i18n, list, op, ref, setting, sign.
// Always true: no default account, no secret stored in clear, a disabled account has no session, nobody changes his own
// posts, whoever entered by an administrator's link does nothing before setting a password, a session opened at a
// registered computer is good there only, and no code of the second step is good twice.
package account
