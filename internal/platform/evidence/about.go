package evidence

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

// Deed is an operation that was done about a party, and what was said to it.
type Deed struct {
	Leaf Leaf
	In   json.RawMessage // nil for a silent operation, or once the party's key was destroyed
}

// AboutParties are the operations of some names done about parties, the newest first, at most n.
func (l *Log) AboutParties(ctx context.Context, q db.Querier, parties []int64, names []string, n int) ([]Deed, error) {
	if len(parties) == 0 {
		return nil, nil
	}
	type found struct {
		leaf   Leaf
		party  int64
		sealed []byte
	}
	var all []found
	args := make([]any, len(parties))
	for i, p := range parties {
		args[i] = p
	}
	err := db.Rows(ctx, q, func(rows *sql.Rows) error {
		var f found
		var raw []byte
		if err := rows.Scan(&f.party, &raw, &f.sealed); err != nil {
			return err
		}
		leaf, err := DecodeLeaf(raw)
		if f.leaf = leaf; err == nil && leaf.Result == Done && slices.Contains(names, leaf.Name) {
			all = append(all, f)
		}
		return err
	}, `SELECT p.owner_id, l.leaf, p.sealed FROM evidence_part p JOIN evidence_leaf l ON l.log = p.log AND l.pos = p.leaf
		WHERE p.seq = 0 AND p.owner_class = '`+string(vault.Party)+`' AND p.owner_id IN (?`+strings.Repeat(", ?", len(parties)-1)+`)`, args...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b found) int { return int(min(max(b.leaf.At-a.leaf.At, -1), 1)) })
	deeds := make([]Deed, min(n, len(all)))
	for i, f := range all[:len(deeds)] {
		deeds[i].Leaf = f.leaf
		inside, err := l.open(ctx, vault.Owner{Class: vault.Party, ID: f.party}, f.leaf.Op, f.sealed)
		if err != nil && !errors.Is(err, vault.ErrNoKey) {
			return nil, err
		}
		deeds[i].In = inside.Payloads["in"]
	}
	return deeds, nil
}

// open is a part of a leaf in clear.
func (l *Log) open(ctx context.Context, o vault.Owner, op int64, sealed []byte) (content, error) {
	plain, err := l.vault.Open(ctx, o, bindTo(op), sealed)
	if err != nil {
		return content{}, err
	}
	return decodeContent(plain)
}
