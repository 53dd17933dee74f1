/* keep.h: an installation's data as a whole: into a file, out of it, from one database to another. */
#pragma once
#include "keep/container.h"
#include "keep/record.h"

struct keep_done {
    int64_t tables, rows;
    char why[400]; /* after a fault: one sentence without values */
};

struct keep_file {
    const char *name;
    struct str content;
};
/* The files and every table of the database as they are at one moment, while others go on. The container is not finished: the caller does. */
enum err keep_write(const char *url, const struct keep_file *files, size_t n_files, struct container_out *to, struct keep_done *done) MUST_CHECK;

typedef enum err keep_file_fn(void *arg, struct str name, struct str content);
/* Out of a container that is open and unlocked into an empty database of its schema, one transaction; every table is read back, and the container
 * read to its end, before it is committed. url NULL: only reads and checks. `file` gets the files first; its error is returned. */
enum err keep_read(struct container_in *from, const char *url, keep_file_fn *file, void *arg, struct keep_done *done) MUST_CHECK;

/* From a database into an empty one of the same schema: one view of the source, one transaction in the target, every table read back. */
enum err keep_move(const char *from, const char *to, struct keep_done *done) MUST_CHECK;
