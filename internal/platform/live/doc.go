// Package live tells open pages that something changed, and keeps answers until it did (design §2, §7).
//
// A Hub hears of every operation that was committed, here or, on PostgreSQL, in another program at the same database. Stream
// carries that to a browser as a server-sent event; Cache computes an expensive answer anew only after a change. A page asks for what it shows
// by itself: the events are a hint, and a page that gets none is merely later.
// It may import access, db and evidence.
// Always true: an event says nothing but that something changed; nobody is told of an estate he does not know; no stream outlives
// its session by more than a beat; a browser cannot hold more than a few streams.
package live
