/* lite_faults.h: SQLite on a disk that fails: a layer (VFS) above the real one whose every reading, writing, syncing, locking and
 * opening asks disk_fails() first. For t_db_fails.c. */
#pragma once
#include <sqlite3.h>

static bool disk_fails(void);

struct shim {
    sqlite3_file head;
    sqlite3_file *file; /* of the real one, right behind */
};
static sqlite3_vfs *disk;
#define FILE_OF(f) (((struct shim *)(f))->file)
#define DISK(name, params, why, args)                                                                                                                \
    static int shim_##name params                                                                                                                  \
    {                                                                                                                                              \
        return disk_fails() ? why : FILE_OF(f)->pMethods->x##name args;                                                      \
    }
#define PASS(name, params, args)                                                                                                                   \
    static int shim_##name params                                                                                                                  \
    {                                                                                                                                              \
        return FILE_OF(f)->pMethods->x##name args;                                                                           \
    }
DISK(Read, (sqlite3_file *f, void *p, int n, sqlite3_int64 at), SQLITE_IOERR_READ, (FILE_OF(f), p, n, at))
DISK(Write, (sqlite3_file *f, const void *p, int n, sqlite3_int64 at), at % 8192 ? SQLITE_IOERR_WRITE : SQLITE_FULL, (FILE_OF(f), p, n, at))
DISK(Truncate, (sqlite3_file *f, sqlite3_int64 n), SQLITE_IOERR_TRUNCATE, (FILE_OF(f), n))
DISK(Sync, (sqlite3_file *f, int flags), SQLITE_IOERR_FSYNC, (FILE_OF(f), flags))
DISK(FileSize, (sqlite3_file *f, sqlite3_int64 *n), SQLITE_IOERR_FSTAT, (FILE_OF(f), n))
DISK(Lock, (sqlite3_file *f, int lock), SQLITE_IOERR_LOCK, (FILE_OF(f), lock))
DISK(ShmMap, (sqlite3_file *f, int page, int size, int extend, void volatile **p), SQLITE_IOERR_SHMSIZE, (FILE_OF(f), page, size, extend, p))
PASS(ShmLock, (sqlite3_file *f, int at, int n, int flags), (FILE_OF(f), at, n, flags))
PASS(Unlock, (sqlite3_file *f, int lock), (FILE_OF(f), lock))
PASS(CheckReservedLock, (sqlite3_file *f, int *is), (FILE_OF(f), is))
PASS(FileControl, (sqlite3_file *f, int op, void *arg), (FILE_OF(f), op, arg))
PASS(SectorSize, (sqlite3_file *f), (FILE_OF(f)))
PASS(DeviceCharacteristics, (sqlite3_file *f), (FILE_OF(f)))
PASS(ShmUnmap, (sqlite3_file *f, int del), (FILE_OF(f), del))
PASS(Close, (sqlite3_file *f), (FILE_OF(f)))

static void shim_ShmBarrier(sqlite3_file *f)
{
    FILE_OF(f)->pMethods->xShmBarrier(FILE_OF(f));
}

static int shim_Open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *got)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 2, .xClose = shim_Close, .xRead = shim_Read, .xWrite = shim_Write, .xTruncate = shim_Truncate, .xSync = shim_Sync, .xFileSize = shim_FileSize,
        .xLock = shim_Lock, .xUnlock = shim_Unlock, .xCheckReservedLock = shim_CheckReservedLock, .xFileControl = shim_FileControl, .xSectorSize = shim_SectorSize,
        .xDeviceCharacteristics = shim_DeviceCharacteristics, .xShmMap = shim_ShmMap, .xShmLock = shim_ShmLock, .xShmBarrier = shim_ShmBarrier, .xShmUnmap = shim_ShmUnmap};
    struct shim *s = (struct shim *)f;
    (void)v;
    s->head.pMethods = NULL;
    s->file = (sqlite3_file *)(void *)(s + 1);
    int rc = disk_fails() ? SQLITE_CANTOPEN : disk->xOpen(disk, name, s->file, flags, got);
    if (rc == SQLITE_OK)
        s->head.pMethods = &methods;
    return rc;
}

/* Every database opened from now on lies on it. */
static int disk_shim(void)
{
    static sqlite3_vfs shim;
    disk = sqlite3_vfs_find(NULL);
    shim = *disk;
    shim.zName = "fails";
    shim.szOsFile = (int)sizeof(struct shim) + disk->szOsFile;
    shim.xOpen = shim_Open;
    shim.pNext = NULL;
    return sqlite3_vfs_register(&shim, 1);
}
