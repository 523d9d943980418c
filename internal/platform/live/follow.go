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
	channel     = "hudang_live"
	batchTime   = 200 * time.Millisecond // changes within it are sent to the other programs in one notification
	listenAgain = 5 * time.Second        // after the connection was lost
)

// notification is what programs at one database send each other.
type notification struct {
	From    int64
	Estates []access.EstateID
}

// Follow connects the hubs of all programs at one PostgreSQL database until the context ends; on SQLite there is only one. Notifications are
// sent outside the operations' transactions, which would otherwise wait for each other at commit (NOTIFY takes one lock for all). After a lost
// connection the sizes of the logs are compared. self identifies this program. Call it before the first operation.
func (h *Hub) Follow(ctx context.Context, d *db.DB, self int64, log *slog.Logger) {
	if d.Engine() != db.Postgres {
		return
	}
	pending := make(chan access.EstateID, 1000)
	h.notify = func(e access.EstateID) {
		select {
		case pending <- e:
		default: // a thousand changes wait already: this estate is all but surely among them
		}
	}
	go sendNotifications(ctx, d, self, pending)
	go h.listen(ctx, d, self, log)
}

func (h *Hub) listen(ctx context.Context, d *db.DB, self int64, log *slog.Logger) {
	sizes, _ := evidence.Sizes(ctx, d.Read()) // on failure every estate counts as changed
	compare := func() {
		now, err := evidence.Sizes(ctx, d.Read())
		if err != nil {
			return
		}
		for e, n := range now {
			if n != sizes[e] {
				h.note(e)
			}
		}
		sizes = now
	}
	for ctx.Err() == nil {
		err := d.Listen(ctx, channel, compare, func(text string) {
			var n notification
			if json.Unmarshal([]byte(text), &n) == nil && n.From != self {
				for _, e := range n.Estates {
					h.note(e)
				}
			}
		})
		log.Debug("live: not listening to the database", "error", err)
		compare()
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

func sendNotifications(ctx context.Context, d *db.DB, self int64, pending <-chan access.EstateID) {
	for {
		changed := map[access.EstateID]bool{}
		select {
		case <-ctx.Done():
			return
		case e := <-pending:
			changed[e] = true
		}
		time.Sleep(batchTime)
		for len(pending) > 0 {
			changed[<-pending] = true
		}
		text, err := json.Marshal(notification{self, slices.Collect(maps.Keys(changed))})
		if err == nil {
			_ = d.Notify(ctx, channel, string(text)) // it fails with the database, after which the others compare sizes
		}
	}
}
