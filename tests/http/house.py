"""The real program on a data folder of its own, and visitors who talk to it. For tests/http/*.test: Python's own library only. Under tests/pg each data
folder has a database of PostgreSQL instead of its file; what is about SQLite's own file says so with ON_SQLITE."""
import glob
import hashlib
import html.parser
import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import pg_db

ON_SQLITE = not pg_db.SERVER
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""
ENV = dict(os.environ, UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1",
           # what was freed is kept for a while under the sanitizer: little of it, so that memory can be watched
           ASAN_OPTIONS="abort_on_error=1:detect_leaks=1:quarantine_size_mb=8:allocator_release_to_os_interval_ms=100")
ROLES = ["administrator", "project_leader", "adviser", "nav_contact"]


class Checks:
    """Counts, and says what was wrong. close() prints the last line and gives the exit status."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def __call__(self, cond, what, detail=""):
        if cond:
            self.passed += 1
            print(f"ok {what}")
        else:
            self.failed += 1
            print(f"not ok {what}" + (f"\n# {str(detail)[:1500]}" if detail != "" else ""))
        sys.stdout.flush()
        return bool(cond)

    def same(self, got, want, what):
        return self(got == want, what, f"got {got!r}, wanted {want!r}")

    def lacks(self, what):
        """What `tools/setup test` installs is not there: a failure, lest a test that tried nothing passes. ALLOW_SKIP=1: by hand, where it cannot be had."""
        if os.environ.get("ALLOW_SKIP") == "1":
            print(f"# SKIP: no {what}")
        else:
            self(False, f"there is no {what} (tools/setup test installs it; ALLOW_SKIP=1 goes on without)")

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def main(run):
    """Runs run(ok, folder); what it leaves behind is removed, also when it fails."""
    if not PROGRAM or not os.access(PROGRAM, os.X_OK):
        sys.exit(f"usage: {sys.argv[0]} PROGRAM")
    ok = Checks()
    folder = tempfile.mkdtemp(prefix="springbrett-")
    try:
        run(ok, folder)
    except Exception as e:  # the counts so far still stand
        import traceback
        traceback.print_exc(file=sys.stdout)
        ok(False, f"the test ran to its end: {e!r}")
    finally:
        for s in list(Site.running):
            s.kill()
        if not ON_SQLITE:
            logs = glob.glob(os.path.join(glob.escape(folder), "**", "*.log"), recursive=True)
            ok([x for x in logs if tells_password(open(x, "rb").read())] + Site.told == [], "the database's password is in no log and in no command's answer", Site.told)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(ok.close())


def where(words):
    """For a command that names a data folder: its database too."""
    if ON_SQLITE or "--data" not in words[:-1] or "--database" in words:
        return []
    return ["--database", pg_db.url_of(words[words.index("--data") + 1])]


def tells_password(said):
    """Both as it is and as a url spells it."""
    word = urllib.parse.urlsplit(pg_db.SERVER).password or ""
    return any(w.encode() in said for w in (word, urllib.parse.unquote(word)) if w)


def call(*words, timeout=120, **kw):
    """The program as a command: (exit status, stdout, stderr)."""
    p = subprocess.run([PROGRAM, *words, *where(words)], capture_output=True, text=True, timeout=timeout, env=ENV, **kw)
    if not ON_SQLITE and tells_password((p.stdout + p.stderr).encode()):
        Site.told.append(words)
    return p.returncode, p.stdout, p.stderr


def has_command(name):
    return f"springbrett {name} " in call("--help")[1]


def db(data):
    if not ON_SQLITE:
        return pg_db.Connection(data)
    c = sqlite3.connect(os.path.join(data, "springbrett.db"), timeout=20, isolation_level=None)
    c.execute("PRAGMA synchronous=FULL")
    return c


def rows_of(data, sql, *params):
    c = db(data)
    got = c.execute(sql, params).fetchall()
    c.close()
    return got


def text_columns(data):
    """[(table, column)] of words; without keys."""
    if not ON_SQLITE:
        return rows_of(data, "SELECT c.table_name, c.column_name FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.data_type = 'text' "
                       "AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage k JOIN information_schema.table_constraints t ON t.constraint_name = k.constraint_name "
                       "AND t.constraint_type = 'PRIMARY KEY' WHERE k.table_name = c.table_name AND k.column_name = c.column_name) ORDER BY 1, 2")
    c = db(data)
    tables = [t for t, in c.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    found = [(t, column) for t in tables for _, column, kind, _, _, key in c.execute(f"PRAGMA table_info({t})").fetchall() if kind == "TEXT" and not key]
    c.close()
    return found


def token_hash(token):
    return hashlib.blake2b(token.encode(), digest_size=32).hexdigest()


def make(data, people=0):
    """A data folder by `init`, with an account for each role of the staff (and a second leader), and participants by `import`."""
    rc, out, err = call("init", "--data", data)
    if rc:
        raise RuntimeError(f"init: {rc} {err}")
    c = db(data)
    now = int(time.time() * 1000)
    org = c.execute("SELECT MIN(id) FROM organisation").fetchone()[0]
    for name in ROLES[1:] + ["project_leader2"]:
        role = name.rstrip("2")
        a = c.execute("INSERT INTO account (email, name, created_at) VALUES (?, ?, ?)", (f"{name}@example.no", name.title(), now)).lastrowid
        c.execute("INSERT INTO account_role (account_id, organisation_id, role, from_at) VALUES (?, ?, ?, ?)", (a, org, role, now))
    c.close()
    if people:
        name = os.path.join(data, "people.csv")
        with open(name, "w", encoding="utf-8") as f:
            f.write("Referanse;Fornavn;Etternavn;Fødselsår\n")
            for i in range(people):
                f.write(f"R{i:05};Person{i};Prøve{i};{1960 + i % 40}\n")
        rc, out, err = call("import", "participants", name, "--data", data)
        if rc:
            raise RuntimeError(f"import: {rc} {err}")
        os.unlink(name)
    return out


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __getitem__(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:400]!r}"


class Raw:
    """An answer read from bytes."""

    def __init__(self, got):
        head, _, self.body = got.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        m = re.match(r"HTTP/1\.1 (\d+)", lines[0])
        self.status = int(m[1]) if m else 0
        self.headers = [tuple(x.split(": ", 1)) for x in lines[1:] if ": " in x]

    def __getitem__(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


class Site:
    running = []
    told = []  # commands that said what they must not

    def __init__(self, data, *words, env=None):
        self.data = data
        self.log_name = f"{data.rstrip('/')}.log"
        self.log = open(self.log_name, "ab")
        serve = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", *words]
        self.p = subprocess.Popen([PROGRAM, *serve, *where(serve)], stdout=subprocess.PIPE,
                                  stderr=self.log, text=True, env=dict(ENV, **(env or {})))
        Site.running.append(self)
        line = self.p.stdout.readline()
        m = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not m:
            self.p.wait(10)
            raise RuntimeError(f"it did not start: {line!r} {self.read_log()[-800:]}")
        self.port = int(m[1])
        self.metrics_port = int(re.search(r"http://127\.0\.0\.1:(\d+)/metrics", self.p.stdout.readline())[1])

    def read_log(self):
        with open(self.log_name, encoding="utf-8", errors="replace") as f:
            return f.read()

    def stop(self, seconds=30):
        """SIGTERM: the exit status; how long it took stands in .took"""
        t = time.monotonic()
        self.p.send_signal(signal.SIGTERM)
        try:
            rc = self.p.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            rc = None
        self.took = time.monotonic() - t
        if self in Site.running:
            Site.running.remove(self)
        self.p.stdout.close()
        self.log.close()
        return rc

    def kill(self):
        if self.p.poll() is None:
            self.p.kill()
        self.p.wait()
        if self in Site.running:
            Site.running.remove(self)
        if not self.p.stdout.closed:
            self.p.stdout.close()
        self.log.close()

    def open(self, timeout=60):
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def raw(self, data, timeout=20):
        """Sends bytes as they are, and gives everything that comes back until the other side closes or is silent."""
        got = b""
        with self.open(timeout) as s:
            try:
                s.sendall(data)
            except OSError:
                pass
            try:
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    got += piece
                    head, sep, body = got.partition(b"\r\n\r\n")
                    m = re.search(rb"(?i)content-length: (\d+)", head)
                    if sep and m and len(body) >= int(m[1]):
                        break
            except OSError:
                pass
        return got

    def ask(self, method, target, body=None, headers=None, timeout=60, port=None):
        c = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            c.putrequest(method, target, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
            for k, v in (headers or {}).items():
                c.putheader(k, v)
            if body is not None:
                c.putheader("Content-Length", str(len(body)))
            c.endheaders()
            try:
                if body is not None:
                    c.send(body)
            except OSError:
                pass  # it may have refused and closed before it read everything
            r = c.getresponse()
            return Answer(r.status, r.getheaders(), r.read())
        finally:
            c.close()

    def get(self, target, **headers):
        return self.ask("GET", target, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def metrics(self):
        return self.ask("GET", "/metrics", port=self.metrics_port)

    def metric(self, name):
        m = re.search(rf"(?m)^{re.escape(name)} (\S+)$", self.metrics().text)
        return float(m[1]) if m else None

    def answered(self, kind):
        """How many answers of that class ("4xx") there were."""
        return sum(int(n) for n in re.findall(rf'(?m)^springbrett_requests_total\{{.*class="{kind}"\}} (\d+)$', self.metrics().text))

    def resident_mb(self):
        return self.metric("process_resident_memory_bytes") / 1e6

    def visitor(self, role=None, email=None):
        """Somebody without a login, or with a session as that role (or e-mail address), made in the database."""
        v = Visitor(self)
        if role or email:
            c = db(self.data)
            now = int(time.time() * 1000)
            row = c.execute("SELECT r.id, r.account_id FROM account_role r JOIN account a ON a.id = r.account_id WHERE (r.role = ? OR a.email = ?) "
                            "AND a.disabled_at = 0 AND r.until_at = 0 ORDER BY r.id LIMIT 1", (role or "", email or "")).fetchone()
            token = secrets.token_urlsafe(32)
            c.execute("INSERT INTO session (token_hash, account_id, account_role_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                      (token_hash(token), row[1], row[0], now, now, now + 7200000))
            c.close()
            v.cookies["sb"] = token
            v.account = row[1]
        return v


class Forms(html.parser.HTMLParser):
    """The forms of a page: method, action, and fields as a browser would send them; its links too."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.form, self.select, self.area = [], [], None, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "a" and a.get("href"):
            self.links.append(a["href"])
        if tag == "form":
            self.form = {"method": a.get("method", "get").lower(), "action": a.get("action", ""), "fields": [], "types": {},
                         "multipart": a.get("enctype") == "multipart/form-data"}
            self.forms.append(self.form)
        if not self.form or not a.get("name") or "disabled" in a:
            if tag == "option" and self.form and self.select:
                self.options.append((a.get("value", ""), "selected" in a))
            return
        kind = a.get("type", "text") if tag == "input" else tag
        self.form["types"].setdefault(a["name"], kind)
        if tag == "input" and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in a:
                self.form["fields"].append((a["name"], a.get("value") or ("on" if kind in ("checkbox", "radio") else "")))
            elif kind == "radio" and not any(k == a["name"] for k, _ in self.form["fields"]):
                self.form["fields"].append((a["name"], a.get("value") or "on"))  # a choice has to be made
        elif tag == "select":
            self.select, self.options = a["name"], []
        elif tag == "textarea":
            self.area, self.text = a["name"], ""

    def handle_data(self, data):
        if self.area:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select and self.form:
            chosen = [v for v, on in self.options if on] or [v for v, _ in self.options[:1]]
            self.form["fields"] += [(self.select, v) for v in chosen[:1]]
            self.select = None
        elif tag == "textarea" and self.area and self.form:
            self.form["fields"].append((self.area, self.text.removeprefix("\n")))
            self.area = None


