// Package archive keeps the volumes (案卷) and the papers in them (件): their facts, their scans, and how far each has come
// from being collected to being used (mission C2, C3, D1, D4, D5, E1, E2, E4).
//
// Only this package writes archive_* tables, and no other room stores blobs: a paper of any kind is an item of a volume. It
// stands on estate; the rooms above open a volume for what they know (EnsureVolume) and ask for its papers (ItemsOf).
// Always true: originals are immutable: turning, splitting and joining pages make a new version of a list of pages; nothing
// of an item is deleted, it is voided with a reason; a volume has a label code from the day it is opened; whatever tells of
// the volume's subject lies under the volume's own key; nobody outside the service group reads anything here (D5), and every
// look into a document leaves a leaf.
// What is found in the search box is Sources, which the room above offers with what it knows of the volumes' subjects.
// To add a fact of an item: item.go, a migration, ItemFacts, and archiveweb/item_form.templ. Start reading at item.go, then
// receive.go (how a file comes in).
package archive

import "embed"

// files are the room's migrations and texts.
//
//go:embed migrations/*.sql locales/*.json
var files embed.FS
