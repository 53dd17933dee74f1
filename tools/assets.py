#!/usr/bin/env python3
"""assets.py OUT.c DIST [DEPFILE]: the files of DIST as a C table for src/http/assets.c.

The bytes come in by the assembler's .incbin, which gcc and clang both understand: no megabytes of numbers to compile.
FILE.br and FILE.gz beside a FILE are its compressed forms. Files that start with a dot are not served. Without DIST, or
with an empty one, the table is empty: the program then runs without its look, which is enough for the tests of everything else.
The address /assets/NAME-HASH.EXT must agree with web/build.mjs, which writes it into the stylesheet.
"""
import hashlib
import os
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
PLAIN = {"favicon.svg"}  # also served at /NAME, for browsers that ask without being told


def files(dist):
    for folder, below, names in os.walk(dist):
        below.sort()
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith((".br", ".gz")):
                yield name, os.path.join(folder, name)


def quoted(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bytes_of(symbol, path):
    """The C text that names the bytes of a file, and its length."""
    size = os.path.getsize(path)
    inner = os.path.abspath(path).replace("\\", "\\\\").replace('"', '\\"')
    # Two levels: a C string that holds the assembler's own quoted string.
    return (
        "__asm__(\".section .rodata\\n.balign 16\\n.global {0}\\n.hidden {0}\\n.type {0}, %object\\n.size {0}, {1}\\n\"\n"
        "        \"{0}:\\n.incbin \\\"\" {2} \"\\\"\\n.byte 0\\n.previous\\n\");\n"
        "extern const char {0}[];\n"
    ).format(symbol, size, quoted(inner)), "{%s, %d}" % (symbol, size)


def table(dist):
    heads, rows, seen = [], [], set()
    for i, (name, path) in enumerate(files(dist)):
        if name in seen:
            sys.exit(f"assets.py: two files called {name}")
        seen.add(name)
        stem, ext = os.path.splitext(name)
        if ext not in TYPES:
            sys.exit(f"assets.py: no content type for {path}")
        with open(path, "rb") as f:
            digest = hashlib.sha256(f.read()).hexdigest()[:12]
        forms = []
        for kind in ("", ".br", ".gz"):
            if os.path.exists(path + kind):
                head, view = bytes_of(f"asset_bytes_{i}{kind.replace('.', '_')}", path + kind)
                heads.append(head)
                forms.append(view)
            else:
                forms.append("{0, 0}")
        address = f"/assets/{stem}-{digest}{ext}"
        plain = f"/{name}" if name in PLAIN else ""
        rows.append(
            f'    {{{quoted(name)}, {{{quoted(address)}, {len(address)}}}, {{{quoted(plain)}, {len(plain)}}},\n'
            f'     {quoted(TYPES[ext])}, {quoted(digest)}, {", ".join(forms)}}},\n')
    return heads, rows


def main():
    out, dist = sys.argv[1], sys.argv[2]
    heads, rows = table(dist)
    with open(out, "w") as f:
        f.write('/* Made by tools/assets.py. */\n#include "http/assets.h"\n\n')
        f.writelines(heads)
        f.write("\nconst struct asset assets[] = {\n")
        f.writelines(rows)
        f.write("    {0, {0, 0}, {0, 0}, 0, 0, {0, 0}, {0, 0}, {0, 0}},\n};\n")
        f.write(f"const size_t n_assets = {len(rows)};\n")
    if len(sys.argv) > 3:
        # Folders too: a new file changes its folder's time, so nobody has to configure again.
        deps = [dist] if os.path.isdir(dist) else [os.path.dirname(dist)]
        for folder, _, names in os.walk(dist):
            deps += [folder] + [os.path.join(folder, n) for n in sorted(names)]
        with open(sys.argv[3], "w") as f:
            f.write(out.replace(" ", "\\ ") + ": " + " ".join(d.replace(" ", "\\ ") for d in deps) + "\n")


main()