def encode(fields):
    return urllib.parse.urlencode([(k, v) for k, v in fields], errors="surrogateescape").encode()


class Visitor:
    def __init__(self, site):
        self.site, self.cookies = site, {}

    def send(self, method, target, body=None, headers=None, timeout=60):
        h = {"Accept-Language": "nb"}
        if self.cookies:
            h["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST":
            h["Origin"] = f"http://127.0.0.1:{self.site.port}"
            h["Content-Type"] = "application/x-www-form-urlencoded"
        h.update(headers or {})
        r = self.site.ask(method, target, body, h, timeout)
        for k, v in r.headers:
            if k.lower() == "set-cookie":
                name, _, value = v.split(";")[0].partition("=")
                if re.search(r"(?i)max-age=0\b", v):
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
        return r

    def get(self, target, **kw):
        return self.send("GET", target, **kw)

    def post(self, target, fields, **kw):
        return self.send("POST", target, encode(fields), **kw)

    def form(self, page, action=None):
        """The first form of that page that posts (there), not the ones every page has."""
        r = self.get(page)
        for f in Forms(r.text).forms:
            if f["method"] == "post" and (f["action"] == action if action else f["action"] not in ("/logout", "/account/role")):
                return f
        raise RuntimeError(f"no form {action} on {page}: {r!r}")


def with_field(fields, name, value):
    """The same fields with another value for one."""
    return [(k, v) for k, v in fields if k != name] + [(name, value)]


def upload(fields, files, boundary="----springbrett-test"):
    """A multipart body and its content type; files: (field, filename, bytes)."""
    out = b""
    for k, v in fields:
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
    for k, name, data in files:
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"
    return out + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}
