#!/usr/bin/env python3
"""migrations.py OUT.c NNNN_name.sql ...: the migrations as one C table (db/migrate.h)."""
import os
import sys


def c_string(text):
    """The text as adjacent C string literals, one a line."""
    lines = text.split("\n")
    return "\n".join('        "' + l.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?") + '\\n"' for l in lines)


out, inputs = sys.argv[1], sorted(sys.argv[2:], key=os.path.basename)
with open(out, "w", encoding="utf-8") as f:
    f.write('#include "db/migrate.h"\nconst struct migration migrations[] = {\n')
    for want, path in enumerate(inputs, 1):
        base = os.path.basename(path)
        number, name = int(base[:4]), base[5:-4]
        if number != want:
            sys.exit(f"{base}: expected number {want:04d}")
        sql = open(path, encoding="utf-8").read()
        f.write(f'    {{{number}, "{name}",\n{c_string(sql)}}},\n')
    f.write("    {0, NULL, NULL},\n};\n")
