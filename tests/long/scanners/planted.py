#!/usr/bin/env python3
"""planted.py PORT: a small server with one fault for each scanner: an answer that echoes (wapiti), a query put together (sqlmap), a folder that
nobody should find (ffuf). For 127.0.0.1 only; it holds nothing."""
import http.server
import sqlite3
import sys
import urllib.parse

db = sqlite3.connect(":memory:", check_same_thread=False)
db.executescript("CREATE TABLE thing (id INTEGER, name TEXT); INSERT INTO thing VALUES (1, 'one'), (2, 'two');")


class Planted(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        q = dict(urllib.parse.parse_qsl(query))
        status, body = 200, '<!doctype html><title>x</title><a href="/echo?q=a">a</a> <a href="/thing?id=1">b</a><form action="/echo"><input name="q"></form>'
        if path == "/echo":
            body = f"<!doctype html><title>x</title><p>{q.get('q', '')}</p>"
        elif path == "/thing":
            try:
                body = "<p>" + str(db.execute(f"SELECT name FROM thing WHERE id = {q.get('id', '0')}").fetchall()) + "</p>"
            except sqlite3.Error as e:
                status, body = 500, f"sqlite3.OperationalError: {e}"
        elif path == "/backup":
            body = "what nobody should find"
        elif path != "/":
            status, body = 404, "no"
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode("utf-8", "replace"))

    def log_message(self, *a):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Planted).serve_forever()
