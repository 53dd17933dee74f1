/* paper_sample.h: documents to put on paper, in tests. All persons are invented. A line is a block: "# ".."### ", "- ", "1. ", "> ",
 * "| a | b |", "|= a |= b |", "---"; "\" is a line break, **bold**, _italic_, <address text> a link; an empty line an empty paragraph. */
#pragma once
#include "domain/rich.h"

static struct rich *sample_add(struct arena *a, struct rich *parent, enum rich_kind kind)
{
    struct rich *r = ARENA_NEW(a, struct rich);
    r->kind = kind;
    if (parent->last)
        parent->last->next = r;
    else
        parent->first = r;
    parent->last = r;
    return r;
}

static struct rich *sample_run(struct arena *a, struct rich *parent, struct str text, unsigned marks, struct str href)
{
    struct rich *r = text.n ? sample_add(a, parent, RICH_RUN) : parent;
    if (text.n) {
        r->text = text;
        r->marks = marks;
        r->href = href;
    }
    return r;
}

static void sample_text(struct arena *a, struct rich *parent, struct str s)
{
    unsigned marks = 0;
    size_t from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : 0;
        bool bold = c == '*' && i + 1 < s.n && s.p[i + 1] == '*';
        if (c && c != '\\' && c != '<' && c != '_' && !bold)
            continue;
        sample_run(a, parent, (struct str){s.p + from, i - from}, marks, STR(""));
        from = i + (bold ? 2 : 1);
        if (c == '\\')
            sample_add(a, parent, RICH_BREAK);
        else if (c == '_')
            marks ^= RICH_ITALIC;
        else if (bold)
            marks ^= RICH_BOLD;
        else if (c == '<') {
            struct str in = {s.p + from, s.n - from}, link = str_cut(&in, '>'), href = str_cut(&link, ' ');
            sample_run(a, parent, link, marks, href);
            from = i = s.n - in.n;
            i--;
            continue;
        }
        i += bold;
    }
}

static void sample_row(struct arena *a, struct rich *table, struct str line)
{
    struct rich *row = sample_add(a, table, RICH_ROW);
    str_cut(&line, '|');
    while (str_trim(line).n) {
        struct str cell = str_cut(&line, '|');
        struct rich *c = sample_add(a, row, RICH_CELL);
        c->header = cell.n && cell.p[0] == '=';
        c->colspan = c->rowspan = 1;
        if (c->header)
            cell = (struct str){cell.p + 1, cell.n - 1};
        sample_text(a, sample_add(a, c, RICH_PARAGRAPH), str_trim(cell));
    }
}

/* The list or table that is going on, or a new one. */
static struct rich *sample_open(struct arena *a, struct rich *doc, enum rich_kind kind)
{
    return doc->last && doc->last->kind == kind ? doc->last : sample_add(a, doc, kind);
}

static void sample_line(struct arena *a, struct rich *doc, struct str s)
{
    static const struct {
        const char *sign;
        enum rich_kind kind;
        int level;
    } signs[] = {{"# ", RICH_HEADING, 1}, {"## ", RICH_HEADING, 2}, {"### ", RICH_HEADING, 3}, {"- ", RICH_BULLETS, 0},
                 {"1. ", RICH_NUMBERS, 1}, {"> ", RICH_QUOTE, 0}, {"|", RICH_TABLE, 0}, {"---", RICH_RULE, 0}};
    for (size_t i = 0; i < COUNT(signs); i++) {
        struct str sign = str_c(signs[i].sign), rest = {s.p + sign.n, s.n - sign.n};
        if (!str_starts(s, sign))
            continue;
        bool heading = signs[i].kind == RICH_HEADING;
        struct rich *r = heading ? sample_add(a, doc, RICH_HEADING) : sample_open(a, doc, signs[i].kind);
        r->level = signs[i].level;
        if (heading)
            sample_text(a, r, rest);
        else if (r->kind == RICH_TABLE)
            sample_row(a, r, s);
        else if (r->kind != RICH_RULE)
            sample_text(a, sample_add(a, r->kind == RICH_QUOTE ? r : sample_add(a, r, RICH_ITEM), RICH_PARAGRAPH), rest);
        return;
    }
    sample_text(a, sample_add(a, doc, RICH_PARAGRAPH), s);
}

static struct rich *sample(struct arena *a, const char *text)
{
    struct rich *doc = ARENA_NEW(a, struct rich);
    doc->kind = RICH_DOC;
    struct str rest = str_c(text);
    while (rest.n)
        sample_line(a, doc, str_cut(&rest, '\n'));
    return doc;
}

