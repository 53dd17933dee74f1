/* ws.h: WebSocket frames (RFC 6455), the server's side. Pure: bytes in, frames out; no sockets.
 *
 * Our own and not wslay's, for wslay keeps two buffers of 4 KiB for every connection and copies each message for every receiver
 * (docs/decisions/0006-living-documents.md). No extension is negotiated. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum ws_op { WS_CONT = 0, WS_TEXT = 1, WS_BINARY = 2, WS_CLOSE = 8, WS_PING = 9, WS_PONG = 10 };
enum ws_close {
    WS_NORMAL = 1000,
    WS_GOING = 1001,      /* the server stops */
    WS_PROTOCOL = 1002,
    WS_KIND = 1003,       /* text where bytes are spoken */
    WS_TOO_BIG = 1009,
    WS_TRY_LATER = 1013,  /* a slow reader, or no room: come again */
    /* 4400-4499: y-websocket does not come again */
    WS_BAD = 4400,        /* broken messages, several times */
    WS_NOT_LOGGED_IN = 4401,
    WS_NO_RIGHT = 4403,
    WS_NOT_THERE = 4404,
    WS_FULL = 4413,       /* the document is as large as a document may be */
    WS_TOO_MANY = 4429,
};

struct ws_frame {
    bool fin;
    enum ws_op op;
    size_t head; /* bytes before the payload */
    size_t n;    /* bytes of payload */
    uint8_t mask[4];
};
enum ws_got { WS_MORE, WS_FRAME, WS_BROKEN, WS_HUGE };
/* The frame at the beginning of p[0..n): WS_FRAME when all of it is there. WS_MORE: a beginning of one. WS_BROKEN, WS_HUGE (over `max` bytes of
 * payload): no bytes that follow make it right. On WS_MORE, *f is filled when the head is there, else f->head is 0. */
enum ws_got ws_read(const uint8_t *p, size_t n, size_t max, struct ws_frame *f);
void ws_unmask(uint8_t *p, size_t n, const uint8_t mask[4]);

enum { WS_HEAD_MAX = 10 };
/* Head of an unmasked, whole frame; returns its length. The payload follows it. */
size_t ws_head(uint8_t out[WS_HEAD_MAX], enum ws_op op, size_t n);
/* A close frame's payload: its code is one that may be sent, and the rest is UTF-8. Empty is fine (1005). */
bool ws_close_ok(const uint8_t *p, size_t n);

/* The answer to Sec-WebSocket-Key: 28 characters. ERR_INVALID when the key is not 16 bytes in base64. */
enum err ws_accept(struct arena *a, struct str key, struct str *out) MUST_CHECK;
