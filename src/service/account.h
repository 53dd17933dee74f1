/* account.h: what people do with their own account, and administrators with all. */
#pragma once
#include "model/account.h"
#include "service/ctx.h"

/* Screens and mails of the actor in this language from now on. */
enum err account_use_lang(struct ctx *c, enum lang lang) MUST_CHECK;
