package archive

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/errs"
	"hudang/internal/platform/op"
	"hudang/internal/platform/render"
)

// LookAgain looks into a file that was not looked at to its end, or whose pages were not all looked at, and notes what it
// finds; false when it still has to be looked at. What could not be read before is looked at from its beginning.
func (s Scans) LookAgain(ctx context.Context, d *op.Door, id BlobID, waits bool) (seen bool, err error) {
	b, err := findBlob(ctx, d.DB.Read(), id)
	if err != nil {
		return false, err
	}
	u := Upload{Size: b.Size, Sum: b.Sum, Type: b.Type, State: b.State, Stored: b.stored(), later: !waits}
	flags, from := rest(b.flags())
	if from > 0 && b.Shown() {
		u.Flags, u.Pages = flags, int(b.Pages)
		err = s.lookOn(ctx, b, &u, from)
	} else {
		if u.Name, err = NameOf(ctx, d.Vault, b); err == nil {
			err = s.look(ctx, b.Volume, &u)
		}
	}
	if errors.Is(err, errRefused) { // it is kept since nobody knew; it stays
		u.State, err = Broken, nil
	}
	if err != nil || u.State == Unseen {
		return false, err
	}
	if err := s.noteThumbs(ctx, d, b, u.thumbs); err != nil {
		return false, err
	}
	if u.State == b.State && u.Type == b.Type && u.flags() == b.Flags && int64(u.Pages) == b.Pages {
		return true, nil
	}
	_, err = op.Run(ctx, d, Looked, LookedIn{File: id, Type: u.Type, State: u.State, Flags: u.Flags, Pages: u.Pages})
	return err == nil, err
}

// lookOn looks at a file's pages from one on, to the last.
func (s Scans) lookOn(ctx context.Context, b *Blob, u *Upload, from int) error {
	file, err := s.Blobs.OpenAt(ctx, b.Owner(), b.stored())
	if err != nil {
		return err
	}
	defer file.Close()
	for from > 0 {
		facts, err := s.Render.InspectLater(ctx, render.Type(b.Type), file, b.Size, render.Later{From: from, Bare: bareUntil(u.Flags, from)})
		if err != nil {
			return err
		}
		if facts.Broken { // its head was read before: of the rest nothing can be said
			break
		}
		u.thumbs = append(u.thumbs, s.keepThumbs(ctx, b.Volume, from, facts.Thumbs)...)
		more, next := rest(facts.Flags)
		u.Flags = folded(append(u.Flags, more...))
		if from = next; from >= u.Pages {
			break
		}
	}
	u.State = stateOf(u.Flags)
	return nil
}

// Looker looks at what was not looked at to its end, one file after the other, while nobody waits. What does not come to an
// end this time either is left for longer and longer, and never given up: that nobody saw a file says nothing of it.
type Looker struct {
	Scans  Scans
	Door   *op.Door
	Log    *slog.Logger
	paused map[BlobID]pause

	thumbed BlobID    // up to here all files have thumbnails
	again   time.Time // when they are gone through again
}

type pause struct {
	until time.Time
	last  time.Duration
}

// How long a file is left alone after a look that came to no end, at first and at most.
const (
	firstPause = time.Minute
	mostPause  = 6 * time.Hour
)

// Round looks at what is due, then makes thumbnails where they are missing.
func (l *Looker) Round(ctx context.Context) error {
	ctx = access.With(ctx, access.ProgramActor())
	if err := l.looks(ctx); err != nil {
		return err
	}
	return l.thumbs(ctx)
}

// thumbs goes through the files without thumbnails: those from before there were any, and those whose thumbnails got lost.
func (l *Looker) thumbs(ctx context.Context) error {
	if l.Door.Clock.Now().Before(l.again) {
		return nil
	}
	for ctx.Err() == nil {
		b, err := withoutThumbs(ctx, l.Door.DB.Read(), l.thumbed)
		if err != nil {
			return err
		}
		if b == nil {
			l.thumbed, l.again = 0, l.Door.Clock.Now().Add(mostPause)
			return nil
		}
		l.thumbed = b.ID
		err = l.Scans.makeThumbs(ctx, l.Door, b)
		if err != nil && ctx.Err() == nil && !errs.Is(err, errs.Unavailable) && !errs.Is(err, errs.Blocked) {
			l.Log.Error("thumbnails were not made", "file", int64(b.ID), "error", err)
		}
	}
	return ctx.Err()
}

// looks looks at what is due.
func (l *Looker) looks(ctx context.Context) error {
	if l.paused == nil {
		l.paused = map[BlobID]pause{}
	}
	for ctx.Err() == nil {
		now := l.Door.Clock.Now()
		var later []BlobID
		for id, p := range l.paused {
			if now.Before(p.until) {
				later = append(later, id)
			}
		}
		slices.Sort(later)
		due, err := toLookAt(ctx, l.Door.DB.Read(), later, 1)
		if err != nil || len(due) == 0 {
			return err
		}
		id := due[0].ID
		seen, err := l.Scans.LookAgain(ctx, l.Door, id, false)
		if seen {
			delete(l.paused, id)
			continue
		}
		if err != nil && ctx.Err() == nil && !errs.Is(err, errs.Unavailable) {
			l.Log.Error("a paper was not looked at", "file", int64(id), "error", err)
		}
		wait := min(max(2*l.paused[id].last, firstPause), mostPause)
		l.paused[id] = pause{now.Add(wait), wait}
	}
	return errors.Join(ctx.Err())
}
