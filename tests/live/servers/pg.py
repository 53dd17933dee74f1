#!/usr/bin/env python3
"""pg.py: a private PostgreSQL (tests/pg) that is told what to do on standard input, and removed at its end. A line each: create NAME, stop,
kill, start. Each is answered with a line: the url, or ok."""
import importlib.machinery, importlib.util, os, signal, sys

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "pg")
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("pg", path)
pg = importlib.util.module_from_spec(importlib.util.spec_from_loader("pg", loader))
loader.exec_module(pg)

server = pg.Server(fsync="on").init().start()
try:
    print(server.port, flush=True)
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "create":
            print(server.create(rest[0]), flush=True)
            continue
        if word == "stop":
            server.stop(signal.SIGINT)
        elif word == "kill":
            server.stop(signal.SIGQUIT)  # at once, as after a power cut
        elif word == "start":
            server.start()
        print("ok", flush=True)
finally:
    server.remove()
