// Package web is the screens that belong to no room: sign-in, the home page, the search box with its palette and the caller's
// strip, the header's switches, and the guard that decides who is asking (mission D5; ui.md §3).
//
// It may import the ground and no room; what rooms show on the home page comes to it as contributions from app.
// Always true: what was opened last is kept by session and in memory, as references only; no page but sign-in, and the one
// that says how to trust this server, is served without a session; no form is accepted without a token that one of its account's sessions
// got, and the text of one that comes after its session has ended is kept for that account and shown to no other.
package web
