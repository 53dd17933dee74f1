/* write_mail.c: reads the fields of a mail from standard input, each ended by a NUL, and writes the mail. For t_message.py. */
#include "base/num.h"
#include "mail/message.h"
#include <stdio.h>

int main(void)
{
    static char in[1 << 20];
    struct str f[12] = {{0}};
    size_t n = fread(in, 1, sizeof in, stdin);
    struct str rest = {in, n}, out;
    for (size_t i = 0; i < COUNT(f); i++)
        f[i] = str_cut(&rest, '\0');
    CLEANUP(arena_freep) struct arena *a = arena_new(16 << 20);
    struct mail m = {.from_name = f[0], .from_mail = f[1], .to_name = f[2], .to_mail = f[3], .reply_mail = f[4], .subject = f[5],
                     .text = f[6], .lang = arena_cstr(a, f[7]), .id = f[8], .calendar = f[10], .calendar_method = "REQUEST",
                     .calendar_name = f[11]};
    if (!num_i64(f[9], 1, INT64_MAX, &m.at))
        return 2;
    enum err e = mail_message(a, &m, &out);
    if (e) {
        fprintf(stderr, "%s\n", err_name(e));
        return 1;
    }
    return fwrite(out.p, 1, out.n, stdout) == out.n ? 0 : 2;
}
