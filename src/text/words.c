/* words.c: the tables of words.h. */
#include "text/words.h"

#define NBSP "\u00a0"
#define MONTHS_NO                                                                                                                  \
    {"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}
#define MONTHS_SHORT_NO {"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."}
#define MONTHS_AR                                                                                                                  \
    {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}

const struct words words[LANG_N] = {
    [LANG_NB] = {
        .month = MONTHS_NO,
        .month_short = MONTHS_SHORT_NO,
        .day = {"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"},
        .yesterday = "i går", .today = "i dag", .tomorrow = "i morgen",
        .ordinal = ".", .after_day = " ", .clock = "kl." NBSP, .at = " kl." NBSP, .minutes = '.',
        .now = "nå",
        .ago = {
            {"for {1} minutt siden", "for {1} minutter siden"},
            {"for {1} time siden", "for {1} timer siden"},
            {"for {1} dag siden", "for {1} dager siden"},
            {"for {1} måned siden", "for {1} måneder siden"},
            {"for {1} år siden", "for {1} år siden"},
        },
        .group = NBSP, .minus = "\u2212", .percent = NBSP "%",
    },
    [LANG_NN] = {
        .month = MONTHS_NO,
        .month_short = MONTHS_SHORT_NO,
        .day = {"måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"},
        .yesterday = "i går", .today = "i dag", .tomorrow = "i morgon",
        .ordinal = ".", .after_day = " ", .clock = "kl." NBSP, .at = " kl." NBSP, .minutes = '.',
        .now = "no",
        .ago = {
            {"for {1} minutt sidan", "for {1} minutt sidan"},
            {"for {1} time sidan", "for {1} timar sidan"},
            {"for {1} dag sidan", "for {1} dagar sidan"},
            {"for {1} månad sidan", "for {1} månadar sidan"},
            {"for {1} år sidan", "for {1} år sidan"},
        },
        .group = NBSP, .minus = "\u2212", .percent = NBSP "%",
    },
    [LANG_EN] = {
        .month = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                  "December"},
        .month_short = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
        .day = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
        .yesterday = "yesterday", .today = "today", .tomorrow = "tomorrow",
        .ordinal = "", .after_day = " ", .clock = "", .at = " at ", .minutes = ':',
        .now = "now",
        .ago = {
            {"{1} minute ago", "{1} minutes ago"},
            {"{1} hour ago", "{1} hours ago"},
            {"{1} day ago", "{1} days ago"},
            {"{1} month ago", "{1} months ago"},
            {"{1} year ago", "{1} years ago"},
        },
        .group = ",", .minus = "-", .percent = "%",
    },
    [LANG_AR] = {
        .month = MONTHS_AR,
        .month_short = MONTHS_AR,
        .day = {"الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"},
        .yesterday = "أمس", .today = "اليوم", .tomorrow = "غدًا",
        .ordinal = "", .after_day = "، ", .clock = "الساعة ", .at = " الساعة ", .minutes = ':',
        .now = "الآن",
        .ago = { /* zero, one, two, few, many, other */
            {"قبل {1} دقيقة", "قبل دقيقة واحدة", "قبل دقيقتين", "قبل {1} دقائق", "قبل {1} دقيقة", "قبل {1} دقيقة"},
            {"قبل {1} ساعة", "قبل ساعة واحدة", "قبل ساعتين", "قبل {1} ساعات", "قبل {1} ساعة", "قبل {1} ساعة"},
            {"قبل {1} يوم", "قبل يوم واحد", "قبل يومين", "قبل {1} أيام", "قبل {1} يومًا", "قبل {1} يوم"},
            {"قبل {1} شهر", "قبل شهر واحد", "قبل شهرين", "قبل {1} أشهر", "قبل {1} شهرًا", "قبل {1} شهر"},
            {"قبل {1} سنة", "قبل سنة واحدة", "قبل سنتين", "قبل {1} سنوات", "قبل {1} سنة", "قبل {1} سنة"},
        },
        .group = ",", .minus = "\u200e-", .percent = "\u200e%\u200e", /* the marks keep sign and number together in mixed direction */
    },
};
