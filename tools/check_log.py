#!/usr/bin/env python3
"""Recomputes the log of a Hudang data folder from docs/log-format.md alone: every leaf, tree, payload, row and checkpoint.

    python3 tools/check_log.py DATA-FOLDER [--vkey KEY]

It shares no code with the program and needs nothing but Python 3.8: what it says, it says for itself. It reads
hudang.db, identity.txt and highwater/ and changes nothing. Exit status: 0 nothing found, 1 something found, 2 could not
look. Each finding is a line: what, log, leaf, table, row, detail; - where none is meant.
"""

import argparse
import base64
import hashlib
import os
import sqlite3
import struct
import sys

LEAF_SIZE = 226
NOTHING = bytes(32)
SEPARATOR = "\n=====\n"


# -- bytes ---------------------------------------------------------------------------------------------------------


def sha(*parts):
    h = hashlib.sha256()
    for p in parts:
        h.update(p)
    return h.digest()


def i64(n):
    return struct.pack(">q", n)


def counted(b):
    if isinstance(b, str):
        b = b.encode("utf-8", "surrogateescape")
    return struct.pack(">I", len(b)) + b


def leaf_hash(entry):
    return sha(b"\x00", entry)


def node_hash(left, right):
    return sha(b"\x01", left, right)


class Tree:
    """A Merkle tree that grows leaf by leaf (RFC 6962), kept as the roots of its complete subtrees, the largest first."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def add(self, h):
        """Adds a leaf's hash and gives the hashes it completes, its own first."""
        completed = [h]
        n = self.size
        while n & 1:
            h = node_hash(self.peaks.pop(), h)
            completed.append(h)
            n >>= 1
        self.peaks.append(h)
        self.size += 1
        return completed

    def root(self):
        """The root of a leaf's list; an empty list has 32 zero bytes."""
        if not self.peaks:
            return NOTHING
        root = self.peaks[-1]
        for p in reversed(self.peaks[:-1]):
            root = node_hash(p, root)
        return root

    def head(self):
        """The root as a checkpoint has it: an empty log has the hash of nothing."""
        return self.root() if self.size else sha(b"")


# -- leaves and rows -----------------------------------------------------------------------------------------------


class Leaf:
    def __init__(self, raw):
        if len(raw) != LEAF_SIZE or raw[0] != 1:
            raise ValueError("not a leaf of version 1")
        self.log, self.index, self.op, self.at, self.actor, self.subject = struct.unpack(">6q", raw[1:49])
        self.result = raw[49]
        if not 1 <= self.result <= 4:
            raise ValueError("no such result")
        self.name, self.post = unpad(raw[50:98]), unpad(raw[98:122])
        self.token = raw[122:154]
        self.touched = struct.unpack(">I", raw[154:158])[0], raw[158:190]
        self.payloads = struct.unpack(">I", raw[190:194])[0], raw[194:226]


def unpad(b):
    text, _, rest = b.partition(b"\x00")
    if rest.strip(b"\x00"):
        raise ValueError("something stands behind the padding")
    return text


def row_digest(table, columns, values):
    """columns and values as SELECT * gives them; a value of another kind than the three is no row of the program's."""
    image = counted(table)
    for name, value in sorted(zip(columns, values), key=lambda c: c[0].encode()):
        if value is None:
            continue
        if isinstance(value, int):
            image += counted(name) + b"i" + i64(value)
        elif isinstance(value, str):
            image += counted(name) + b"t" + counted(value)
        elif isinstance(value, bytes):
            image += counted(name) + b"b" + counted(value)
        else:
            image += counted(name) + b"?" + counted(repr(value))
    return sha(b"hudang row 1\x00", image)


def touched_entry(table, row, version, digest):
    return counted(table) + i64(row) + i64(version) + counted(digest)


def payload_entry(owner, commitment, sealed):
    return counted(owner) + counted(commitment) + counted(sha(sealed))


