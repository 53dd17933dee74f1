/* Whatever an Accept-Language header holds: no read outside it, and the answer is a language of ours; if it is not bokmål, then its
 * code stands somewhere in the header. */
#include "text/text.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str header = {(const char *)data, n};
    enum lang got = lang_accept(header), again;
    if ((int)got < 0 || got >= LANG_N)
        abort();
    if (got == LANG_NB)
        return 0;
    bool named = false;
    for (size_t i = 0; i + 2 <= n; i++)
        named |= lang_of((struct str){header.p + i, 2}, &again) && again == got;
    if (!named)
        abort();
    return 0;
}
