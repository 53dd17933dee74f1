/* other_lang.h: the address of a page in another language. */
#pragma once
#include "http/http.h"

/* "/participants?q=a&lang=": this page with what it was asked for, ready for a language code. An answer to a form stands at an address
 * that may only take forms: then it is the nearest page above it ("/participants/3" for "/participants/3/gaps"). */
struct str other_lang_base(const struct req *r);
