package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/disk"
	"hudang/internal/platform/duty"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/page"
	"hudang/internal/web"
)

// copiedFile says in a data folder when the last copy of it was made and found whole.
const copiedFile = "copied"

// backupDays is after how many days a copy is old: every page says so then.
const backupDays = 7

// noteCopy remembers a copy that was just made; that the note cannot be kept takes nothing from the copy.
func noteCopy(data string, at time.Time) {
	_ = disk.Write(filepath.Join(data, copiedFile), []byte(at.UTC().Format(time.RFC3339)+"\n"), 0o644)
}

// lastCopy is when the data folder was last copied; the zero time for never.
func lastCopy(data string) (time.Time, error) {
	b, err := os.ReadFile(filepath.Join(data, copiedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(b)))
	if err != nil {
		return time.Time{}, nil // not written by this program: as if there were none
	}
	return at, nil
}

const howToCopy = web.FirstDayPath + "#backup"

// mayCopy are who sees to it that there is a copy; others can do nothing about it.
var mayCopy = []access.Post{access.SystemAdmin, access.Manager}

// backupBanner says above every page of those who can see to it that there is no copy, or that the last one is old.
func (a *App) backupBanner(ctx context.Context) []page.Banner {
	if !access.From(ctx).HoldsAny(mayCopy) {
		return nil
	}
	at, err := lastCopy(a.data)
	days := int(a.Door.Clock.Now().Sub(at).Hours() / 24)
	switch {
	case err != nil || at.IsZero():
		return []page.Banner{{Text: i18n.T(ctx, "web.banner.backup"), Label: i18n.T(ctx, "web.banner.backup.how"), Href: howToCopy}}
	case days > backupDays:
		return []page.Banner{{Text: i18n.T(ctx, "web.banner.backup.old", clock.Date(at), days), Label: i18n.T(ctx, "web.banner.backup.how"), Href: howToCopy}}
	}
	return nil
}

// firstCopy asks on the first days for a copy, until there is one.
func (a *App) firstCopy() duty.Source {
	return duty.Source{Posts: mayCopy, Load: func(ctx context.Context, _ db.Querier, _ access.Scope, today string) ([]duty.Duty, error) {
		at, err := lastCopy(a.data)
		if err != nil || !at.IsZero() {
			return nil, err
		}
		return []duty.Duty{{Title: i18n.T(ctx, "web.banner.backup"), Text: i18n.T(ctx, "web.duty.backup.text"), Act: i18n.T(ctx, "web.banner.backup.how"), Href: howToCopy, Due: today}}, nil
	}}
}
