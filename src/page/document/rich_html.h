/* rich_html.h: what stands in a document as HTML: escaped, without ids, each block in the direction it was written in. A heading of level 1
 * becomes an h2, for the page's title is the h1. Comments are <mark data-comment="ids">, suggestions and changes <ins> and <del>, which also
 * say so in words. */
#pragma once
#include "domain/rich.h"
#include "page/view.h"

/* In a template: {% show rich(doc) %} */
void html_rich(struct buf *o, const struct view *v, const struct rich *doc);
