/* replay FILE...: runs the kept inputs through a fuzzer's one function, without libFuzzer: for counting what they walk through (tests/long/coverage). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f || fseek(f, 0, SEEK_END) != 0)
            return 1;
        size_t n = (size_t)ftell(f);
        uint8_t *data = malloc(n + 1);
        rewind(f);
        if (!data || fread(data, 1, n, f) != n)
            return 1;
        fclose(f);
        LLVMFuzzerTestOneInput(data, n);
        free(data);
    }
    printf("%d inputs\n", argc - 1);
    return argc < 2;
}
