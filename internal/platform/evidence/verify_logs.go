package evidence

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/vault"
)

const leavesAtOnce = 2000

// logs recomputes every log that has a head, a leaf, or an anchor.
func (v *verifier) logs(ctx context.Context) error {
	all := map[access.EstateID]bool{}
	for log := range v.wanted {
		all[log] = true
	}
	err := db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		var log int64
		err := rows.Scan(&log)
		all[access.EstateID(log)] = true
		return err
	}, `SELECT log FROM evidence_head UNION SELECT log FROM evidence_leaf`)
	if err != nil {
		return err
	}
	for _, log := range slices.Sorted(maps.Keys(all)) {
		if err := v.log(ctx, log); err != nil {
			return err
		}
	}
	return nil
}

// log streams one log's leaves, growing its tree anew.
func (v *verifier) log(ctx context.Context, log access.EstateID) error {
	tree := &merkle{}
	v.reached(log, tree)
	for {
		leaves, raws, err := v.leaves(ctx, log, tree.size)
		if err != nil {
			return err
		}
		if len(raws) == 0 {
			break
		}
		if err := v.content(ctx, log, tree.size, leaves); err != nil {
			return err
		}
		from := tlog.StoredHashCount(tree.size)
		var hashes []tlog.Hash
		for _, raw := range raws {
			tree.add(tlog.RecordHash(raw), func(h tlog.Hash) { hashes = append(hashes, h) })
			v.reached(log, tree)
		}
		if err := v.hashes(ctx, log, from, hashes); err != nil {
			return err
		}
	}
	for _, a := range v.wanted[log] { // anchors beyond the end
		v.report.add(Finding{What: LogCut, Log: log, Leaf: tree.size, Detail: fmt.Sprintf("%d", a.Size)})
	}
	v.report.Leaves += tree.size
	v.report.Logs = append(v.report.Logs, Checkpoint{Origin(v.id.Installation, log), tree.size, tree.root()})
	head, _, err := readHead(ctx, v.q, log)
	if err != nil {
		return err
	}
	if head.size != tree.size || !slices.Equal(head.peaks, tree.peaks) {
		v.report.add(Finding{What: HeadChanged, Log: log, Leaf: head.size - 1, Detail: fmt.Sprintf("%d", tree.size)})
	}
	return v.beyond(ctx, log, tree.size)
}

// leaves reads the next run of leaves from an index on; it ends at a gap, which is reported.
func (v *verifier) leaves(ctx context.Context, log access.EstateID, from int64) (leaves []Leaf, raws [][]byte, err error) {
	err = db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		var pos, op int64
		var raw []byte
		if err := rows.Scan(&pos, &op, &raw); err != nil {
			return err
		}
		for next := from + int64(len(raws)); next < pos; next++ { // a gap: nothing stands for the lost leaf
			v.report.add(Finding{What: LeafMissing, Log: log, Leaf: next})
			leaves, raws = append(leaves, Leaf{Index: next, Log: log}), append(raws, nil)
		}
		leaf, err := DecodeLeaf(raw)
		if err != nil || leaf.Index != pos || leaf.Log != log || leaf.Op != op {
			v.report.add(Finding{What: LeafChanged, Log: log, Leaf: pos})
		}
		leaves, raws = append(leaves, leaf), append(raws, raw)
		return nil
	}, `SELECT pos, op, leaf FROM evidence_leaf WHERE log = ? AND pos >= ? AND pos < ? ORDER BY pos`, int64(log), from, from+leavesAtOnce)
	return leaves, raws, err
}

