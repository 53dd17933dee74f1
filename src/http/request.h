/* request.h: the steps from received bytes to a filled struct req, shared by the server and http_fake. For http/ only. */
#pragma once
#include "http/http.h"

/* False for methods we do not know; HEAD is GET with *head set. */
bool request_method(struct str method, enum method *out, bool *head);
/* Fills target, path and query. The target must live as long as r. ERR_INVALID or ERR_LIMIT: nothing is filled. */
enum err request_target(struct req *r, struct str target) MUST_CHECK;

enum body_kind { BODY_NONE, BODY_FORM, BODY_MULTIPART, BODY_OTHER };
enum body_kind request_body_kind(struct str content_type, struct str *boundary);
/* Fills form and file; files point into `body`, which must live as long as r. */
enum err request_body(struct req *r, enum body_kind kind, struct str boundary, struct str body) MUST_CHECK;
