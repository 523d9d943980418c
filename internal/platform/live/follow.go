package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
)

const (
	channel = "hudang_live"
	gather  = 200 * time.Millisecond // what changes in between is told to the other programs once
	retry   = 5 * time.Second
)

// word is what programs tell each other.
type word struct {
	From    int64
	Estates []access.EstateID
}

// Follow joins the hubs of all programs at one PostgreSQL database until the context ends; on SQLite there is only one. They tell each other
// apart from the operations' transactions, which would otherwise queue up for PostgreSQL's one lock on notifications. While nothing can be
// heard, the lengths of the logs are compared instead. self names this program among them. Composition calls it before anything is committed.
func (h *Hub) Follow(ctx context.Context, d *db.DB, self int64, log *slog.Logger) {
	if d.Engine() != db.Postgres {
		return
	}
	told := make(chan access.EstateID, 1000)
	h.out = func(e access.EstateID) {
		select {
		case told <- e:
		default: // so much changes that the others hear of it anyway
		}
	}
	go tell(ctx, d, self, told)
	go h.hear(ctx, d, self, log)
}

func (h *Hub) hear(ctx context.Context, d *db.DB, self int64, log *slog.Logger) {
	sizes, _ := evidence.Sizes(ctx, d.Read()) // none: all that is there is news
	look := func() {
		now, err := evidence.Sizes(ctx, d.Read())
		for e, n := range now {
			if n != sizes[e] {
				h.note(e)
			}
		}
		if err == nil {
			sizes = now
		}
	}
	for ctx.Err() == nil {
		err := d.Listen(ctx, channel, look, func(text string) {
			var w word
			if json.Unmarshal([]byte(text), &w) == nil && w.From != self {
				for _, e := range w.Estates {
					h.note(e)
				}
			}
		})
		log.Debug("live: nothing is heard from the database", "error", err)
		look()
		select {
		case <-ctx.Done():
		case <-time.After(retry):
		}
	}
}

// tell sends on what changed, gathered.
func tell(ctx context.Context, d *db.DB, self int64, told <-chan access.EstateID) {
	for {
		set := map[access.EstateID]bool{}
		select {
		case <-ctx.Done():
			return
		case e := <-told:
			set[e] = true
		}
		time.Sleep(gather)
		for len(told) > 0 {
			set[<-told] = true
		}
		text, err := json.Marshal(word{self, slices.Collect(maps.Keys(set))})
		if err == nil {
			_ = d.Notify(ctx, channel, string(text)) // the database cannot be reached: the others look for themselves then
		}
	}
}