// hashes compares the stored nodes with those the leaves give.
func (v *verifier) hashes(ctx context.Context, log access.EstateID, from int64, want []tlog.Hash) error {
	seen := 0
	err := db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		var pos int64
		var raw []byte
		if err := rows.Scan(&pos, &raw); err != nil {
			return err
		}
		seen++
		if i := pos - from; !bytes.Equal(raw, want[i][:]) {
			v.wrongHash(log, pos)
		}
		return nil
	}, `SELECT pos, hash FROM evidence_hash WHERE log = ? AND pos >= ? AND pos < ? ORDER BY pos`, int64(log), from, from+int64(len(want)))
	if err == nil && seen != len(want) {
		v.report.add(Finding{What: HashChanged, Log: log, Leaf: -1, Detail: fmt.Sprintf("%d/%d", seen, len(want))})
	}
	return err
}

// wrongHash names the leaf where a leaf's own hash differs, else the node.
func (v *verifier) wrongHash(log access.EstateID, pos int64) {
	level, n := tlog.SplitStoredHashIndex(pos)
	if level == 0 {
		v.report.add(Finding{What: LeafChanged, Log: log, Leaf: n})
		return
	}
	v.report.add(Finding{What: HashChanged, Log: log, Leaf: -1, Detail: fmt.Sprintf("%d", pos)})
}

// content recomputes the roots over touched rows and payload parts of a run of leaves.
func (v *verifier) content(ctx context.Context, log access.EstateID, from int64, leaves []Leaf) error {
	touched, parts := make([]merkle, len(leaves)), make([]merkle, len(leaves))
	until := from + int64(len(leaves))
	err := db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		var table string
		var row, version, leaf int64
		var digest []byte
		if err := rows.Scan(&table, &row, &version, &leaf, &digest); err != nil {
			return err
		}
		h := touchedHash(table, row, version, digest)
		v.byLeaf.add(h)
		touched[leaf-from].add(h, ignore)
		return nil
	}, `SELECT tbl, row, version, leaf, digest FROM evidence_touched WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf, seq`,
		int64(log), from, until)
	if err != nil {
		return err
	}
	err = db.Rows(ctx, v.q, func(rows *sql.Rows) error {
		var leaf, id int64
		var class string
		var commitment []byte
		if err := rows.Scan(&leaf, &class, &id, &commitment); err != nil {
			return err
		}
		parts[leaf-from].add(partHash(vault.Owner{Class: vault.Class(class), ID: id}, commitment), ignore)
		return nil
	}, `SELECT leaf, owner_class, owner_id, commitment FROM evidence_part WHERE log = ? AND leaf >= ? AND leaf < ? ORDER BY leaf, seq`,
		int64(log), from, until)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		if leaf.Touched != touched[i].asRoot() {
			v.report.add(Finding{What: TouchedChanged, Log: log, Leaf: from + int64(i)})
		}
		if leaf.Payloads != parts[i].asRoot() {
			v.report.add(Finding{What: PartChanged, Log: log, Leaf: from + int64(i)})
		}
	}
	return nil
}

// beyond reports what claims to belong to leaves that do not exist.
func (v *verifier) beyond(ctx context.Context, log access.EstateID, size int64) error {
	for what, query := range map[string]string{
		HashChanged:    `SELECT COUNT(*) FROM evidence_hash WHERE log = ? AND (pos < 0 OR pos >= ?)`,
		LeafChanged:    `SELECT COUNT(*) FROM evidence_leaf WHERE log = ? AND (pos < 0 OR pos >= ?)`,
		TouchedChanged: `SELECT COUNT(*) FROM evidence_touched WHERE log = ? AND (leaf < 0 OR leaf >= ?)`,
		PartChanged:    `SELECT COUNT(*) FROM evidence_part WHERE log = ? AND (leaf < 0 OR leaf >= ?)`,
	} {
		end := size
		if what == HashChanged {
			end = tlog.StoredHashCount(size)
		}
		err := db.Rows(ctx, v.q, func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			if n > 0 {
				v.report.add(Finding{What: what, Log: log, Leaf: size, Detail: fmt.Sprintf("+%d", n)})
			}
			return err
		}, query, int64(log), end)
		if err != nil {
			return err
		}
	}
	return nil
}
