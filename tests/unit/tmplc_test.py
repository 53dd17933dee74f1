#!/usr/bin/env python3
"""tmplc_test TMPLC SRC -- CC...: what tmplc makes of tests/data/tmpl/good, and that it or the compiler refuses each of tests/data/tmpl/bad.

good/: compiled, linked with html.c, shown with harmless and with hostile values. The harmless page is good/expected.txt; after a wanted
change, look at the new one and keep it: tmplc_test ... with KEEP=1 in the environment. A hostile page must have the same tags and
attributes as the harmless one, none but the values may differ, and no URL may have become code.
bad/: the first line says who refuses it, in which line and with which words."""
import glob
import html.parser
import os
import re
import subprocess
import sys
import tempfile

WARN = ["-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wconversion", "-Wno-sign-conversion", "-Wshadow", "-Wstrict-prototypes",
        "-Wmissing-prototypes", "-Wformat=2", "-Wno-format-nonliteral", "-Wno-overlength-strings", "-Werror"]
HOSTILE = ["\"'><script>alert(1)</script>", "javascript:alert(1)", "' onclick='f()", "\" onclick=\"f()", "</textarea></title><b>", "--><b>",
           "//evil.example", "\\evil.example", "../../x?y#z", "&quot;&#39;&lt;", "\n<pre>\n", "%22%3e", "{{ x }}[[a]]", "data:text/html,x"]

n_tests = n_bad = 0


def check(ok, what):
    global n_tests, n_bad
    n_tests += 1
    n_bad += not ok
    print("%sok %d - %s" % ("" if ok else "not ", n_tests, what.replace("\n", " / ").replace("#", "")))
    return ok


def run(*argv):
    p = subprocess.run(argv, capture_output=True, text=True, errors="surrogateescape")
    return p.returncode, p.stdout, p.stderr


