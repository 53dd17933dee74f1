/* on_paper.h: what a document's PDF and DOCX have in common: the characters that can stand on paper, which way a block runs, and how a
 * table's cells lie. Pure. */
#pragma once
#include "domain/rich.h"

enum paper_form {
    PAPER_PLAIN,
    PAPER_CV,     /* name and how to reach the person on top, ruled headings, dates at the side where a table has two columns and no header */
    PAPER_LETTER, /* a Norwegian business letter: sender, receiver, place and date at the far side, title bold */
};

/* A copy of a run's text: valid UTF-8 (what is not becomes U+FFFD), tab and line ends as a space, no other control characters, no bidi
 * overrides, nothing that XML 1.0 forbids. Zero-width joiners stay: Persian needs them. */
struct str paper_text(struct arena *a, struct str s);
/* Whether a block runs from right to left. `around`: whether what it stands in does. A paragraph goes by its first letter, and within what
 * runs from right to left by any Arabic or Hebrew letter (a sentence may begin with "Excel"); lists and tables go by most letters. A
 * block without letters does as what is around it. */
bool paper_rtl(const struct rich *block, bool around);
/* Whether a block has any text (a break is none). */
bool paper_has_text(const struct rich *block);

enum { PAPER_COLUMNS_MAX = 40 };
struct paper_cell {
    const struct rich *cell;
    int col, colspan, rowspan; /* as it lies: within the columns and the rows there are */
};
struct paper_row {
    struct paper_cell *cells; /* by column; places under a cell of an earlier row are left out */
    size_t n;
    bool header; /* stands before all others and has header cells only */
};
struct paper_grid {
    struct paper_row *rows;
    size_t n, heads; /* the first `heads` rows are headers; never all of them */
    int cols;
    int most[PAPER_COLUMNS_MAX], least[PAPER_COLUMNS_MAX]; /* of each column: characters of its longest block, and of its longest word */
};
/* A row with more than PAPER_COLUMNS_MAX columns goes on in a row of its own. A table without cells has n 0. */
struct paper_grid paper_grid(struct arena *a, const struct rich *table);
/* The columns' widths, together `whole`: by what stands in them, words whole as far as there is room. `em`: width of one character. */
void paper_widths(const struct paper_grid *g, double whole, double em, double pad, double widths[PAPER_COLUMNS_MAX]);

/* Whether a table of a CV is a list of dates and what was done then: no lines, the first column narrow. */
bool paper_is_dated(enum paper_form form, const struct paper_grid *g);
/* The address of a letter, or how to reach the person of a CV: the paragraphs from `from` to the first heading. Returns that heading, or
 * `from` when anything else stands between, or no heading follows. */
const struct rich *paper_address_end(const struct rich *from);
/* Whether an address has paragraphs of several lines, and not a paragraph for each line. */
bool paper_address_in_blocks(const struct rich *from, const struct rich *end);
