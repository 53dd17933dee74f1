/* live_parts.h: what live.c and live_others.c share. For these two only. */
#pragma once
#include "db/ear.h"
#include "service/live.h"
#include "service/servers.h"

#include <pthread.h>
#include <stdatomic.h>

enum { KEEPER_ARENA = 512 << 20 };

struct keeper_item {
    struct keeper_item *next;
    int64_t document;
};
struct live {
    struct writer *writer;
    struct hub *hub;
    bool demo;
    int loops, n_read;
    struct db *read[8]; /* of each loop of the hub */
    /* the keeper: compacts what nobody waits for */
    struct db *keeper_db;
    pthread_t keeper;
    bool has_keeper, stop;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct keeper_item *first, *last;
    /* other servers; all 0 on SQLite */
    int64_t server;
    struct servers *servers;
    struct ear *ear;
    struct db *ear_db;     /* its thread's */
    struct arena *ear_a;
    int64_t ear_documents[EAR_WORDS_MAX / 2]; /* of the word it is at */
    struct db *watch_db;   /* of the thread that looks after the others */
    pthread_t watch;
    pthread_cond_t beat;
    bool watches;
    atomic_int n_sayings;  /* on their way: they come back to the hub */
};

/* ---- live_others.c */
/* Before anything is served: what the dead have left comes into the logs. */
enum err live_meet(struct live *l) MUST_CHECK;
/* When there is a hub: hears the others, and looks after them. */
enum err live_listen(struct live *l, const struct live_conf *conf) MUST_CHECK;
/* Stops the hub and says goodbye to the others. */
void live_part(struct live *l);
/* In the transaction that stores the batch: tells of the edits that concern others. */
enum err live_say_stored(struct db *db, const struct hub_batch *b) MUST_CHECK;
/* hub.h: struct hub_store's open, tell, present, and its idle as far as others are concerned. */
void live_open_here(void *user, int64_t document, bool again);
void live_say_changed(void *user, int64_t document);
void live_say_present(void *user, int64_t document, struct str entries);
void live_close_here(struct live *l, int64_t document);
