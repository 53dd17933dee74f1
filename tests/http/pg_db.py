"""A database of PostgreSQL for tests that were written for sqlite3's module: as much of a connection as they use, over psql. Values come back as JSON has
them. TEST_DATABASE names the server (tests/pg)."""
import hashlib
import json
import os
import re
import subprocess

SERVER = os.environ.get("TEST_DATABASE", "")
made = {}


def psql(url, sql):
    p = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", url], input=sql, capture_output=True, text=True, timeout=60)
    if p.returncode:
        raise RuntimeError(f"{p.stderr} {sql[:500]}")
    return p.stdout


def url_of(data):
    """The database that stands for this data folder; made when it is asked for the first time."""
    data = os.path.abspath(data)
    if data not in made:
        name = "t_" + hashlib.sha256(data.encode()).hexdigest()[:16]
        psql(SERVER, f"CREATE DATABASE {name}")
        made[data] = SERVER.rsplit("/", 1)[0] + "/" + name
    return made[data]


def literal(v):
    if v is None:
        return "NULL"
    if isinstance(v, (bytes, bytearray)):
        return f"'\\x{v.hex()}'::bytea"
    return str(int(v)) if isinstance(v, (bool, int)) else "'" + str(v).replace("'", "''") + "'"


class Answer:
    def __init__(self, rows, names, changed):
        self.rows, self.rowcount = iter(rows if changed < 0 else ()), changed
        self.lastrowid = rows[-1][names.index("id")] if changed and "id" in names else None

    def fetchone(self):
        return next(self.rows, None)

    def fetchall(self):
        return list(self.rows)

    def __iter__(self):
        return self.rows


class Connection:
    """Each statement is a transaction of its own."""

    def __init__(self, data):
        self.url = url_of(data)

    def execute(self, sql, params=()):
        if sql.startswith("PRAGMA"):
            return Answer([], [], -1)
        params = list(params)
        sql = re.sub(r"\?", lambda _: literal(params.pop(0)), sql)
        reads = re.match(r"(?i)\s*(SELECT|WITH)\b", sql)
        if not reads and not re.match(r"(?i)\s*(INSERT|UPDATE|DELETE)\b", sql):
            psql(self.url, sql)
            return Answer([], [], 0)
        out = psql(self.url, f"SELECT row_to_json(t) FROM ({sql}) t" if reads else f"WITH t AS ({sql} RETURNING *) SELECT row_to_json(t) FROM t")
        pairs = [json.loads(line, object_pairs_hook=list) for line in out.splitlines()]
        rows = [tuple(bytes.fromhex(v[2:]) if isinstance(v, str) and v.startswith("\\x") else v for _, v in p) for p in pairs]
        return Answer(rows, [k for k, _ in pairs[0]] if pairs else [], -1 if reads else len(rows))

    def close(self):
        pass

    def iterdump(self):
        p = subprocess.run(["pg_dump", "--data-only", "--inserts", self.url], capture_output=True, text=True, timeout=60)
        if p.returncode:
            raise RuntimeError(p.stderr)
        return iter(p.stdout.splitlines())
