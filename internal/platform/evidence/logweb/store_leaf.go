package logweb

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"hudang/internal/platform/access"
	"hudang/internal/platform/clock"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/op"
)

// The places of a leaf's parts, from 1: docs/log-format.md, "A leaf". Both engines cut bytes alike, and compare them as numbers
// do that are not negative, so that a log is searched without being loaded.
var (
	partAt     = partOf(25, 8)
	partActor  = partOf(33, 8)
	partResult = partOf(49, 1)
	partName   = partOf(50, nameSize)
	partPost   = partOf(98, postSize)
)

const nameSize, postSize = 48, 24

func partOf(at, width int) string {
	return fmt.Sprintf("substr(?TableAlias.leaf, %d, %d)", at+1, width)
}

// leavesOf are the leaves of the logs of a scope. Without the plus SQLite sorts a whole log to show its newest page, in place of
// walking back along the ids.
func leavesOf(q db.Querier, s access.Scope) *bun.SelectQuery { return within(q, s, "+?TableAlias.log") }

// countedOf are the same, which one log's own key counts.
func countedOf(q db.Querier, s access.Scope) *bun.SelectQuery { return within(q, s, "?TableAlias.log") }

func within(q db.Querier, s access.Scope, log string) *bun.SelectQuery {
	query := q.Select((*leafRow)(nil)).ModelTableExpr("(SELECT op AS id, log, pos, leaf FROM evidence_leaf) AS ?TableAlias")
	switch {
	case s.All():
		return query
	case len(s.Estates()) == 0:
		return query.Where("1 = 0")
	}
	return query.Where(log+" IN (?)", bun.List(s.Estates()))
}

func refused(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where(partResult+" <> ?", []byte{byte(evidence.Done)})
}

func ofLog(q *bun.SelectQuery, log, _ string) *bun.SelectQuery {
	return q.Where("+?TableAlias.log = ?", number(log))
}

// ofNumber finds a leaf by the number prints carry, or by its place in its log alone.
func ofNumber(q *bun.SelectQuery, typed, _ string) *bun.SelectQuery {
	log, pos, ok := parseNumber(typed)
	switch {
	case !ok:
		return q.Where("1 = 0")
	case log >= 0:
		q = q.Where("?TableAlias.log = ?", log)
	}
	return q.Where("?TableAlias.pos = ?", pos)
}

func ofName(q *bun.SelectQuery, name, _ string) *bun.SelectQuery {
	return q.Where(partName+" = ?", padded(name, nameSize))
}

// ofActor also takes the program, and whoever was not signed in: neither has an account, and the program acts by a post.
func ofActor(q *bun.SelectQuery, who, _ string) *bun.SelectQuery {
	switch who {
	case byProgram:
		return q.Where(partActor+" = ?", wide(0)).Where(partPost+" <> ?", padded("", postSize))
	case byNobody:
		return q.Where(partActor+" = ?", wide(0)).Where(partPost+" = ?", padded("", postSize))
	}
	return q.Where(partActor+" = ?", wide(number(who)))
}

// between goes by the leaves' own time. Ids are made in the order of time, a moment before it: they spare reading all earlier leaves.
func between(q *bun.SelectQuery, from, to string) *bun.SelectQuery {
	if day, err := time.ParseInLocation(time.DateOnly, from, clock.China); err == nil {
		q = q.Where("?TableAlias.id >= ?", op.FirstID(day.AddDate(0, 0, -1))).Where(partAt+" >= ?", wide(day.UnixMicro()))
	}
	if day, err := time.ParseInLocation(time.DateOnly, to, clock.China); err == nil {
		q = q.Where(partAt+" < ?", wide(day.AddDate(0, 0, 1).UnixMicro()))
	}
	return q
}

func wide(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func padded(text string, width int) []byte {
	b := make([]byte, max(width, len(text))) // what is longer than any name is no name
	copy(b, text)
	return b
}
