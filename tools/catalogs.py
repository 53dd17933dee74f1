#!/usr/bin/env python3
"""catalogs.py OUT.c PO...: the catalogs of po/ as C tables (src/text/catalog.h says their form).

The language of a file is its name: nn.po, en.po, ar.po. Fuzzy and obsolete entries are left out, so are empty translations: the
program shows those in bokmål. The hash below must be the one of src/text/text.c; t_text looks up every msgid."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import poread  # noqa: E402

LANGS = ["nn", "en", "ar"]
FORMS = 6
ONE = {"nn": 0, "en": 0, "ar": 1}  # the form for n == 1
MASK = (1 << 64) - 1
K1, K2 = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93


def fold(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK


def text_hash(s):
    h = K1 ^ len(s)
    i = 0
    while len(s) - i >= 8:
        h = fold(h ^ int.from_bytes(s[i:i + 8], "little"), K2)
        i += 8
    return fold(h ^ int.from_bytes(s[i:], "little"), K1)


class Block:
    """All strings, each once."""

    def __init__(self):
        self.at = {b"": 0}
        self.parts = [b""]
        self.size = 1

    def put(self, text):
        b = text.encode()
        if b not in self.at:
            self.at[b] = self.size
            self.parts.append(b)
            self.size += len(b) + 1
        return self.at[b]


def c_string(b):
    out = []
    for c in b:
        if 32 <= c < 127 and c not in b'"\\?':
            out.append(chr(c))
        else:
            out.append("\\%03o" % c)
    return '"' + "".join(out) + '\\000"'


def collect(files):
    """msgid -> [len(LANGS) lists of forms]"""
    texts = {}
    for name in files:
        lang = os.path.splitext(os.path.basename(name))[0]
        if lang not in LANGS:
            sys.exit("%s: no such language; known are %s" % (name, ", ".join(LANGS)))
        for e in poread.read(name):
            if e.fuzzy or e.obsolete or e.id == "":
                continue
            known = texts.setdefault(e.id, {"plural": False, "to": [[] for _ in LANGS]})
            known["plural"] |= e.plural is not None
            if len(e.to) > FORMS:
                sys.exit("%s:%d: more than %d forms" % (name, e.line, FORMS))
            known["to"][LANGS.index(lang)] = (e.plural is not None, e.to)
    return texts


def main():
    out, files = sys.argv[1], sys.argv[2:]
    texts = collect(files)
    slots = 8
    while slots < 2 * len(texts):
        slots *= 2
    table, block, plural = [None] * slots, Block(), []
    for msgid in sorted(texts):
        t = texts[msgid]
        to, forms = [], [[0] * FORMS for _ in LANGS]
        for i, lang in enumerate(LANGS):
            has_plural, got = t["to"][i] or (False, [])
            offs = [block.put(s) for s in got]
            one = ONE[lang] if has_plural else 0
            to.append(offs[one] if len(offs) > one else 0)
            if has_plural:
                forms[i][:len(offs)] = offs
        row = 0
        if t["plural"]:
            plural.append(forms)
            row = len(plural)
        h = text_hash(msgid.encode())
        slot = h & slots - 1
        while table[slot]:
            slot = slot + 1 & slots - 1
        table[slot] = (h >> 32, block.put(msgid), len(msgid.encode()), row, to)
    write(out, table, plural, block)


def write(out, table, plural, block):
    lines = ["/* Made by tools/catalogs.py from po/; do not edit. */", '#include "text/catalog.h"', "",
             "const uint32_t catalog_mask = %d;" % (len(table) - 1), "const struct catalog_entry catalog_entry[] = {"]
    for e in table:
        if e:
            lines.append("    {0x%08x, %d, %d, %d, {%s}}," % (e[0], e[1], e[2], e[3], ", ".join(map(str, e[4]))))
        else:
            lines.append("    {0, 0, 0, 0, {0, 0, 0}},")
    lines += ["};", "const uint32_t catalog_plural[][CATALOG_LANGS][CATALOG_FORMS] = {"]
    for forms in plural or [[[0] * FORMS] * len(LANGS)]:
        lines.append("    {%s}," % ", ".join("{%s}" % ", ".join(map(str, f)) for f in forms))
    lines += ["};", "const char catalog_text[] ="]
    lines += ["    " + c_string(p) for p in block.parts]
    lines.append("    ;")
    with open(out, "w", encoding="ascii") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
