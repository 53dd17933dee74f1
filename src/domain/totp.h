/* totp.h: one-time codes of RFC 6238 as apps make them: SHA-1, six digits, 30 seconds. Pure. */
#pragma once
#include "base/arena.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_MS = 30000, TOTP_DIGITS = 6, TOTP_SLACK = 1 };
/* The code of a time step (ms / TOTP_STEP_MS): 0 to 999999. */
enum err totp_code(struct bytes secret, int64_t step, int *code) MUST_CHECK;
/* Is `typed` (six digits, spaces allowed) the code of now or of one step before or after, later than `last_step`? *step: which. Each
 * step is good once: keep it as the next last_step. False for anything else. */
bool totp_fits(struct bytes secret, struct str typed, int64_t now, int64_t last_step, int64_t *step);
/* Base32 without padding, as apps take it typed. */
struct str totp_base32(struct arena *a, struct bytes secret);
/* What the QR code says: otpauth://totp/ISSUER:LABEL?secret=...&issuer=ISSUER. Escaped. */
struct str totp_uri(struct arena *a, struct bytes secret, struct str issuer, struct str label);
