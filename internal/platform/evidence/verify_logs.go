package evidence

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

const leavesAtOnce = 2000

// logs recomputes every log that anything belongs to, or that an anchor names.
func (v *verifier) logs(ctx context.Context) error {
	all := map[int64]bool{}
	for log := range v.wanted {
		all[int64(log)] = true
	}
	for _, table := range logTables {
		if err := v.logsOf(ctx, table, all); err != nil {
			return err
		}
	}
	for _, log := range slices.Sorted(maps.Keys(all)) {
		if err := v.log(ctx, access.EstateID(log)); err != nil {
			return err
		}
	}
	return nil
}

// logsOf finds the logs a table's rows belong to, jumping from each to the next by the index.
func (v *verifier) logsOf(ctx context.Context, table string, all map[int64]bool) error {
	for after := int64(math.MinInt64); ; {
		var next sql.NullInt64
		scanned := false
		err := v.each(ctx, Finding{Leaf: -1, Table: table}, func(rows *sql.Rows) error {
			err := rows.Scan(&next)
			scanned = err == nil
			return err
		}, `SELECT MIN(log) FROM `+table+` WHERE log > ?`, after)
		if err != nil || !scanned || !next.Valid {
			return err
		}
		all[next.Int64] = true
		after = next.Int64
	}
}

// log streams one log's leaves, growing its tree anew.
func (v *verifier) log(ctx context.Context, log access.EstateID) error {
	tree := &merkle{}
	v.reached(log, tree)
	for {
		run, err := v.leaves(ctx, log, tree.size)
		if err != nil {
			return err
		}
		if len(run) == 0 {
			break
		}
		if err := v.content(ctx, log, tree.size, run); err != nil {
			return err
		}
		for _, l := range run {
			v.grow(log, tree, l)
		}
	}
	for _, a := range v.wanted[log] { // anchors beyond the end
		v.report.Add(Finding{What: LogCut, Log: log, Leaf: tree.size, Detail: fmt.Sprintf("%d", a.Size)})
	}
	v.report.Leaves += tree.size
	if tree.size > 0 {
		v.report.Logs = append(v.report.Logs, Checkpoint{Origin(v.id.Installation, log), tree.size, tree.head()})
		if v.marked != nil && !v.marked[log] {
			v.report.Add(Finding{What: MarkMissing, Log: log, Leaf: -1})
		}
	}
	if err := v.head(ctx, log, tree); err != nil {
		return err
	}
	return v.beyond(ctx, log, tree.size)
}

// head compares the stored head of a log, which the next append will build on.
func (v *verifier) head(ctx context.Context, log access.EstateID, tree *merkle) error {
	var size int64
	var peaks []byte
	err := v.each(ctx, Finding{Log: log, Leaf: -1, Table: "evidence_head"}, func(rows *sql.Rows) error {
		return rows.Scan(&size, &peaks)
	}, headOf, int64(log))
	if err == nil && (size != tree.size || !bytes.Equal(peaks, tree.encode())) {
		v.report.Add(Finding{What: HeadChanged, Log: log, Leaf: size - 1, Detail: fmt.Sprintf("%d", tree.size)})
	}
	return err
}

// stored is a leaf as it stands in the table, or the place of one that is lost: without bytes.
type stored struct {
	Leaf
	raw, nodes []byte
}

// leaves reads the next run of leaves from an index on. A gap is reported, and filled with places.
func (v *verifier) leaves(ctx context.Context, log access.EstateID, from int64) (run []stored, err error) {
	err = v.each(ctx, Finding{Log: log, Leaf: -1, Table: "evidence_leaf"}, func(rows *sql.Rows) error {
		var pos, op int64
		var l stored
		if err := rows.Scan(&pos, &op, &l.raw, &l.nodes); err != nil {
			return err
		}
		next := from + int64(len(run))
		if next < pos {
			v.report.Add(Finding{What: LeafMissing, Log: log, Leaf: next, Detail: fmt.Sprintf("%d", pos-next)})
		}
		for ; next < pos; next++ {
			run = append(run, stored{})
		}
		var err error
		if l.Leaf, err = DecodeLeaf(l.raw); err != nil || l.Index != pos || l.Log != log || l.Op != op {
			v.report.Add(Finding{What: LeafChanged, Log: log, Leaf: pos})
		}
		run = append(run, l)
		return nil
	}, `SELECT pos, op, leaf, nodes FROM evidence_leaf WHERE log = ? AND pos >= ? AND pos < ? ORDER BY pos`, int64(log), from, from+leavesAtOnce)
	return run, err
}

