#!/usr/bin/env python3
"""t_po.py TOP: tools/poread.py and tools/po-check."""
import importlib.machinery
import importlib.util
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
TOP = sys.argv.pop(1)
sys.path.insert(0, os.path.join(TOP, "tools"))
import poread  # noqa: E402

loader = importlib.machinery.SourceFileLoader("po_check", os.path.join(TOP, "tools", "po-check"))
spec = importlib.util.spec_from_loader("po_check", loader)
po_check = importlib.util.module_from_spec(spec)
loader.exec_module(po_check)

HEAD = 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n\n'


class Read(unittest.TestCase):
    def test_sample(self):
        got = {e.id: e for e in poread.read(os.path.join(TOP, "tests/catalog/en.po"))}
        self.assertEqual(got["Hei"].refs, ["src/a.c", "src/b.c"])
        self.assertIn('To linjer\nog «"sitat"» \\ \t?', got)
        self.assertTrue(got["Usikker"].fuzzy)
        self.assertFalse(got["{1} møte"].fuzzy)
        self.assertEqual(got["{1} møte"].to, ["{1} meeting", "{1} meetings"])
        self.assertTrue(got["Borte"].obsolete)
        self.assertFalse(got["Uten tom linje foran"].obsolete)
        self.assertEqual(len(got), 9)


class Check(unittest.TestCase):
    def faults(self, nn="", en="", ar=""):
        with tempfile.TemporaryDirectory() as d:
            for lang, text in (("nn", nn), ("en", en), ("ar", ar)):
                with open(os.path.join(d, lang + ".po"), "w", encoding="utf-8") as f:
                    f.write(HEAD + text)
            return [f.split(" ", 1)[1] for f in po_check.check(d)]

    def entry(self, to, at="src/x.c"):
        return '#: %s\nmsgid "{1} av {2}"\nmsgstr "%s"\n' % (at, to)

    def test_good(self):
        e = self.entry("{2}: {1}")
        self.assertEqual(self.faults(e, e, self.entry("")), [])  # Arabic only where trainees come

    def test_faults(self):
        good, ar = self.entry("{1} of {2}"), self.entry("")
        for bad, said in ((self.entry("{1} of"), "placeholders"), (self.entry("{1} {2} {3}"), "placeholders"),
                          (self.entry(""), "not translated"), ("", "po-update"), ("#, fuzzy\n" + good, "uncertain"),
                          (self.entry("{1} of {2} "), "space")):
            got = self.faults(good, bad, ar)
            self.assertEqual(len(got), 1, got)
            self.assertIn(said, got[0])

    def test_arabic_of_trainees(self):
        at = po_check.ARABIC[0].replace("*", "")
        good = self.entry("{1} {2}", at)
        got = self.faults(good, good, self.entry("", at))
        self.assertEqual(len(got), 1, got)
        self.assertIn("not translated", got[0])

    def test_plural(self):
        def plural(*forms):
            lines = ['msgid "{1} dag hos {2}"', 'msgid_plural "{1} dager hos {2}"']
            return "\n".join(lines + ['msgstr[%d] "%s"' % f for f in enumerate(forms)]) + "\n"
        two = plural("ein dag hos {2}", "{1} dagar hos {2}")
        six = plural("{2}", "{2}", "{2}", "{1} {2}", "{1} {2}", "{1} {2}")
        self.assertEqual(self.faults(two, two, six), [])
        for bad, said in ((plural("{2}"), "1 forms"), (plural("{2}", ""), "lacks a form"), (plural("{2}", "{1}"), "placeholders")):
            got = self.faults(bad, two, six)
            self.assertEqual(len(got), 1, got)
            self.assertIn(said, got[0])


unittest.main()
