/* sqlite_scrub.h: zeros over everything in SQLite's file that belongs to nothing, in place. For db_sqlite.c.
 *
 * What VACUUM does by writing the whole file anew (23 s and 720 MB of memory for a file of 695 MB, while nobody can write), this does by reading it
 * once: only the room between cells is written. The log of writes is emptied into the file first. Then nobody but us may write, no
 * checkpoint has anything to carry over, and the file alone is what everybody sees; a byte that belongs to nothing means the same before and after, so
 * readers go on, and a crash in the middle leaves a sound file. At the end something is written through SQLite: every other connection then
 * forgets the pages it keeps, which still have what was there (the log's format: https://www.sqlite.org/walformat.html). */
#pragma once
#include <sqlite3.h>

/* Outside any transaction, on a connection that writes, in WAL mode. Returns a code of SQLite's: SQLITE_BUSY: others were at it, try again;
 * SQLITE_CORRUPT: a page is not what it should be, and nothing was written from there on. Files that are not of our making (reserved bytes,
 * automatic vacuum, 2^25 pages) are vacuumed. *why: a word for the log. */
int sqlite_scrub(sqlite3 *h, const char **why);
