"""Rows for every table of a database, made from its catalogue alone, for tests that carry a whole database from one place or schema to another. What
a column means is known of few (CHOSEN, PEOPLE); the rest is as awkward as its type and rules allow. Five rows a table: the first is as empty as it may be (NULL
wherever NULL may stand), the others have every column set."""
import collections
import glob
import hashlib
import itertools
import os
import re
import secrets
import sqlite3
import struct

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
FILES = sorted(glob.glob(f"{TOP}/migrations/*.sql"))
NEWEST = len(FILES)
ROWS = 5
IDS = [1, 2, 4, 7, 11]  # with gaps, as in life
LAST_MS, LAST_DAY = 253402300799999, 2932896  # the end of the year 9999: times are what the program may write, not what 64 bits may hold
BIG = [0, 2**63 - 1, -2**63, 1, 1234567890123]
SMALL = [0, 2**31 - 1, -2**31, 1, 31415]
MOMENTS = [0, LAST_MS, 1, 1700000000123, 1600000000456]
DAYS = [0, LAST_DAY, 1, 19700, 20100]
WORDS = ["", "Blåbærsyltetøy på skjærtorsdag: ÆØÅ æøå éü €", "مرحبا بكم في البرنامج ١٢٣", " \\x00ff 'q' \"w\" %s $1 \\N NULL\t\r\nnew\\nline; -- /* <b>&amp; ", "🌱👩🏽‍⚕️🇳🇴 𝔘𝔫𝔦 ﷽ e\u0301\u200f\ufeff"]
WIDE = 200  # characters in a column that an index has: PostgreSQL's have room for 2,700 bytes
LONG = 20000
# Names of columns that point at an account without saying so to the database.
PEOPLE = r"(by_account|given_by|(created|changed|answered|resolved|ended)_by|(adviser|nav_contact|interviewer)_id|owner_account)"


def insertion(client, text):
    """A whole update of a living document (Yjs v1): that client writes that text."""
    b = text.encode()
    n = bytes()
    k = len(b)
    while k > 127:
        n += bytes([k & 127 | 128])
        k >>= 7
    return bytes([1, 1, client, 0, 4, 1, 1]) + b"a" + n + bytes([k]) + b + b"\0"


def number(n):
    out = bytes()
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def edit(i):
    return insertion(10 + i, (WORDS[i] or "first") * (1 + 400 * (i == 1)))


def record(i):
    return number(IDS[i]) + number(IDS[i]) + number(MOMENTS[i]) + number(len(edit(i))) + edit(i)


# What a migration looks for, and what has a form of its own: row by row.
CHOSEN = {
    ("account_role", "role"): ["adviser", "project_leader", "project_leader", "nav_contact", "mentor"],
    ("account_role", "until_at"): [0, 0, 0, LAST_MS, 1],
    ("participant", "address_protection"): [0, 2, 2, 1, 2],
    ("document_log", "seq"): [1] * ROWS,
    ("document_log", "data"): [edit(i) for i in range(ROWS)],
    ("document_snap", "seq"): [1] * ROWS,
    ("document_snap", "state"): [edit(i) for i in range(ROWS)],
    ("document_version", "state"): [edit(i) for i in range(ROWS)],
    ("live_journal", "records"): [record(i) for i in range(ROWS)],
    ("server", "seen_at"): [0, 1, 2, 3, 4],  # long gone: with one that is there nothing is upgraded
}


class Table:
    def __init__(self, c, name, sql):
        q = lambda pragma: c.execute(f'PRAGMA {pragma}("{name}")').fetchall()
        self.name, self.sql = name, sql
        self.columns = {r[1]: r for r in q("table_info")}  # (cid, name, type, notnull, default, pk)
        self.key = [n for n, r in sorted(self.columns.items(), key=lambda x: x[1][5]) if r[5]]
        self.parents = {r[3]: (r[2], r[4]) for r in q("foreign_key_list")}
        indexes = [(r[2], [x[2] for x in c.execute(f'PRAGMA index_info("{r[1]}")')]) for r in q("index_list")]
        self.unique = {n for u, names in indexes if u for n in names} | set(self.key)
        self.indexed = {n for _, names in indexes for n in names} | set(self.key)
        for column in self.columns:
            parent = column[:-3] if column.endswith("_id") else ""
            if column in self.parents:
                continue
            if re.fullmatch(PEOPLE, column):
                self.parents[column] = ("account", "id")
            elif c.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (parent,)).fetchone():
                self.parents[column] = (parent, "id")

    def own_key(self, column):
        return len(self.key) == 1 and self.key[0] == column and self.columns[column][2].upper() == "INTEGER"


