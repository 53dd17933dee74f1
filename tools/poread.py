"""poread.py: reads .po files for the tools beside it. Knows what gettext writes: comments, flags, plural, obsolete entries, escapes."""
import re
import sys


class Entry:
    def __init__(self, line):
        self.line = line      # where it begins
        self.id = None
        self.plural = None    # msgid_plural
        self.to = []          # translations, one per form
        self.fuzzy = False
        self.obsolete = False
        self.refs = []        # files it occurs in


ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\", "?": "?", "'": "'"}


def unquote(s, where):
    s = s.strip()
    if len(s) < 2 or s[0] != '"' or s[-1] != '"':
        sys.exit("%s: not a string in quotes" % where)

    def one(m):
        c = m.group(1)
        if c[0] in "01234567":
            return chr(int(c, 8))
        if c not in ESCAPES:
            sys.exit("%s: unknown escape \\%s" % (where, c))
        return ESCAPES[c]
    return re.sub(r"\\([0-7]{1,3}|.)", one, s[1:-1])


def keyword(e, line, where):
    """Begins the string that `line` names; returns (attribute, index)."""
    m = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d)\])?)\s*(?=\")", line)
    if not m:
        sys.exit("%s: not understood: %s" % (where, line))
    word, rest = m.group(1), unquote(line[m.end():], where)
    if word == "msgctxt":
        sys.exit("%s: msgctxt is not used in this program" % where)
    if word == "msgid":
        e.id = rest
        return "id", 0
    if word == "msgid_plural":
        e.plural = rest
        return "plural", 0
    at = int(m.group(2) or 0)
    while len(e.to) <= at:
        e.to.append("")
    e.to[at] = rest
    return "to", at


def read(name):
    """All entries of a file, the header (empty id) first."""
    with open(name, encoding="utf-8") as f:
        lines = f.read().split("\n")
    found, e, last = [], None, None
    for no, line in enumerate(lines + [""], 1):
        where = "%s:%d" % (name, no)
        line = line.strip()
        if line.startswith("#~"):
            line = line[2:].strip()
            old = True
        else:
            old = False
        starts = line.startswith("#") or re.match(r"msg(id\s|ctxt)", line)
        if e and (not line or starts and e.to):
            if e.id is not None:
                found.append(e)
            e = None
        if not line or line.startswith("|"):
            continue
        e = e or Entry(no)
        e.obsolete |= old
        if line.startswith("#,"):
            e.fuzzy |= "fuzzy" in line
        elif line.startswith("#:"):
            e.refs += line[2:].split()
        elif line.startswith("#"):
            pass
        elif line.startswith('"'):
            what, at = last
            if what == "to":
                e.to[at] += unquote(line, where)
            else:
                setattr(e, what, getattr(e, what) + unquote(line, where))
        else:
            last = keyword(e, line, where)
    return found