static const char sample_cv[] =
    "# Rania Al-Khatib\n"
    "Fjordby · 900 00 000 · <mailto:rania@example.no rania@example.no> · <https://example.no/rania example.no/rania>\n"
    "Født 14. mars 1989 · Førerkort klasse B\n"
    "## Nøkkelkvalifikasjoner\n"
    "Sivilingeniør i bygg med ni års erfaring fra prosjektering og byggeledelse. Vant til å lede små grupper, holde frister og "
    "snakke med både håndverkere og byggherrer. Mastergraden er godkjent av HK-dir.\n"
    "- Statiske beregninger for bolig- og skolebygg, også etter Eurokode\n"
    "- AutoCAD, Revit og Tekla Structures i daglig bruk\n"
    "- Norsk på nivå B2, engelsk på nivå C1, arabisk som morsmål\n"
    "## Arbeidserfaring\n"
    "| 2024 – nå | **Praktikant, Fjordby kommune, avdeling for bygg**\\Kontroll av tegninger, deltakelse i byggemøter og referat på norsk. |\n"
    "| 2016 – 2021 | **Prosjekteringsleder, Orontes Engineering, Homs**\\Ansvar for fem prosjekter, til sammen 12 000 m². Ledet en gruppe "
    "på fire ingeniører og fulgte opp byggherre, budsjett og framdrift. |\n"
    "| 2012 – 2016 | **Bygningsingeniør, Al-Waha Contracting, Homs**\\Beregning av betong- og stålkonstruksjoner. |\n"
    "## Utdanning\n"
    "| 2010 – 2012 | **Master i konstruksjonsteknikk**, Universitetet i Homs |\n"
    "| 2006 – 2010 | **Bachelor i bygg**, Universitetet i Homs |\n"
    "## Kurs og sertifikater\n"
    "| 2025 | Plan- og bygningsloven for ingeniører, 30 timer |\n"
    "| 2024 | Norskprøven B2, muntlig og skriftlig |\n"
    "## Språk\n"
    "|= Språk |= Muntlig |= Skriftlig |\n"
    "| Arabisk | Morsmål | Morsmål |\n"
    "| Engelsk | C1 | C1 |\n"
    "| Norsk | B2 | B2 |\n"
    "## Referanser\n"
    "Oppgis gjerne etter avtale.\n";

static const char sample_letter[] =
    "Rania Al-Khatib\\Strandgata 1\\0001 Fjordby\n"
    "Nordlys Rådgivende Ingeniører AS\\v/ Kari Eksempel\\Kaia 2\\0002 Fjordby\n"
    "# Søknad på stilling som konstruksjonsingeniør\n"
    "Jeg viser til annonsen deres og søker med dette stillingen som konstruksjonsingeniør. I ni år har jeg beregnet og tegnet bærende "
    "konstruksjoner i betong og stål, de siste fem som leder for en gruppe på fire.\n"
    "I annonsen legger dere vekt på skolebygg. To av de fem prosjektene jeg ledet, var skoler, og i praksisen i Fjordby kommune har "
    "jeg kontrollert tegningene til den nye ungdomsskolen. Det har gitt meg god kjennskap til norske krav og til hvordan "
    "byggemøter foregår her.\n"
    "Det jeg særlig kan bidra med:\n"
    "- beregninger etter Eurokode, med tydelige notater som andre kan bygge videre på\n"
    "- modeller i Revit og Tekla som stemmer med det som bygges\n"
    "- ro og oversikt når fristene er korte\n"
    "Jeg kommer gjerne til en samtale, og kan begynne på kort varsel.\n"
    "Med vennlig hilsen\n"
    "\n"
    "Rania Al-Khatib\n";

static const char sample_ar[] =
    "# رانيا الخطيب\n"
    "فيوردبي · هاتف 90000000 · <mailto:rania@example.no rania@example.no>\n"
    "## نبذة\n"
    "مهندسة مدنية بخبرة تسع سنوات في التصميم الإنشائي وإدارة المشاريع. أعمل يوميًّا ببرنامجي Revit و Tekla Structures، وأتقن "
    "الحسابات وفق Eurokode.\n"
    "- قيادة فريق من أربعة مهندسين\n"
    "- مشاريع مدارس ومساكن بمساحة 12 000 م²\n"
    "- Revit و AutoCAD\n"
    "1. الأول\n1. الثاني\n"
    "## الخبرة العملية\n"
    "| 2016 – 2021 | **رئيسة التصميم، شركة العاصي للهندسة، حمص**\\مسؤولة عن خمسة مشاريع، ومتابعة الميزانية والمواعيد. |\n"
    "| 2012 – 2016 | **مهندسة إنشاءات، شركة الواحة، حمص** |\n"
    "## اللغات\n"
    "|= اللغة |= محادثة |= كتابة |\n"
    "| العربية | اللغة الأم | اللغة الأم |\n"
    "| النرويجية | B2 | B2 |\n"
    "> «بيت يُبنى حجرًا حجرًا.»\n";
