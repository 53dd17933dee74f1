/* live.h: the way into a living document: the WebSocket handshake (RFC 6455, 4.2). */
#pragma once
#include "page/page.h"

page_fn live_page;
