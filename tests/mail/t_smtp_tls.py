#!/usr/bin/env python3
"""t_smtp_tls.py SEND_MAIL: TLS and login of src/mail/smtp.c against a stand-in with a certificate of its own. Without openssl it fails (ALLOW_SKIP=1: is skipped)."""
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = sys.argv.pop(1)
if not shutil.which("openssl"):
    sys.exit(77 if os.environ.get("ALLOW_SKIP") == "1" else "there is no openssl: tools/setup test installs it")


class Server(threading.Thread):
    """Takes one connection. `direct`: TLS from the start. `offer`: STARTTLS is offered. `good_login`: takes whatever login comes."""

    def __init__(self, certificate, direct=False, offer=True, good_login=True):
        super().__init__(daemon=True)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate)
        self.direct, self.offer, self.good_login = direct, offer, good_login
        self.plain, self.secure = [], []  # lines heard before and under TLS
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        link, _ = self.listener.accept()
        link.settimeout(10)
        try:
            self.talk(link)
        except OSError:
            pass
        link.close()
        self.listener.close()

    def talk(self, link):
        secure = self.direct
        if secure:
            link = self.tls.wrap_socket(link, server_side=True)
        link.sendall(b"220 stand-in\r\n")
        lines = link.makefile("rb")
        while True:
            line = lines.readline().decode().strip()
            if not line:
                return
            (self.secure if secure else self.plain).append(line)
            word = line.upper().split()[0]
            if word == "EHLO":
                link.sendall(b"250-stand-in\r\n" + (b"250-STARTTLS\r\n" if self.offer and not secure else b"") + b"250 AUTH PLAIN\r\n")
            elif word == "STARTTLS":
                link.sendall(b"220 go\r\n")
                link = self.tls.wrap_socket(link, server_side=True)
                lines, secure = link.makefile("rb"), True
            elif word == "AUTH":
                if len(line.split()) == 2:
                    link.sendall(b"334 \r\n")
                    (self.secure if secure else self.plain).append(lines.readline().decode().strip())
                link.sendall(b"235 2.7.0 in\r\n" if self.good_login else b"535 5.7.8 no\r\n")
            elif word == "DATA":
                link.sendall(b"354 go\r\n")
                while lines.readline() not in (b".\r\n", b""):
                    pass
                link.sendall(b"250 taken\r\n")
            elif word == "QUIT":
                link.sendall(b"221 bye\r\n")
                return
            else:
                link.sendall(b"250 ok\r\n")


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        cls.certificate = os.path.join(cls.dir.name, "certificate.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", cls.certificate + ".key",
                        "-out", cls.certificate], check=True, capture_output=True)
        with open(cls.certificate + ".both", "w") as both:
            for part in (cls.certificate, cls.certificate + ".key"):
                with open(part) as f:
                    both.write(f.read())
        cls.login = os.path.join(cls.dir.name, "login")
        with open(cls.login, "w") as f:
            f.write("bruker\nhemmelig\n")

    @classmethod
    def tearDownClass(cls):
        cls.dir.cleanup()

    def send(self, scheme="smtp", query="", trust=True, login=False, **server):
        s = Server(self.certificate + ".both", **server)
        args = [PROGRAM, "%s://127.0.0.1:%d/klient%s" % (scheme, s.port, query), self.certificate if trust else ""]
        done = subprocess.run(args + ([self.login] if login else []), capture_output=True, text=True, timeout=30)
        s.join(10)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip(), s

    def mails(self, lines):
        return [x for x in lines if x.upper().startswith("MAIL")]

    def test_offered(self):
        out, s = self.send()
        self.assertEqual(out, "sent sent")
        self.assertEqual((len(self.mails(s.plain)), len(self.mails(s.secure))), (0, 1))

    def test_not_offered(self):
        out, s = self.send(offer=False)
        self.assertEqual((out, len(self.mails(s.plain))), ("sent sent", 1))

    def test_required(self):
        self.assertEqual(self.send(query="?tls=required")[0], "sent sent")
        out, s = self.send(query="?tls=required", offer=False)
        self.assertEqual((out, self.mails(s.plain)), ("later tls", []))

    def test_from_the_start(self):
        out, s = self.send(scheme="smtps", direct=True)
        self.assertEqual((out, len(self.mails(s.secure))), ("sent sent", 1))

    def test_unknown_certificate(self):
        for query in ("", "?tls=required"):
            out, s = self.send(query=query, trust=False)
            self.assertEqual((out, self.mails(s.plain + s.secure)), ("later tls", []))

    def test_login(self):
        out, s = self.send(login=True)
        self.assertEqual(out, "sent sent")
        self.assertTrue(any("AGJydWtlcgBoZW1tZWxpZw==" in x for x in s.secure), s.secure)
        out, s = self.send(login=True, good_login=False)
        self.assertEqual((out, self.mails(s.secure)), ("later login", []))
        out, s = self.send(login=True, offer=False)
        self.assertEqual((out, [x for x in s.plain if "AUTH" in x]), ("later tls", []))


unittest.main(warnings="ignore")  # sockets under TLS are closed by the collector