// grow adds a leaf to the tree grown anew and compares the nodes stored with it: the first is the leaf's own hash.
func (v *verifier) grow(log access.EstateID, tree *merkle, l stored) {
	at, rest := tree.size, l.nodes
	level := 0
	tree.add(tlog.RecordHash(l.raw), func(h tlog.Hash) {
		if l.raw == nil {
			return
		}
		same := bytes.HasPrefix(rest, h[:])
		switch {
		case same:
		case level == 0:
			v.report.Add(Finding{What: LeafChanged, Log: log, Leaf: at})
		default:
			v.report.Add(Finding{What: HashChanged, Log: log, Leaf: at, Detail: fmt.Sprintf("%d", level)})
		}
		rest = rest[min(len(rest), tlog.HashSize):]
		level++
	})
	if len(rest) > 0 {
		v.report.Add(Finding{What: HashChanged, Log: log, Leaf: at, Detail: fmt.Sprintf("+%d", len(rest))})
	}
	v.reached(log, tree)
}

// content recomputes the roots over touched rows and payload parts of a run of leaves.
func (v *verifier) content(ctx context.Context, log access.EstateID, from int64, leaves []stored) error {
	touched, parts := make([]merkle, len(leaves)), make([]merkle, len(leaves))
	until := from + int64(len(leaves))
	err := v.each(ctx, Finding{Log: log, Leaf: -1, Table: "evidence_touched"}, func(rows *sql.Rows) error {
		var row, version, leaf, seq int64
		var table, digest sql.RawBytes
		if err := rows.Scan(&table, &row, &version, &leaf, &seq, &digest); err != nil {
			return err
		}
		v.scratch = putTouched(v.scratch[:0], table, row, version, digest)
		h := tlog.RecordHash(v.scratch)
		v.byLeaf.add(&v.key, h)
		v.sequence(TouchedChanged, log, leaf, seq, &touched[leaf-from])
		touched[leaf-from].add(h, ignore)
		return nil
	}, `SELECT tbl, row, version, leaf, seq, digest FROM evidence_touched WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf, seq`,
		int64(log), from, until)
	if err != nil {
		return err
	}
	err = v.each(ctx, Finding{Log: log, Leaf: -1, Table: "evidence_part"}, func(rows *sql.Rows) error {
		var leaf, seq, id int64
		var class string
		var commitment, sealed sql.RawBytes
		if err := rows.Scan(&leaf, &seq, &class, &id, &commitment, &sealed); err != nil {
			return err
		}
		v.sequence(PartChanged, log, leaf, seq, &parts[leaf-from])
		parts[leaf-from].add(partHash(vault.Owner{Class: vault.Class(class), ID: id}, commitment, sealed), ignore)
		return nil
	}, `SELECT leaf, seq, owner_class, owner_id, commitment, sealed FROM evidence_part WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf, seq`,
		int64(log), from, until)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		if leaf.Touched != touched[i].asRoot() {
			v.report.Add(Finding{What: TouchedChanged, Log: log, Leaf: from + int64(i)})
		}
		if leaf.Payloads != parts[i].asRoot() {
			v.report.Add(Finding{What: PartChanged, Log: log, Leaf: from + int64(i)})
		}
	}
	return nil
}

// sequence reports an entry of a leaf that is not numbered as the next; the roots tell only the order.
func (v *verifier) sequence(what string, log access.EstateID, leaf, seq int64, before *merkle) {
	if seq != before.size {
		v.report.Add(Finding{What: what, Log: log, Leaf: leaf, Detail: fmt.Sprintf("#%d", seq)})
	}
}

// beyond reports what claims to belong to leaves that do not exist.
func (v *verifier) beyond(ctx context.Context, log access.EstateID, size int64) error {
	for what, query := range map[string]string{
		LeafChanged:    `SELECT COUNT(*) FROM evidence_leaf WHERE log = ? AND (pos < 0 OR pos >= ?)`,
		TouchedChanged: `SELECT COUNT(*) FROM evidence_touched WHERE log = ? AND (leaf < 0 OR leaf >= ?)`,
		PartChanged:    `SELECT COUNT(*) FROM ` + db.Whole(v.q, "evidence_part") + ` WHERE log = ? AND (leaf < 0 OR leaf >= ?)`,
	} {
		err := v.each(ctx, Finding{Log: log, Leaf: -1}, func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			if n > 0 {
				v.report.Add(Finding{What: what, Log: log, Leaf: size, Detail: fmt.Sprintf("+%d", n)})
			}
			return err
		}, query, int64(log), size)
		if err != nil {
			return err
		}
	}
	return nil
}
