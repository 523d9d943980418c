package logweb

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"hudang/internal/platform/access"
	"hudang/internal/platform/account"
	"hudang/internal/platform/db"
	"hudang/internal/platform/evidence"
	"hudang/internal/platform/i18n"
	"hudang/internal/platform/list"
)

// said is what a leaf says, in words.
type said struct {
	evidence.Leaf
	what, who, post, log string
	about                subject
	result               list.Cell
}

// subject is what an operation was about: of which kind, and the name of what is nobody's secret, or its number.
type subject struct{ kind, name string }

func (s subject) String() string { return strings.TrimSpace(s.kind + " " + s.name) }

var results = map[evidence.Result]struct {
	state list.State
	key   string
}{
	evidence.Done:          {list.StateOK, "log.done"},
	evidence.RefusedPost:   {list.StateLate, "log.refused_post"},
	evidence.RefusedObject: {list.StateLate, "log.refused_object"},
	evidence.RefusedRule:   {list.StateDue, "log.refused_rule"},
}

// fill says in words what the rows' leaves say.
func (n Names) fill(ctx context.Context, q db.Querier, rows []leafRow) error {
	leaves := make([]evidence.Leaf, len(rows))
	for i, r := range rows {
		var err error
		if leaves[i], err = evidence.DecodeLeaf(r.Raw); err != nil {
			return err
		}
	}
	all, err := n.say(ctx, q, leaves)
	for i := range all {
		rows[i].said = all[i]
	}
	return err
}

// say puts leaves into words.
func (n Names) say(ctx context.Context, q db.Querier, leaves []evidence.Leaf) ([]said, error) {
	ids := make([]int64, len(leaves))
	for i, l := range leaves {
		ids[i] = l.Actor
	}
	names, err := account.Names(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	about, err := evidence.Subjects(ctx, q, n.Tables(), leaves)
	if err != nil {
		return nil, err
	}
	logs, rows := map[access.EstateID]string{}, map[evidence.RowKey]subject{}
	all := make([]said, len(leaves))
	for i, l := range leaves {
		if logs[l.Log], err = remembered(logs, l.Log, func() (string, error) { return n.Log(ctx, q, l.Log) }); err != nil {
			return nil, err
		}
		if rows[about[i]], err = remembered(rows, about[i], func() (subject, error) { return n.subject(ctx, q, about[i]) }); err != nil {
			return nil, err
		}
		r := results[l.Result]
		all[i] = said{Leaf: l, what: i18n.T(ctx, "op."+l.Name), who: whoOf(ctx, l, names), log: logs[l.Log], about: rows[about[i]],
			result: list.Cell{Text: i18n.T(ctx, r.key), State: r.state}}
		if l.Post != "" {
			all[i].post = i18n.T(ctx, "post."+l.Post)
		}
	}
	return all, nil
}

// remembered is what is known of a key, else found out.
func remembered[K comparable, V any](known map[K]V, key K, find func() (V, error)) (V, error) {
	if v, ok := known[key]; ok {
		return v, nil
	}
	return find()
}

func (n Names) subject(ctx context.Context, q db.Querier, k evidence.RowKey) (subject, error) {
	switch {
	case k.Table == "" && k.Row == 0:
		return subject{}, nil
	case k.Table == "":
		return subject{name: i18n.T(ctx, "log.number", k.Row)}, nil
	}
	name, err := n.Row(ctx, q, k)
	return subject{i18n.T(ctx, "table."+k.Table), cmp.Or(name, strconv.FormatInt(k.Row, 10))}, err
}

// whoOf names who acted. The program acts without an account, by a post; whoever has neither was not signed in.
func whoOf(ctx context.Context, l evidence.Leaf, names map[int64]string) string {
	switch {
	case l.Actor != 0:
		return cmp.Or(names[l.Actor], i18n.T(ctx, "log.number", l.Actor))
	case l.Post != "":
		return i18n.T(ctx, "log.program")
	}
	return i18n.T(ctx, "log.nobody")
}
