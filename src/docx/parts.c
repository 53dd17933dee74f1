#include "docx/parts.h"

#include "base/tm.h"
#include "domain/on_paper.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define WML "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define OFFICE_RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

void xml_text(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&':
            buf_c(b, "&amp;");
            break;
        case '<':
            buf_c(b, "&lt;");
            break;
        case '>':
            buf_c(b, "&gt;");
            break;
        case '"':
            buf_c(b, "&quot;");
            break;
        default:
            buf_byte(b, s.p[i]);
        }
}

void part_types(struct buf *b)
{
    buf_c(b, XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                 "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                 "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                 "<Override PartName=\"/word/document.xml\" ContentType=\"" WML "document.main+xml\"/>"
                 "<Override PartName=\"/word/styles.xml\" ContentType=\"" WML "styles+xml\"/>"
                 "<Override PartName=\"/word/numbering.xml\" ContentType=\"" WML "numbering+xml\"/>"
                 "<Override PartName=\"/word/settings.xml\" ContentType=\"" WML "settings+xml\"/>"
                 "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
                 "</Types>");
}

void part_rels(struct buf *b)
{
    buf_c(b, XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                 "<Relationship Id=\"rId1\" Type=\"" OFFICE_RELS "officeDocument\" Target=\"word/document.xml\"/>"
                 "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
                 "Target=\"docProps/core.xml\"/></Relationships>");
}

static void property(struct arena *a, struct buf *b, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_fmt(b, "<%s>", name);
    xml_text(b, paper_text(a, value));
    buf_fmt(b, "</%s>", name);
}

