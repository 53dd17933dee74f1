#!/usr/bin/env python3
"""populate.py PROGRAM DATA N [FIRST]: N invented participants into the data folder, by the program's own importer, 100,000 at a time.
Prints a line of JSON with the seconds of each part. The same numbers give the same people."""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HEAD = ("Referanse;Fornavn;Etternavn;Kjønn;Fødselsår;E-post;Telefon;Språk;Bosatt;Programstart;Programslutt;Spor;Utdanningsnivå;Fagfelt;"
        "Utdanningsland;Godkjenning;Norsk muntlig;Norsk skriftlig;Yrkeserfaring år;Programrådgiver;Adressesperre\n")
FIRST = "Amal Layla Samira Olena Iryna Selam Mehdi Yusuf Omar Tesfay Nadia Rana Hodan Farid Daryna Bashir Mina Zahra Idris Kateryna".split()
LAST = "Haddad Mansour Kovalenko Shevchenko Tesfay Gebre Hassan Ali Rahimi Noori Yusuf Abdi Said Bondar Melnyk Karimi Osman Warsame".split()
FIELDS = ["Sykepleie", "Lærerutdanning", "Bygg og anlegg", "Regnskap", "Informatikk", "Farmasi", "Jus", "Økonomi"]
LEVELS = ["Bachelor", "Master", "Videregående", "Fagskole"]
PART = 100_000


def write(path, first, n):
    rnd = random.Random(first)
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD)
        for i in range(first, first + n):
            a, b = rnd.choice(FIRST), rnd.choice(LAST) + rnd.choice(["", "i", "zadeh", "enko", "sen"])
            year = rnd.randrange(2020, 2026)
            f.write(f"G{i:07};{a};{b};{rnd.choice('KM')};{rnd.randrange(1960, 2003)};{a.lower()}.{i}@example.no;{40000000 + i};"
                    f"{rnd.choice(['ar', 'uk', 'ti', 'fa', 'so'])}, en;{rnd.randrange(1, 29):02}.{rnd.randrange(1, 13):02}.{year};01.02.{year + 1};01.02.{year + 3};"
                    f"{rnd.randrange(1, 4)};{rnd.choice(LEVELS)};{rnd.choice(FIELDS)};{rnd.choice(['Syria', 'Ukraina', 'Eritrea'])};;"
                    f"{rnd.choice(['A2', 'B1', 'B2'])};{rnd.choice(['A1', 'A2', 'B1'])};{rnd.randrange(0, 20)};;Nei\n")


def main():
    program, data, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    took = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "people.csv")
        while n > 0:
            k = min(n, PART)
            write(path, first, k)
            t = time.monotonic()
            p = subprocess.run([program, "import", "participants", path, "--data", data], capture_output=True, text=True)
            took.append(round(time.monotonic() - t, 2))
            if p.returncode:
                sys.exit(p.stdout[-2000:] + p.stderr[-2000:])
            first, n = first + k, n - k
    print(json.dumps({"seconds": took}))


if __name__ == "__main__":
    main()
