"""What the tests of bad days of a PostgreSQL server share: a server of their own, people who save through all of it, and what must hold afterwards."""
import importlib.machinery
import importlib.util
import os
import secrets
import subprocess
import sys
import threading
import time

from house import Visitor, token_hash, with_field

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/participants/1/gaps"


def pg_module():
    loader = importlib.machinery.SourceFileLoader("pg", os.path.join(os.path.dirname(HERE), "pg"))
    m = importlib.util.module_from_spec(importlib.util.spec_from_loader("pg", loader))
    argv, sys.argv = sys.argv, ["pg"]
    loader.exec_module(m)
    sys.argv = argv
    return m


def psql(url, sql):
    p = subprocess.run(["psql", "-XAtq", url, "-c", sql], capture_output=True, text=True, timeout=60)
    if p.returncode:
        raise RuntimeError(p.stderr)
    return [line.split("|") for line in p.stdout.split("\n") if line]


def leader(site, url):
    now, token = int(time.time() * 1000), secrets.token_urlsafe(32)
    psql(url, f"INSERT INTO account (email, name, created_at) VALUES ('leder@example.no', 'Leder', {now}) ON CONFLICT DO NOTHING")
    a = psql(url, "SELECT id FROM account WHERE email = 'leder@example.no'")[0][0]
    if not psql(url, f"SELECT 1 FROM account_role WHERE account_id = {a}"):
        psql(url, f"INSERT INTO account_role (account_id, organisation_id, role, from_at) VALUES ({a}, 1, 'project_leader', {now})")
    r = psql(url, f"SELECT id FROM account_role WHERE account_id = {a}")[0][0]
    psql(url, f"INSERT INTO session (token_hash, account_id, account_role_id, created_at, seen_at, expires_at) VALUES ('{token_hash(token)}', {a}, {r}, {now}, {now}, {now + 7200000})")
    v = Visitor(site)
    v.cookies["sb"] = token
    return v


class Savers:
    def __init__(self, v, n=4):
        self.v, self.acked, self.refused, self.odd, self.at = v, [], 0, [], []
        self.stop = threading.Event()
        self.fields = v.form("/participants/1", PATH)["fields"]
        self.threads = [threading.Thread(target=self.run, args=(i,)) for i in range(n)]
        for t in self.threads:
            t.start()

    def run(self, i):
        n = 0
        while not self.stop.is_set():
            word = f"{id(self)}-{i}-{n}"
            n += 1
            f = with_field(with_field(with_field(self.fields, "requirement", word), "gap", "Mangler"), "once", secrets.token_urlsafe(32))
            try:
                r = self.v.post(PATH, f, timeout=60)
                if r.status == 303:
                    self.acked.append(word)
                    self.at.append(time.monotonic())
                elif r.status in (500, 503, 507):
                    self.refused += 1
                else:
                    self.odd.append(r.status)
            except Exception as e:
                self.odd.append(repr(e))
            time.sleep(0.01)

    def end(self):
        self.stop.set()
        for t in self.threads:
            t.join()


def day(ok, what, server, url, v, harm, mend):
    s = Savers(v)
    time.sleep(0.7)
    before = len(s.acked)
    harm()
    mend()
    back = time.monotonic()
    end = back + 30
    while not any(t > back for t in s.at) and time.monotonic() < end:
        time.sleep(0.02)
    after = min((t for t in s.at if t > back), default=end) - back
    time.sleep(0.7)
    s.end()
    have = {w for w, in psql(url, "SELECT requirement FROM competence_gap")}
    n = psql(url, "SELECT (SELECT COUNT(*) FROM competence_gap), (SELECT COUNT(*) FROM event WHERE kind = 'gap.added')")[0]
    ok(before > 0 and not s.odd, f"pg: {what}: every answer is a right or an honest one ({len(s.acked)} saved, {s.refused} refused)", s.odd[:5])
    ok([w for w in s.acked if w not in have] == [], f"pg: {what}: nothing acknowledged is lost")
    ok(n[0] == n[1], f"pg: {what}: nothing is there by halves", n)
    ok(after < 5, f"pg: {what}: it goes on {after:.1f} s after the database is back")
    return set(s.acked), have
