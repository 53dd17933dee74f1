"""A small client of living documents for the tests in Python: writes words into a document the way a stock client does (docs/live.md), and knows
which of them the server has said are stored. For what needs many of them or raw sockets; what Yjs itself makes of it is tests/live's."""
import base64
import os
import random
import socket
import struct


def number(n):
    out = b""
    while n > 127:
        out += bytes([128 | n & 127])
        n >>= 7
    return out + bytes([n])


def read_number(b, at):
    n = shift = 0
    while True:
        n |= (b[at] & 127) << shift
        shift += 7
        at += 1
        if not b[at - 1] & 128:
            return n, at


def blob(b):
    return number(len(b)) + b


class Socket:
    """A WebSocket of the document `id`, as this visitor (house.Visitor)."""

    def __init__(self, visitor, document, timeout=20):
        self.s = socket.create_connection(("127.0.0.1", visitor.site.port), timeout)
        self.rest, self.got, self.stored, self.sent = b"", b"", 0, 0
        key = base64.b64encode(os.urandom(16)).decode()
        self.s.sendall((f"GET /ws/documents/{document}?news=1 HTTP/1.1\r\nHost: 127.0.0.1:{visitor.site.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nOrigin: http://127.0.0.1:{visitor.site.port}\r\n"
                        f"Cookie: sb={visitor.cookies['sb']}\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.rest:
            more = self.s.recv(65536)
            if not more:
                raise ConnectionError("no handshake")
            self.rest += more
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head[:100].decode("latin-1"))
        self.client, self.clock = random.getrandbits(40) + 1, 0

    def frame(self, payload, kind=2):
        mask = os.urandom(4)
        n = len(payload)
        size = bytes([128 | n]) if n < 126 else bytes([254]) + struct.pack(">H", n) if n < 65536 else bytes([255]) + struct.pack(">Q", n)
        key = (mask * (n // 4 + 1))[:n]
        self.s.sendall(bytes([128 | kind]) + size + mask + (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(n, "big"))

    def ask(self):
        """For all that is there: it comes into .got."""
        self.frame(bytes([0, 0]) + blob(b"\0"))

    def write(self, word):
        """Adds ASCII text at the end of what this client wrote."""
        text = word.encode()
        where = number(self.client) + number(self.clock - 1) if self.clock else b"\x01" + blob(b"text")
        update = b"\x01\x01" + number(self.client) + number(self.clock) + (b"\x84" if self.clock else b"\x04") + where + blob(text) + b"\0"
        self.frame(bytes([0, 2]) + blob(update))
        self.clock += len(text)
        self.sent += 1

    def take(self, timeout):
        """Reads for at most so long, until something came. False: the server has closed."""
        self.s.settimeout(timeout)
        try:
            more = self.s.recv(1 << 16)
        except (TimeoutError, socket.timeout):
            return True
        except OSError:
            return False
        self.rest += more
        while len(self.rest) >= 2:
            n, at = self.rest[1] & 127, 2
            if n == 126:
                n, at = int.from_bytes(self.rest[2:4], "big"), 4
            elif n == 127:
                n, at = int.from_bytes(self.rest[2:10], "big"), 10
            if len(self.rest) < at + n:
                break
            kind, payload, self.rest = self.rest[0] & 15, self.rest[at:at + n], self.rest[at + n:]
            if kind == 9:
                self.frame(payload, 10)
            elif kind == 2 and payload[0] == 100:
                self.stored, _ = read_number(payload, 1)
            elif kind == 2 and payload[0] == 0 and payload[1] in (1, 2):
                self.got += payload[2:]
        return bool(more)

    def until(self, test, seconds):
        """Reads until test() is true; whether it became so."""
        import time
        end = time.monotonic() + seconds
        while not test():
            if time.monotonic() > end or not self.take(0.2):
                return test()
        return True

    def close(self):
        self.s.close()
