#!/usr/bin/env python3
"""wordlist.py OUT.c LIST...: words, one a line, as a sorted array for src/domain/password.c."""
import sys

words = set()
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as f:
        words.update(line.strip() for line in f if line.strip())
for w in words:
    if not w.isascii() or any(c in w for c in '"\\ '):
        sys.exit(f"wordlist: {w!r}: small ASCII letters and signs only")
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write('#include "domain/password.h"\nconst char *const password_words[] = {\n')
    out.writelines('    "%s",\n' % w.replace("?", "\\?") for w in sorted(words))
    out.write("};\nconst size_t n_password_words = sizeof password_words / sizeof *password_words;\n")
