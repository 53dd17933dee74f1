/* rich.h: what stands in a document, as a tree: for pages, PDF, DOCX, plain text, comparing, and for making a document from a template.
 * Pure and outside any format; the editor's schema (web/editor/schema.ts) has the same nodes. Everything lies in one arena. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum rich_kind {
    RICH_DOC,       /* blocks */
    RICH_PARAGRAPH, /* runs */
    RICH_HEADING,   /* runs; level 1 to 3 */
    RICH_QUOTE,     /* blocks */
    RICH_BULLETS,   /* items */
    RICH_NUMBERS,   /* items; level: the first number */
    RICH_ITEM,      /* blocks */
    RICH_TABLE,     /* rows */
    RICH_ROW,       /* cells */
    RICH_CELL,      /* blocks; colspan, rowspan, header */
    RICH_RULE,      /* a line across */
    RICH_RUN,       /* text */
    RICH_BREAK,     /* a line break within a paragraph */
    RICH_KIND_N
};
enum rich_mark {
    RICH_BOLD = 1,
    RICH_ITALIC = 2,
    RICH_UNDERLINE = 4,
    RICH_INSERTED = 8, /* suggested, not yet accepted */
    RICH_DELETED = 16, /* suggested to be deleted */
};
enum rich_align { RICH_START, RICH_CENTER, RICH_END };

struct rich {
    enum rich_kind kind;
    struct rich *next, *first, *last; /* sibling, children */
    int level, colspan, rowspan;
    bool header;
    enum rich_align align;
    unsigned marks;     /* of a run: enum rich_mark */
    struct str text;    /* of a run */
    struct str href;    /* of a run: http, https, mailto or tel, else "" */
    struct str comment; /* of a run: ids of its comment threads, space between */
    struct str suggestion; /* of a run or block: the suggestion's id, "" none */
    struct str author;  /* of a suggestion: name as written by the editor, a claim */
    const struct rich *room_of; /* rich_run's: bytes free behind `text`, if this is the run itself; a copy of it has none */
    size_t room;
};
enum { RICH_DEPTH_MAX = 32 };

/* Trees are at most RICH_DEPTH_MAX deep: whoever makes one from outside cuts there, and whoever reads one may recurse. */
struct rich *rich_new(struct arena *a, enum rich_kind kind); /* level, colspan and rowspan 1 where the kind has them */
struct rich *rich_add(struct rich *parent, struct rich *child); /* returns the child */
/* A run of text at the end of a block, joined with the one before when all its marks are the same. */
struct rich *rich_text(struct arena *a, struct rich *parent, struct str text, unsigned marks);
/* The same with all that `like` says about a run. The text itself is not copied unless it is joined. */
struct rich *rich_run(struct arena *a, struct rich *parent, struct str text, const struct rich *like);
bool rich_same_marks(const struct rich *a, const struct rich *b); /* of two runs: marks, link, comments, suggestion */
bool rich_is_text_block(enum rich_kind kind);                     /* a paragraph or heading: its children are runs and breaks */

/* Which of the suggestions a reader sees. */
enum rich_view {
    RICH_AS_IS,     /* both, marked */
    RICH_ORIGINAL,  /* as if none were accepted: for PDF, DOCX, plain text, search */
};
/* A copy without what the view hides; blocks that become empty because of it are dropped, but for a table's cells. */
struct rich *rich_view(struct arena *a, const struct rich *doc, enum rich_view view);
/* Text only, a line for each block, an empty one between blocks that are not in a list; list items with "- " or "1. ", what stands in
 * an item indented below it, quotes with "> ", a row's cells with tabs between them. For .txt and search. */
void rich_plain(const struct rich *doc, struct buf *out);
bool rich_is_space(uint32_t c);   /* also no-break and ideographic spaces */
bool rich_is_word(struct str s);  /* has a letter or digit */
/* Words: what stands between white space and has a letter or digit. */
int64_t rich_words(const struct rich *doc);
/* First words of the text, at most `n` bytes, one space between them, cut between words (a first word that is longer: within it). */
struct str rich_excerpt(struct arena *a, const struct rich *doc, size_t n);

/* Templates are written in a small markup, so that they can be kept and edited as text: "# ", "## ", "### " headings; "- " and "1. " items;
 * "> " quotes; "| a | b |" table rows, the first one with "|= a |= b |" a header row; "---" a rule; **bold**, *italic*; an empty line ends
 * a paragraph, a new line breaks the line. What belongs to an item is indented by two spaces or more. \* is a star. Never fails: what is
 * not markup is text. The other way alignment, links, comments, underlining and empty paragraphs have no markup and are left out. */
struct rich *rich_from_markup(struct arena *a, struct str markup);
void rich_to_markup(const struct rich *doc, struct buf *out);
