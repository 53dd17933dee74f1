/* banned.h: included before everything else; functions that are easy to misuse become compile errors. The right one stands behind. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#undef sprintf /* clang's fortified headers make it a macro, and a macro cannot be poisoned */
#pragma GCC poison strcpy    /* memcpy with a checked length */
#pragma GCC poison strcat    /* buf_add */
#pragma GCC poison sprintf   /* snprintf, buf_fmt */
#pragma GCC poison vsprintf  /* vsnprintf */
#pragma GCC poison strncpy   /* memcpy */
#pragma GCC poison strncat   /* buf_add */
#pragma GCC poison strtok    /* str_cut */
#pragma GCC poison strtok_r  /* str_cut */
#pragma GCC poison atoi      /* num_i64 */
#pragma GCC poison atol      /* num_i64 */
#pragma GCC poison strtol    /* num_i64 */
#pragma GCC poison gets      /* buf */
#pragma GCC poison gmtime    /* tm_civil */
#pragma GCC poison localtime /* tm_civil */
#pragma GCC poison asctime   /* text_date */
#pragma GCC poison ctime     /* text_date */
#pragma GCC poison mktemp    /* mkstemp */
#pragma GCC poison system    /* no shells */
#pragma GCC poison popen     /* no shells */
#pragma GCC poison rand      /* secret_random */
#undef alloca               /* stdlib.h brings a macro of that name */
#pragma GCC poison alloca    /* arena_alloc */