static void moment(struct buf *b, const char *name, struct str at)
{
    if (at.n)
        buf_fmt(b, "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">%.*s</dcterms:%s>", name, STR_FMT(at), name);
}

void part_core(struct arena *a, const struct docx_about *about, struct buf *b)
{
    struct str at = tm_iso_at(a, about->now);
    buf_c(b, XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    property(a, b, "dc:title", about->title);
    property(a, b, "dc:creator", about->author);
    property(a, b, "dc:language", str_c(lang_info[about->lang].code));
    moment(b, "created", at);
    moment(b, "modified", at);
    buf_c(b, "</cp:coreProperties>");
}

void part_settings(const struct docx_about *about, struct buf *b)
{
    (void)about;
    buf_c(b, XML "<w:settings " W_NS "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"708\"/><w:compat>"
                 "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
                 "</w:compat></w:settings>");
}

/* ---- styles */

struct style {
    const char *id, *name, *next;
    const char *para, *run; /* what stands in pPr and rPr */
};
#define SIZE(n) "<w:sz w:val=\"" #n "\"/><w:szCs w:val=\"" #n "\"/>"
#define DEEP "<w:b/><w:bCs/><w:color w:val=\"173355\"/>"
#define BOLD "<w:b/><w:bCs/>"
#define RULED "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"2\" w:color=\"9FA8B2\"/></w:pBdr>"
#define HEADING(n, edge, before, after) \
    "<w:keepNext/><w:keepLines/>" edge "<w:spacing w:before=\"" #before "\" w:after=\"" #after "\"/><w:outlineLvl w:val=\"" #n "\"/>"

static const struct style common[] = {
    {"ListParagraph", "List Paragraph", NULL, "<w:contextualSpacing/>", ""},
    {"Quote", "Quote", "Normal", "<w:ind w:left=\"425\" w:right=\"425\"/>", "<w:i/><w:iCs/>"},
};
enum { FORM_STYLES = 6 };
static const struct style by_form[][FORM_STYLES] = {
    [PAPER_PLAIN] = {{"Title", "Title", "Normal", "<w:keepNext/><w:spacing w:after=\"240\"/>", DEEP SIZE(40)},
                     {"Address", "Address", NULL, "", ""},
                     {"Dated", "Dated", "Normal", "<w:jc w:val=\"right\"/>", ""},
                     {"Heading1", "heading 1", "Normal", HEADING(0, "", 320, 120), DEEP SIZE(36)},
                     {"Heading2", "heading 2", "Normal", HEADING(1, "", 280, 80), DEEP SIZE(27)},
                     {"Heading3", "heading 3", "Normal", HEADING(2, "", 200, 40), BOLD SIZE(22)}},
    [PAPER_CV] = {{"Title", "Title", "Address", "<w:keepNext/><w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", DEEP SIZE(52)},
                  {"Address", "Address", NULL, "<w:spacing w:after=\"20\"/>", "<w:color w:val=\"54595F\"/>" SIZE(19)},
                  {"Dated", "Dated", "Normal", "<w:jc w:val=\"right\"/>", ""},
                  {"Heading1", "heading 1", "Normal", HEADING(0, RULED, 300, 120), DEEP SIZE(26)},
                  {"Heading2", "heading 2", "Normal", HEADING(1, RULED, 300, 120), DEEP SIZE(26)},
                  {"Heading3", "heading 3", "Normal", HEADING(2, "", 160, 40), BOLD SIZE(22)}},
    [PAPER_LETTER] = {{"Title", "Title", "Normal", HEADING(0, "", 360, 180), BOLD SIZE(26)},
                      {"Address", "Address", NULL, "<w:spacing w:after=\"20\"/>", ""},
                      {"Dated", "Dated", "Normal", "<w:spacing w:before=\"360\" w:after=\"360\"/><w:jc w:val=\"right\"/>", ""},
                      {"Heading1", "heading 1", "Normal", HEADING(0, "", 280, 180), BOLD SIZE(26)},
                      {"Heading2", "heading 2", "Normal", HEADING(1, "", 280, 120), BOLD SIZE(24)},
                      {"Heading3", "heading 3", "Normal", HEADING(2, "", 200, 40), BOLD SIZE(22)}},
};

static void add_styles(const struct style *s, size_t n, struct buf *b)
{
    for (; n; n--, s++) {
        buf_fmt(b, "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>", s->id, s->name);
        if (s->next)
            buf_fmt(b, "<w:next w:val=\"%s\"/>", s->next);
        buf_fmt(b, "<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>", s->para, s->run);
    }
}

static void defaults(const char *code, bool dense, struct buf *b)
{
    buf_fmt(b,
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Arial\"/>"
            "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/><w:lang w:val=\"%s\" w:eastAsia=\"en-US\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
            "<w:pPrDefault><w:pPr><w:spacing w:after=\"%d\" w:line=\"%d\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>",
            dense ? 20 : 22, dense ? 20 : 22, code, dense ? 100 : 140, dense ? 252 : 264);
}

static void table_styles(struct buf *b)
{
    buf_c(b, "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority "
             "w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
             "<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>"
             "<w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
             "<w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Table Lines\"/><w:basedOn w:val=\"TableNormal\"/>"
             "<w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:tblPr><w:tblBorders>"
             "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFC4CA\"/>"
             "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFC4CA\"/>"
             "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFC4CA\"/></w:tblBorders><w:tblCellMar>"
             "<w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/>"
             "<w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
             "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" "
             "w:fill=\"EFF1F4\"/></w:tcPr></w:tblStylePr></w:style>"
             "<w:style w:type=\"table\" w:styleId=\"Dates\"><w:name w:val=\"Table Dates\"/><w:basedOn w:val=\"TableNormal\"/>"
             "<w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:tblPr><w:tblCellMar><w:top w:w=\"30\" w:type=\"dxa\"/>"
             "<w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"30\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/>"
             "</w:tblCellMar></w:tblPr></w:style>");
}

void part_styles(const struct docx_about *about, struct buf *b)
{
    static const char *const codes[LANG_N] = {"nb-NO", "nn-NO", "en-GB", "ar-SA"};
    buf_c(b, XML "<w:styles " W_NS ">");
    defaults(codes[about->lang], about->form == PAPER_CV, b);
    buf_c(b, "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
             "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph "
             "Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>");
    add_styles(common, COUNT(common), b);
    add_styles(by_form[about->form <= PAPER_LETTER ? about->form : PAPER_PLAIN], FORM_STYLES, b);
    buf_c(b, "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"12478C\"/>"
             "<w:u w:val=\"single\"/></w:rPr></w:style>");
    table_styles(b);
    buf_c(b, "</w:styles>");
}
