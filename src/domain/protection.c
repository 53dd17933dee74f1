#include "domain/protection.h"
#include "domain/levels.h"

bool protection_shows(int degree, enum protected_kind kind, enum role role, unsigned relations)
{
    if (degree == BLOCK_NONE || (relations & REL_SELF))
        return true;
    if (role == ROLE_PROJECT_LEADER && (relations & REL_ORG))
        return true;
    if (role == ROLE_ADVISER && (relations & REL_ADVISER))
        return true;
    return kind == PROTECTED_PLACE && (relations & (REL_PAIR | REL_MATCH)) != 0;
}

bool protection_leaves(int degree)
{
    return degree == BLOCK_NONE;
}