def tables_of(c):
    return {n: Table(c, n, s) for n, s in c.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version' ORDER BY name")}


def value(tables, t, column, i):
    """Of the row i; differs from row to row where it must."""
    _, _, kind, notnull, default, _ = t.columns[column]
    if (t.name, column) in CHOSEN:
        return CHOSEN[t.name, column][i]
    if t.own_key(column) and column not in t.parents:
        return IDS[i]
    if column in t.parents:
        unique, (parent, at) = column in t.unique, t.parents[column]
        if i == 0 and not unique and (not notnull or default == "0"):
            return None if not notnull else 0
        parent = tables[parent]
        return value(tables, parent, at or parent.key[0], i if unique else (2 * i + 1) % ROWS)
    if i == 0 and not notnull and column not in t.key:
        return None
    kind = kind.upper()
    if kind == "TEXT":
        text = f"{i} {WORDS[i]}" if column in t.unique else WORDS[i]
        if i == 1 or not text:
            text += f" {t.name}.{column}" * (i == 1)
            text = (text * LONG)[:WIDE if column in t.indexed else LONG] if i == 1 else text
        return text
    if kind == "BLOB":
        return [b"", bytes(range(256)) * 300, b"\0", os.urandom(100), b"\\x00"][i]
    if kind == "INTEGER":
        return (DAYS if re.search(r"(_on|day)$", column) else SMALL)[i]
    if kind == "BIGINT":
        return (MOMENTS if re.search(r"(^|_)at$", column) else BIG)[i]
    raise ValueError(f"{t.name}.{column}: what is a {kind}?")


def allowed(t, row, i):
    """Other rows for one that a CHECK refuses: each column that it may be about takes in turn what the table's text says, each row beginning elsewhere."""
    said = [s.replace("''", "'") for s in re.findall(r"'((?:[^']|'')*)'", t.sql)] + [int(x) for x in re.findall(r"(?<![\w'.])-?\d+(?![\w'.])", t.sql)]
    said = said[i % len(said):] + said[:i % len(said)] if said else []
    checked = [c for c in row if len(re.findall(rf"\b{c}\b", t.sql)) > 1 and c not in t.key and c not in t.parents]
    for n in range(1, 4):
        for some in itertools.combinations(checked, n):
            for values in itertools.product(said, repeat=n):
                yield {**row, **dict(zip(some, values))}


def fill(c):
    """Every table of this (sqlite3) connection. Gives what could not be filled, with why. Rules of foreign keys are looked at at the end: so cycles fill."""
    c.execute("PRAGMA foreign_keys=OFF")
    tables, bad = tables_of(c), []
    for t in tables.values():
        for i in range(ROWS):
            row = {n: value(tables, t, n, i) for n in t.columns}
            why = None
            for tried in itertools.islice(itertools.chain([row], allowed(t, row, i)), 20000):
                try:
                    c.execute(f'INSERT INTO "{t.name}" VALUES ({", ".join("?" * len(tried))})', list(tried.values()))
                    why = None
                    break
                except Exception as e:
                    why = why or f"{t.name}, row {i}: {e}"
                    if "CHECK" not in str(e):
                        break
            bad += [why] if why else []
    if "document_log" in tables:
        c.execute("INSERT INTO document_log SELECT document_id, 2, account_id, from_at, at, 1, ? FROM document_log WHERE document_id = ?", (b"\0\0", IDS[1]))
        c.execute("UPDATE document_snap SET seq = 2 WHERE document_id = ?", (IDS[1],))
    if "log_line" in tables:
        chains(c)
    bad += [f"points nowhere: {r}" for r in c.execute("PRAGMA foreign_key_check").fetchall()]
    for t in tables.values():
        for n, (_, _, _, notnull, _, _) in t.columns.items():
            several, nulls, rows = c.execute(f'SELECT COUNT(DISTINCT "{n}"), COUNT(*) - COUNT("{n}"), COUNT(*) FROM "{t.name}"').fetchone()
            if rows < ROWS or several < 2 or (not notnull and n not in t.key and not nulls):
                bad.append(f"{t.name}.{n}: {rows} rows, {several} values, {nulls} NULL")
    return bad


# ---- the log: each line has the hash of the one before it (src/domain/logchain.c)

LINE = ("organisation_id", "seq", "at", "account_id", "from_organisation_id", "role", "participant_id", "act", "what", "subject_id", "outcome", "event_id", "reason_hash", "request")


def text(s):
    b = str(s).encode()
    return struct.pack(">I", len(b)) + b


def blake(b):
    return hashlib.blake2b(b, digest_size=32).hexdigest()


def chains(c):
    """Whole ones instead of the rows that were made without thinking: a line of each event, and lines without one; one chain whose beginning is gone already."""
    lines = [dict(zip(LINE, r)) for r in c.execute(f"SELECT {', '.join(LINE)} FROM log_line ORDER BY id").fetchall()]
    events = c.execute("SELECT organisation_id, at, account_id, role, participant_id, kind, subject_id, outcome, id, reason, reason_salt FROM event ORDER BY id").fetchall()
    c.execute("DELETE FROM log_line")
    made = [dict(x, event_id=0, reason_hash="") for x in lines]
    for x, e in zip(lines, events):
        made.append(dict(x, **dict(zip(("organisation_id", "at", "account_id", "role", "participant_id", "what", "subject_id", "outcome", "event_id"), e[:9])), act="change",
                         reason_hash=blake(text(e[10]) + e[9].encode()) if e[9] else ""))
    made.append(dict(lines[1], organisation_id=0, event_id=0, reason_hash=""))  # the installation's own
    heads = {n: (0, "0" * 64) for n in {x["organisation_id"] for x in made}}
    with_gone = "gone_seq" in [r[1] for r in c.execute("PRAGMA table_info(log_head)")]
    gone = (3, blake(b"what went")) if with_gone else (0, "")
    if with_gone:
        heads[IDS[1]] = gone
    for x in made:
        n, before = heads[x["organisation_id"]]
        x["seq"] = n + 1
        heads[x["organisation_id"]] = (n + 1, blake(before.encode() + b"".join(text(x[k]) for k in LINE)))
        c.execute(f"INSERT INTO log_line ({', '.join(LINE)}, hash) VALUES ({', '.join('?' * len(LINE))}, ?)", (*[x[k] for k in LINE], heads[x["organisation_id"]][1]))
    old = [dict(zip([d[0] for d in cur.description], r)) for cur in [c.execute("SELECT * FROM log_head ORDER BY organisation_id")] for r in cur.fetchall()]
    c.execute("DELETE FROM log_head")
    for x, (org, (n, hash_)) in zip(itertools.cycle(old), heads.items()):
        x = dict(x, organisation_id=org, seq=n, hash=hash_)
        if with_gone:
            x["gone_seq"], x["gone_hash"] = gone if org == IDS[1] else (0, "")
        c.execute(f"INSERT INTO log_head ({', '.join(x)}) VALUES ({', '.join('?' * len(x))})", list(x.values()))


# ---- a whole installation of then


def step(n):
    """The migration's number, name and hash as the program notes them, and its text."""
    with open(FILES[n - 1], encoding="utf-8") as f:
        script = f.read() + "\n"  # tools/migrations.py ends each line
    return n, os.path.basename(FILES[n - 1])[5:-4], blake(script.encode()), script


def statements(script):
    so_far = ""
    for piece in re.findall(r"[^;]*;", script):
        so_far += piece
        if sqlite3.complete_statement(so_far):
            yield so_far
            so_far = ""


def installation(data, schema):
    """A data folder as a program of that schema left it, with rows in every table; what could not be filled. Every other schema with AUTOINCREMENT, as
    programs make them by now (docs/decisions/0010-numbers.md)."""
    os.makedirs(data, mode=0o700, exist_ok=True)
    c = sqlite3.connect(f"{data}/springbrett.db", isolation_level=None)
    for sql in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "BEGIN"):
        c.execute(sql)
    c.execute("CREATE TABLE schema_version ( number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)")
    for *row, script in map(step, range(1, schema + 1)):
        for sql in statements(script if schema % 2 else script.replace(" id INTEGER PRIMARY KEY,", " id INTEGER PRIMARY KEY AUTOINCREMENT,")):
            c.execute(sql)
        c.execute("INSERT INTO schema_version VALUES (?, ?, ?, 1700000000000)", row)
    bad = fill(c)
    c.execute("COMMIT")
    c.close()
    os.chmod(f"{data}/springbrett.db", 0o600)
    with os.fdopen(os.open(f"{data}/secret.key", os.O_CREAT | os.O_WRONLY, 0o600), "wb") as f:
        f.write(secrets.token_bytes(32))
    return bad


