/* Negative control of the runner: a parser with a fault, two bytes behind a short word, that a run of two seconds must find. A fuzzer
 * that is built without its sanitizers, or never gets new inputs, does not. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 6 || memcmp(data, "kode", 4) != 0)
        return 0;
    uint8_t *copy = malloc(size);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    uint8_t length = copy[4], got = 0;
    for (uint8_t i = 0; i < length; i++)
        got = (uint8_t)(got + copy[5 + i]); /* the fault: nobody compared length with size */
    free(copy);
    return got == 1 && length == 0;
}
