#!/usr/bin/env python3
"""t_message.py WRITE_MAIL: what src/mail writes, Python's email package reads back the same. All people are invented."""
import datetime
import email
import email.header
import email.policy
import email.utils
import random
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop(1)
GOOD = {
    "from_name": "Springbrett", "from_mail": "ikke-svar@springbrett.example", "to_name": "Nadia Testesen", "to_mail": "nadia@example.org",
    "reply": "", "subject": "Du har en ny oppgave", "text": "Hei!\nLogg inn for å se den.\n", "lang": "nb", "id": "outbox-17.a_b",
    "at": "1806750000123", "calendar": "", "calendar_name": "",
}
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møte på Blåbærstua\r\nEND:VCALENDAR\r\n"


def run(**other):
    fields = b"".join(str(v).encode("utf-8", "surrogateescape") + b"\0" for v in {**GOOD, **other}.values())
    return subprocess.run([PROGRAM], input=fields, capture_output=True)


def body(part):
    return part.get_content().replace("\r\n", "\n")  # the package leaves the line ends of mail


def display_name(part, header):
    """By the older functions: until 3.13 the newer ones put a space between two encoded words of a name, against RFC 2047."""
    raw = dict(part.raw_items())[header]
    name, _ = email.utils.parseaddr(str(raw).replace("\r\n", ""))
    return str(email.header.make_header(email.header.decode_header(name)))


