/* sandbox.h: the process gives up for good what it will not need: new rights, core dumps, being looked into, system calls nobody here
 * makes (seccomp), files outside of the named ones and TCP ports outside of the named ones (Landlock). Threads started afterwards
 * inherit it, so it comes before them; nothing takes it back. A refused call fails with EPERM or EACCES, and the kernel's audit log
 * names it. What the kernel lacks is left out: sandbox_enter says in *got what holds. */
#pragma once
#include "base/base.h"

struct sandbox {
    const char *const *write; /* folders to read and write, NULL at the end */
    const char *const *read;  /* files and folders to read besides those of the system (fonts, certificates, names), NULL at the end */
    const int *connect;       /* TCP ports to connect to, 0 at the end */
    const int *listen;        /* TCP ports to listen on; 0: the kernel chooses one */
    size_t n_listen;
};
struct sandbox_got {
    bool seccomp;
    int landlock; /* the kernel's version of it; 0: none, files are open as before; ports want 4 */
};
/* ERR_DENIED: the kernel refuses what it says it has; half of it may hold then, so the caller ends. Paths that do not exist are passed
 * over. For the main thread, before others are started. */
enum err sandbox_enter(const struct sandbox *s, struct sandbox_got *got) MUST_CHECK;
/* A build with sanitizers needs calls that the sandbox refuses, when it looks for leaks at its end. */
bool sandbox_fits(void);