# ---- is it all still there


# What a migration is meant to change. Everything else must come out of an upgrade as it went in.
GONE = {"lookup": "0007 makes lines of the log of it"}
GROWS = {"schema_version": "each step notes itself"}


def read_file(name):
    c = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
    got = {}
    for n, in c.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        cur = c.execute(f'SELECT * FROM "{n}"')
        got[n] = ([d[0] for d in cur.description], cur.fetchall())
    c.close()
    return got


def bag(rows):
    return collections.Counter(map(repr, rows))


def part(table, columns):
    names, rows = table
    at = [names.index(c) for c in columns]
    return [tuple(r[i] for i in at) for r in rows]


def differences(before, after, grows=GROWS):
    """Of what was there before: every table, column, row and value; {table: what}. `grows`: tables that may have more rows."""
    found = {}
    for t, (names, rows) in before.items():
        if t not in after:
            if t not in GONE:
                found[t] = "the table is gone"
            continue
        lost = [n for n in names if n not in after[t][0]]
        if lost:
            found[t] = f"columns are gone: {lost}"
            continue
        was, now = bag(rows), bag(part(after[t], names))
        less, more = was - now, now - was
        if less or (more and t not in grows):
            found[t] = f"{sum(less.values())} rows are not as they were, {sum(more.values())} others: {next(iter(less), '')[:200]} / {next(iter(more), '')[:200]}"
    return found
