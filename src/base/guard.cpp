#include "base/guard.h"

namespace {
struct ended {
    int why;
};
thread_local int depth;
}

int guard_run(void (*fn)(void *arg), void *arg)
{
    int why = 0;
    depth++;
    try {
        fn(arg);
    } catch (const ended &e) {
        why = e.why;
    }
    depth--;
    return why;
}

void guard_end(int why)
{
    if (depth > 0)
        throw ended{why};
}