# -- notes (C2SP signed-note and tlog-checkpoint; Ed25519 of RFC 8032) ----------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def decompress(b):
    n = int.from_bytes(b, "little")
    y = n & ((1 << 255) - 1)
    x = recover_x(y, n >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def times(s, a):
    q = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = add(q, a)
        a = add(a, a)
        s >>= 1
    return q


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verifies(public, message, signature):
    a, r, s = decompress(public), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q or len(signature) != 64:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


class Key:
    def __init__(self, line):
        self.line = line.strip()
        self.name, digits, key = self.line.split("+", 2)
        raw = base64.b64decode(key, validate=True)
        if len(raw) != 33 or raw[0] != 1:
            raise ValueError("not an Ed25519 key")
        self.public = raw[1:]
        self.id = sha(self.name.encode() + b"\n" + raw)[:4]
        if self.id.hex() != digits:
            raise ValueError("the key's own number does not fit it")
        self.installation = self.name[len("hudang/"):]

    def fingerprint(self):
        digits = sha(self.line.encode()).hex()[:32]
        return " ".join(digits[i : i + 8] for i in range(0, 32, 8))

    def checkpoint(self, note):
        """Origin, size and root of a signed note; ValueError when its signature is not this key's."""
        text, found, signatures = note.rpartition("\n\n")
        text += "\n"
        if not found:
            raise ValueError("no signature")
        for line in signatures.splitlines():
            dash, name, sig = line.split(" ")
            raw = base64.b64decode(sig, validate=True)
            if dash == "\u2014" and name == self.name and raw[:4] == self.id:
                if not ed25519_verifies(self.public, text.encode(), raw[4:]):
                    raise ValueError("the signature is wrong")
                origin, size, root, end = text.split("\n")
                if end or str(int(size)) != size:
                    raise ValueError("not a checkpoint")
                return origin, int(size), base64.b64decode(root, validate=True)
        raise ValueError("not signed with this key")


def notes_of(folder):
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not name.endswith(".txt"):
            continue
        with open(os.path.join(folder, name), "rb") as f:
            notes = f.read().decode("utf-8", "replace").split(SEPARATOR)[:-1]  # what follows the last one was torn off
        if notes and notes[-1].startswith("\x00"):
            notes.pop()
        yield from notes


# -- the checks ----------------------------------------------------------------------------------------------------


class Checker:
    def __init__(self, folder, key):
        self.key = key
        self.db = sqlite3.connect("file:%s?mode=ro" % os.path.join(folder, "hudang.db").replace("?", "%3f"), uri=True)
        self.db.text_factory = lambda b: b.decode("utf-8", "surrogateescape")
        self.db.execute("BEGIN")
        self.found = []
        self.anchors = {}  # log -> list of (size, root)
        self.heads = {}  # log -> (size, root)
        self.leaves = self.rows = self.versions = 0
        self.notes(folder)

    def say(self, what, log="-", leaf="-", table="-", row="-", detail=""):
        self.found.append(("%s %s %s %s %s %s" % (what, log, leaf, table, row, detail)).rstrip())

    def notes(self, folder):
        for note in notes_of(os.path.join(folder, "highwater")):
            try:
                origin, size, root = self.key.checkpoint(note)
                name, log = origin.rsplit("/", 1)
                if name != self.key.name:
                    raise ValueError("of another installation")
                self.anchors.setdefault(int(log), []).append((size, root))
            except ValueError as e:
                self.say("note_forged", detail="%s: %s" % (note.split("\n")[0], e))

    def logs(self):
        logs = set(self.anchors)
        for table in ("evidence_head", "evidence_leaf", "evidence_touched", "evidence_part"):
            logs.update(log for (log,) in self.db.execute("SELECT DISTINCT log FROM " + table))
        for log in sorted(logs):
            self.log(log)

    def lists(self, log):
        """Counts and roots of what each leaf touched and said, by leaf."""
        touched, parts = {}, {}
        for leaf, seq, table, row, version, digest in self.db.execute(
            "SELECT leaf, seq, tbl, row, version, digest FROM evidence_touched WHERE log = ? ORDER BY leaf, seq", (log,)
        ):
            tree = touched.setdefault(leaf, Tree())
            if seq != tree.size:
                self.say("touched_changed", log, leaf, detail="#%s" % seq)
            tree.add(leaf_hash(touched_entry(table, row, version, digest)))
        for leaf, seq, kind, owner, commitment, sealed in self.db.execute(
            "SELECT leaf, seq, owner_class, owner_id, commitment, sealed FROM evidence_part WHERE log = ? ORDER BY leaf, seq", (log,)
        ):
            tree = parts.setdefault(leaf, Tree())
            if seq != tree.size:
                self.say("part_changed", log, leaf, detail="#%s" % seq)
            tree.add(leaf_hash(payload_entry("%s:%d" % (kind, owner), commitment, sealed)))
        return touched, parts

    def log(self, log):
        tree, wanted = Tree(), sorted(self.anchors.get(log, []))
        touched, parts = self.lists(log)

        def reached():
            while wanted and wanted[0][0] == tree.size:
                if wanted.pop(0)[1] != tree.head():
                    self.say("root_changed", log, tree.size - 1)

        reached()
        for pos, op, raw, nodes in self.db.execute("SELECT pos, op, leaf, nodes FROM evidence_leaf WHERE log = ? ORDER BY pos", (log,)):
            if pos != tree.size:
                self.say("leaf_missing", log, tree.size, detail="next is %s" % pos)
                return
            try:
                leaf = Leaf(raw)
                if (leaf.log, leaf.index, leaf.op) != (log, pos, op):
                    raise ValueError("it is another leaf's")
                for name, lists, want in (("touched_changed", touched, leaf.touched), ("part_changed", parts, leaf.payloads)):
                    have = lists.pop(pos, Tree())
                    if (have.size, have.root()) != want:
                        self.say(name, log, pos)
            except ValueError as e:
                self.say("leaf_changed", log, pos, detail=str(e))
            completed = tree.add(leaf_hash(raw))
            if nodes[:32] != completed[0]:
                self.say("leaf_changed", log, pos)
            elif nodes != b"".join(completed):
                self.say("hash_changed", log, pos)
            reached()
        for name, lists in (("touched_changed", touched), ("part_changed", parts)):
            for leaf in lists:
                self.say(name, log, leaf, detail="of a leaf that is not there")
        for size, _ in wanted:
            self.say("log_cut", log, tree.size, detail="it had %d leaves" % size)
        head = self.db.execute("SELECT size, peaks FROM evidence_head WHERE log = ?", (log,)).fetchone()
        if (head or (0, b"")) != (tree.size, b"".join(tree.peaks)):
            self.say("head_changed", log, tree.size - 1)
        if tree.size and log not in self.anchors:
            self.say("mark_missing", log)
        self.leaves += tree.size
        if tree.size:
            self.heads[log] = tree.size, tree.head()

    def tables(self):
        """Tables that carry evidence: those with a column ev_salt."""
        names = [name for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        evidential = [n for n in names if any(c[1] == "ev_salt" for c in self.db.execute('PRAGMA table_info("%s")' % n))]
        for table in evidential:
            self.table(table)
        for (table,) in self.db.execute("SELECT DISTINCT tbl FROM evidence_touched").fetchall():
            if table not in evidential:
                self.say("table_unknown", table=table)

    def table(self, table):
        last = {}
        for row, version, log, leaf, digest in self.db.execute(
            "SELECT row, version, log, leaf, digest FROM evidence_touched WHERE tbl = ? ORDER BY row, version", (table,)
        ):
            self.versions += 1
            last[row] = log, leaf, digest
        cursor = self.db.execute('SELECT * FROM "%s" NOT INDEXED' % table)
        columns = [c[0] for c in cursor.description]
        key = columns.index("id")
        for values in cursor:
            self.rows += 1
            id = values[key]
            log, leaf, digest = last.pop(id, ("-", "-", None))
            if not digest:
                self.say("row_unknown", table=table, row=id)
            elif digest != row_digest(table, columns, values):
                self.say("row_changed", log, leaf, table, id)
        for id, (log, leaf, digest) in last.items():
            if digest:
                self.say("row_missing", log, leaf, table, id)


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("folder")
    args.add_argument("--vkey", help="the log's public key as you keep it; without it the one in the folder")
    args = args.parse_args()
    try:
        line = args.vkey
        if not line:
            with open(os.path.join(args.folder, "identity.txt"), encoding="utf-8") as f:
                line = f.read()
        check = Checker(args.folder, Key(line))
        check.logs()
        check.tables()
    except (OSError, ValueError, sqlite3.Error) as e:
        print("check_log:", e, file=sys.stderr)
        return 2
    print("%d leaves, %d row versions, %d rows" % (check.leaves, check.versions, check.rows))
    for log, (size, root) in sorted(check.heads.items()):
        print("  %s/%d %d %s" % (check.key.name, log, size, root.hex()[:32]))
    for line in check.found:
        print(line)
    print("key", check.key.fingerprint())
    return 1 if check.found else 0


if __name__ == "__main__":
    sys.exit(main())
