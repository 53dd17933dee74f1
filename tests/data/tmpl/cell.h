#pragma once
#include "base/base.h"

struct cell {
    const char *label;
    struct str value;
};
