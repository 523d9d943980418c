// Package live tells open pages that something changed, and keeps answers until it did (design §2, §7).
//
// Hub.Publish is called for every committed operation; on PostgreSQL the hubs of all programs at one database notify each other. Stream
// sends a browser a server-sent event after a change; Cache computes an expensive answer again only after one. Events are hints: a page
// also asks by itself, so one that receives none is only later.
// It may import access, db and evidence.
// Always true: an event has no content; it is sent only for an estate its reader knows; a stream ends at most one heartbeat
// after its session; a session and an account hold a limited number of streams.
package live