class Message(unittest.TestCase):
    def read(self, **other):
        done = run(**other)
        self.assertEqual(done.returncode, 0, done.stderr)
        raw = done.stdout
        self.assertTrue(raw.endswith(b"\r\n"))
        for line in raw.split(b"\r\n"):
            self.assertNotIn(b"\n", line)
            self.assertNotIn(b"\r", line)
            self.assertLessEqual(len(line), 78, line)
            self.assertTrue(all(c == 9 or 32 <= c < 127 for c in line), line)
        m = email.message_from_bytes(raw, policy=email.policy.default)
        for part in m.walk():
            self.assertEqual(part.defects, [])
        for name in m.keys():
            self.assertEqual(m[name].defects, (), (name, m[name]))
        return m

    def test_plain(self):
        m = self.read(reply="kari@example.org")
        self.assertEqual(m["Subject"], GOOD["subject"])
        self.assertEqual(m["To"].addresses[0].addr_spec, "nadia@example.org")
        self.assertEqual(display_name(m, "To"), "Nadia Testesen")
        self.assertEqual(display_name(m, "From"), "Springbrett")
        self.assertEqual(m["Reply-To"].addresses[0].addr_spec, "kari@example.org")
        self.assertEqual(m["Message-ID"], "<outbox-17.a_b@springbrett.example>")
        self.assertEqual(m["Auto-Submitted"], "auto-generated")
        self.assertEqual(m["Content-Language"], "nb")
        self.assertEqual(m.get_content_type(), "text/plain")
        self.assertEqual(body(m), GOOD["text"])
        at = datetime.datetime.fromtimestamp(1806750000, datetime.timezone.utc)
        self.assertEqual(m["Date"].datetime, at)
        self.assertEqual(m["Date"].datetime.utcoffset(), datetime.timedelta(hours=2))  # summer in Oslo
        self.assertEqual(self.read(at="1799000000000")["Date"].datetime.utcoffset(), datetime.timedelta(hours=1))

    def test_texts(self):
        for text in ("", "a", ".", "..\n.", "From her til der\nFrom", "x" * 500, "mellomrom til slutt  \nslutt\t", "=3D= =?UTF-8?B?eA==?=",
                     "Blåbærsyltetøy " * 40, "مرحبا يوسف، لديك اجتماع جديد.\n" * 20, "سطر", "😀" * 100, "a\n\n\n\nb", "--=_springbrett_mixed--",
                     "ø" * 75, "xy" + "ø" * 200):
            got = body(self.read(text=text)).rstrip("\n")
            self.assertEqual(got, text.strip())
        self.assertEqual(body(self.read(text="en\r\nto\rtre")).rstrip("\n"), "en\nto\ntre")

    def test_headers(self):
        for s in ("Møte", "a" * 500, "Ærlig talt " * 30, "اجتماع جديد يوم الأربعاء " * 9, "=?UTF-8?B?eA==?=", 'Si "hei" \\ nå', "a, b; c <d@e.f>",
                  "😀" * 40, "x" * 67, "x" * 68, "ett ord = ? = to", "slutt på" + "å" * 46):
            self.assertEqual(self.read(subject=s)["Subject"], s.strip())
        for s in ('Kari "KK" Test', "Test, Kari", "Kåre Ødegård", "يوسف الحداد", "a" * 150, "Å" * 100, "(kommentar) <x>", "back\\slash", ""):
            m = self.read(to_name=s, from_name=s)
            self.assertEqual(display_name(m, "To"), s)
            self.assertEqual(len(m["To"].addresses), 1)
            self.assertEqual(m["From"].addresses[0].addr_spec, GOOD["from_mail"])

    def test_random(self):
        rng = random.Random(7)
        letters = "ab .,;:<>\"\\=?_()@åøæ\u00e9\u0634\u4e2d\U0001f600"
        for _ in range(25):
            s = "".join(rng.choice(letters) for _ in range(rng.randrange(1, 60)))
            m = self.read(subject="x" + s + "y", text=s + "z", to_name="x" + s + "y")
            self.assertEqual(m["Subject"], "x" + s + "y")
            self.assertEqual(body(m).rstrip("\n"), (s + "z").strip())
            self.assertEqual(display_name(m, "To"), "x" + s + "y")

    def test_no_injection(self):
        bad = "Hei\r\nBcc: alle@example.org\r\n\r\nNy kropp"
        for field in ("subject", "to_name", "from_name"):
            m = self.read(**{field: bad})
            self.assertNotIn("Bcc", m)
            self.assertEqual(body(m), GOOD["text"])
        m = self.read(calendar=CALENDAR, calendar_name="a\r\nBcc: alle@example.org\".ics")
        self.assertNotIn("Bcc", list(m.walk())[-1])
        for field, value in (("to_mail", "a@example.org\r\nBcc: b@example.org"), ("to_mail", "a@example.org,b@example.org"),
                             ("to_mail", "<a@example.org>"), ("to_mail", "a b@example.org"), ("reply", "a@b@example.org"),
                             ("from_mail", "kåre@example.org"), ("id", "a>\r\nBcc: x"), ("id", ""), ("lang", "nb\r\nBcc: x"), ("subject", " \n"),
                             ("subject", b"\xff".decode("utf-8", "surrogateescape"))):
            done = run(**{field: value})
            self.assertEqual((done.returncode, done.stdout, done.stderr), (1, b"", b"invalid\n"), (field, value))
        self.assertEqual(run(subject="x" * 501).stderr, b"limit\n")

    def test_calendar(self):
        for name, want in (("møte.ics", "møte.ics"), ("", "invitasjon.ics"), ("intervju 3.ics", "intervju 3.ics"), ("å" * 60 + ".ics",) * 2,
                           ('a"b;c.ics',) * 2):
            m = self.read(calendar=CALENDAR, calendar_name=name, text="مرحبا" * 30)
            parts = list(m.walk())
            self.assertEqual([p.get_content_type() for p in parts],
                             ["multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"])
            self.assertEqual(body(parts[2]).rstrip(), "مرحبا" * 30)
            self.assertEqual(parts[3].get_param("method"), "REQUEST")
            self.assertEqual(parts[3].get_payload(decode=True).decode(), CALENDAR)
            self.assertEqual(parts[4].get_payload(decode=True).decode(), CALENDAR)
            self.assertEqual(parts[4].get_filename(), want)
            self.assertEqual(parts[4].get_content_disposition(), "attachment")


unittest.main()