class Shape(html.parser.HTMLParser):
    """Tags and attribute names in their order; and the attributes' values."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.values, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(a for a, _ in attrs)))
        self.values.extend((tag, a, v or "") for a, v in attrs)

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)

    def handle_comment(self, data):
        self.tags.append("<!--" + data)

    def handle_decl(self, decl):
        self.tags.append("<!" + decl)

    def handle_data(self, data):
        self.text.append(data)


def shape(page):
    s = Shape()
    s.feed(page)
    s.close()
    return s


# A place of ours or one that the templates name; nothing else may come out.
SAFE_URL = re.compile(r"^(|#.*|\?.*|/(?![/\\]).*|https://nav\.no[/?].*|mailto:.*|tel:.*)$", re.I | re.S)


def good(tmplc, src, cc, tmp):
    data = os.path.join(src, "tests/data/tmpl")
    os.mkdir(os.path.join(tmp, "gen"))
    made = []
    for f in sorted(glob.glob(data + "/good/*.html")):
        c = os.path.join(tmp, "gen", os.path.basename(f) + ".c")
        rc, _, err = run(tmplc, f, c, c[:-1] + "h")
        check(rc == 0 and err == "", "%s compiles %s" % (os.path.basename(f), err))
        made.append(c)
    program = os.path.join(tmp, "driver")
    rc, _, err = run(*cc, *WARN, "-fsanitize=address,undefined", "-I" + data, "-I" + tmp, "-I" + src + "/src", "-o", program,
                     data + "/driver.c", *made, src + "/src/http/html.c", src + "/src/base/buf.c", src + "/src/base/base.c")
    if not check(rc == 0, "what it made compiles without a warning " + err):
        return
    rc, page, err = run(program, "nb", "Åse", "2")
    check(rc == 0, "the templates run " + err)
    expected = data + "/good/expected.txt"
    if os.environ.get("KEEP"):
        with open(expected, "w", encoding="utf-8") as f:
            f.write(page)
    with open(expected, encoding="utf-8") as f:
        want = f.read()
    for i, (a, b) in enumerate(zip(page.split("\n"), want.split("\n"))):
        if not check(a == b, "line %d of the page" % (i + 1)):
            print("# got    %s\n# wanted %s" % (a, b))
    check(len(page) == len(want), "the page is as long as expected")
    hostile(program)


def hostile(program):
    plain = {lang: shape(run(program, lang, "x", "2")[1]) for lang in ("nb", "en")}
    check(len(plain["nb"].tags) > 100, "the harmless page has tags to compare")
    for x in HOSTILE:
        for lang in ("nb", "en"):
            s = shape(run(program, lang, x, "2")[1])
            check(s.tags == plain[lang].tags, "the same tags with %r in %s" % (x, lang))
            urls = [v for t, a, v in s.values if a in ("href", "src", "action", "formaction", "cite", "xlink:href", "data")]
            check(len(urls) > 20 and all(SAFE_URL.match(u) for u in urls), "only safe URLs with %r" % x)
            check(any(v == x for _, _, v in s.values), "an attribute holds exactly %r" % x)
            check(x in "".join(s.text), "the text holds exactly %r" % x)
    # Negative control: a page that is not escaped is seen as one.
    check(shape("<p title=\"" + HOSTILE[0] + "\">").tags != shape("<p title=\"x\">").tags, "control: an unescaped value changes the tags")
    check(not SAFE_URL.match("javascript:alert(1)") and not SAFE_URL.match("//evil.example"), "control: unsafe URLs are seen")


def bad(tmplc, src, cc, tmp):
    files = sorted(glob.glob(os.path.join(src, "tests/data/tmpl/bad/*.html")))
    check(len(files) > 100, "there are refusals to try")
    for f in files:
        name = os.path.basename(f)
        with open(f, encoding="utf-8", errors="surrogateescape") as r:
            who, line, words = re.match(r"\{# refused by (tmplc|compiler) in line (\d+):? ?(.*?) ?#\}", r.readline()).groups()
        c = os.path.join(tmp, "gen", name + ".c")
        rc, _, err = run(tmplc, f, c, c[:-1] + "h")
        if who == "tmplc":
            ok = rc == 1 and err.startswith("%s:%s: " % (f, line)) and words in err and err.count("\n") == 1
            check(ok and not os.path.exists(c) and not os.path.exists(c[:-1] + "h"), "%s is refused in line %s %s"
                  % (name, line, "" if ok else err))
            continue
        check(rc == 0, "%s is left to the compiler %s" % (name, err))
        data = os.path.join(src, "tests/data/tmpl")
        rc, _, err = run(*cc, *WARN, "-fsyntax-only", "-I" + data, "-I" + tmp, "-I" + src + "/src", c)
        # gcc names the macro in html.h as the place of a wrong type and the template in a note, clang the other way round.
        lines = re.findall(r"^%s:(\d+):" % re.escape(f), err, re.M)
        ok = rc != 0 and "error" in err and lines[:1] == [line]
        check(ok, "%s does not compile, because of line %s %s" % (name, line, "" if ok else err))


def files(tmplc, src, tmp):
    page, bad_page = src + "/tests/data/tmpl/good/basic.html", src + "/tests/data/tmpl/bad/assign.html"
    c, h = os.path.join(tmp, "x.c"), os.path.join(tmp, "x.h")
    check(run(tmplc)[0] == 2, "without files it says how it is called")
    check(run(tmplc, tmp + "/nobody.html", c, h)[0] == 1, "a missing file is an error")
    run(tmplc, page, c, h)
    with open(c) as f:
        before = f.read()
    check(run(tmplc, bad_page, c, h)[0] == 1, "a bad file is an error")
    with open(c) as f:
        check(f.read() == before, "after an error the old output stands as it was")
    check(run(tmplc, page, c, tmp + "/no/x.h")[0] == 1 and not os.path.exists(c), "half of the output is no output")
    check("#pragma once" in before or "gen/basic.html.h" in before, "the output includes its header")


def main():
    split = sys.argv.index("--")
    tmplc, src = (os.path.abspath(a) for a in sys.argv[1:split])
    cc = sys.argv[split + 1:]
    with tempfile.TemporaryDirectory() as tmp:
        good(tmplc, src, cc, tmp)
        bad(tmplc, src, cc, tmp)
        files(tmplc, src, tmp)
    print("1..%d" % n_tests)
    sys.exit(n_bad != 0)


if __name__ == "__main__":
    main()
