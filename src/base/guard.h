/* guard.h: how work that runs out of memory ends without ending the program. For arena.c only; others use arena_guard (base/arena.h).
 *
 * A file of C++, for only its unwinding runs what stands in CLEANUP on the way, as a return does (all C is compiled with -fexceptions). */
#pragma once
#ifdef __cplusplus
extern "C" {
#endif
/* Calls fn(arg). 0, or what guard_end was called with on the way. */
int guard_run(void (*fn)(void *arg), void *arg);
/* Ends the fn of this thread's innermost guard_run. Returns when there is none. why: not 0. */
void guard_end(int why);
#ifdef __cplusplus
}
#endif
