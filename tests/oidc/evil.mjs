// A provider that does one thing wrong. evil.mjs PORT: every scenario is an issuer of its own, http://127.0.0.1:PORT/NAME, so that nothing of one
// is remembered for another. POST /NAME/mode/good makes it behave; /NAME/mode/bad lets it do its wrong. GET / lists the scenarios: name, the
// word that the program's log must give as the reason, and whether the fault is in what is remembered (then there is no good turn before).
import crypto from 'node:crypto';
import http from 'node:http';

const port = Number(process.argv[2]);
const person = { sub: 'pairwise-subject-77', pid: '01017012345' };
const pair = (bits = 2048) => crypto.generateKeyPairSync('rsa', { modulusLength: bits });
const ours = pair(), foreign = pair(), weak = pair(1024), next = pair();
const jwk = (key, more) => ({ ...key.publicKey.export({ format: 'jwk' }), use: 'sig', ...more });
const b64 = (x) => Buffer.from(typeof x === 'string' ? x : JSON.stringify(x)).toString('base64url');

function token(head, body, key) {
  const text = `${b64(head)}.${b64(body)}`;
  return `${text}.${crypto.sign('sha256', Buffer.from(text), key.privateKey).toString('base64url')}`;
}
const good = { alg: 'RS256', kid: 'k1', typ: 'JWT' };
const claims = (s, nonce) => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: s.issuer, ...person, aud: 'springbrett', exp: now + 120, iat: now, nonce, acr: 'idporten-loa-high', sid: `sid-${s.name}` };
};
const now = () => Math.floor(Date.now() / 1000);

const all = {};
// change(claims) or change(claims, head) alters them; it may return a whole token instead.
const claim = (name, why, change) => { all[name] = { why, id: change }; };
claim('nonce-other', 'nonce', (c) => { c.nonce = 'x'.repeat(43); });
claim('nonce-missing', 'nonce', (c) => { delete c.nonce; });
claim('aud-other', 'aud', (c) => { c.aud = 'another'; });
claim('aud-missing', 'aud', (c) => { delete c.aud; });
claim('aud-many-no-azp', 'azp', (c) => { c.aud = ['springbrett', 'another']; });
claim('azp-other', 'azp', (c) => { c.azp = 'another'; });
claim('iss-other', 'iss', (c) => { c.iss = 'https://idporten.no'; });
claim('iss-slash', 'iss', (c) => { c.iss += '/'; });
claim('iss-missing', 'iss', (c) => { delete c.iss; });
claim('exp-past', 'exp', (c) => { c.exp = now() - 61; });
claim('exp-missing', 'exp', (c) => { delete c.exp; });
claim('exp-text', 'exp', (c) => { c.exp = String(c.exp); });
claim('nbf-future', 'nbf', (c) => { c.nbf = now() + 300; });
claim('iat-future', 'iat', (c) => { c.iat = now() + 3600; });
claim('iat-old', 'iat', (c) => { c.iat = now() - 3600; });
claim('iat-missing', 'iat', (c) => { delete c.iat; });
claim('sub-missing', 'sub', (c) => { delete c.sub; });
claim('sub-empty', 'sub', (c) => { c.sub = ''; });
claim('sub-long', 'sub', (c) => { c.sub = 'x'.repeat(256); });
claim('sub-twice', 'claims_form', (c, h) => token(h, `${JSON.stringify(c).slice(0, -1)},"sub":"ADMIN"}`, ours));
claim('acr-low', 'acr', (c) => { c.acr = 'idporten-loa-substantial'; });
claim('acr-missing', 'acr', (c) => { delete c.acr; });
claim('pid-missing', 'pid', (c) => { delete c.pid; });
claim('pid-short', 'pid', (c) => { c.pid = '0101701234'; });
claim('logout-events', 'typ', (c) => { c.events = { 'http://schemas.openid.net/event/backchannel-logout': {} }; });
const head = (name, why, change) => claim(name, why, (c, h) => { change(h, c); return h.whole ?? token(h, c, ours); });
head('typ-logout', 'typ', (h) => { h.typ = 'logout+jwt'; });
head('typ-access', 'typ', (h) => { h.typ = 'at+jwt'; });
head('head-jwk', 'header', (h, c) => { h.whole = token({ ...h, jwk: jwk(foreign) }, c, foreign); });
head('head-jku', 'header', (h, c) => { h.whole = token({ ...h, jku: `http://127.0.0.1:${port}/jku` }, c, foreign); });
head('head-x5u', 'header', (h, c) => { h.whole = token({ ...h, x5u: `http://127.0.0.1:${port}/jku` }, c, foreign); });
head('head-crit', 'header', (h) => { h.crit = ['exp']; h.exp = 1; });
head('alg-none', 'alg', (h, c) => { h.whole = `${b64({ alg: 'none' })}.${b64(c)}.`; });
head('alg-none-odd', 'alg', (h, c) => { h.whole = `${b64({ alg: 'nOnE' })}.${b64(c)}.`; });
const hmac = (c, secret) => {
  const text = `${b64({ ...good, alg: 'HS256' })}.${b64(c)}`;
  return `${text}.${crypto.createHmac('sha256', secret).update(text).digest('base64url')}`;
};
claim('alg-hs256-secret', 'alg', (c) => hmac(c, 'springbrett-secret'));
claim('alg-hs256-public-key', 'alg', (c) => hmac(c, ours.publicKey.export({ format: 'pem', type: 'spki' })));
claim('sig-broken', 'signature', (c, h) => token(h, c, ours).replace(/.{20}$/, 'A'.repeat(20)));
claim('sig-empty', 'signature', (c, h) => token(h, c, ours).replace(/[^.]*$/, ''));
claim('sig-foreign', 'signature', (c, h) => token(h, c, foreign));
claim('sig-other-body', 'signature', (c, h) => { const t = token(h, c, ours).split('.'); return `${t[0]}.${b64({ ...c, acr: 'x' })}.${t[2]}`; });
claim('kid-unknown', 'kid', (c, h) => token({ ...h, kid: 'k9' }, c, ours));
claim('key-enc', 'kid', (c, h) => token({ ...h, kid: 'enc' }, c, next));
claim('key-weak', 'key', (c, h) => token({ ...h, kid: 'weak' }, c, weak));
claim('token-two-parts', 'token_form', (c, h) => token(h, c, ours).split('.').slice(0, 2).join('.'));
claim('token-encrypted', 'token_form', (c, h) => `${token(h, c, ours)}.x.y`);

// answer(res, body): another answer of the token endpoint.
const answer = (name, why, send, more = {}) => { all[name] = { why, answer: send, ...more }; };
answer('token-500', 'status_5xx', (res) => { res.writeHead(500).end('oops'); });
answer('token-400', 'status_4xx', (res) => { res.writeHead(400).end('{"error":"invalid_grant"}'); });
answer('token-html', 'answer_form', (res) => { res.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome</p>'); });
answer('token-cut', 'answer_form', (res, body) => { res.writeHead(200).end(body.slice(0, -30)); });
answer('token-broken-off', 'broken_off', (res, body) => { res.writeHead(200, { 'content-length': 9999 }); res.write(body); setTimeout(() => res.destroy(), 20); });
answer('token-redirect', 'redirect', (res) => { res.writeHead(302, { location: `http://127.0.0.1:${port}/good/token` }).end(); });
answer('token-large', 'too_long', (res, body) => { res.writeHead(200); flood(res, 64 << 20, body); });
answer('token-large-said', 'too_long', (res, body) => { res.writeHead(200, { 'content-length': 64 << 20 }); flood(res, 64 << 20, body); });
answer('token-twice', 'answer_form', (res, body) => { res.writeHead(200).end(`${body.slice(0, -1)},"id_token":"a.b.c"}`); });
answer('token-no-id', 'no_id_token', (res) => { res.writeHead(200).end('{"access_token":"x","token_type":"Bearer"}'); });
answer('token-other-type', 'token_type', (res, body) => { res.writeHead(200).end(body.replace('Bearer', 'DPoP')); });
answer('token-slow', 'timeout', (res, body) => { res.writeHead(200, { 'content-length': body.length }); drip(res, body); }, { slow: true });
answer('token-silent', 'timeout', () => {}, { slow: true });

// back(query): another way back to the program.
const back = (name, why, change) => { all[name] = { why, back: change }; };
back('state-other', 'state', (q) => { q.set('state', 'x'.repeat(43)); });
back('state-missing', 'state', (q) => { q.delete('state'); });
back('iss-param-other', 'iss_param', (q) => { q.set('iss', `http://127.0.0.1:${port}/good`); });
back('iss-param-missing', 'iss_param_missing', (q) => { q.delete('iss'); });
back('code-missing', 'code', (q) => { q.delete('code'); });
back('error', 'provider_error', (q) => { q.delete('code'); q.set('error', 'server_error'); q.set('error_description', 'Kari Nordmann 01017012345'); });
back('error-and-code', 'provider_error', (q) => { q.set('error', 'login_required'); });
back('cancelled', 'cancelled', (q) => { q.delete('code'); q.set('error', 'access_denied'); });

// What is remembered: keys and discovery. No good turn before.
const kept = (name, why, more) => { all[name] = { why, kept: true, ...more }; };
kept('jwks-500', 'status_5xx', { keys: (res) => res.writeHead(500).end() });
kept('jwks-large', 'too_long', { keys: (res) => { res.writeHead(200); flood(res, 8 << 20, '{"keys":['); } });
kept('jwks-crowd', 'jwks', { keys: (res) => res.writeHead(200).end(JSON.stringify({ keys: Array(200).fill(0).map((_, i) => ({ kty: 'RSA', kid: `c${i}` })).concat(jwk(ours, { kid: 'k1' })) })) });
kept('jwks-twins', 'key', { keys: (res) => res.writeHead(200).end(JSON.stringify({ keys: [jwk(ours, { kid: 'k1' }), jwk(foreign, { kid: 'k1' })] })) });
kept('jwks-html', 'jwks', { keys: (res) => res.writeHead(200).end('<html>') });
// These end before the browser leaves: there is nowhere to go.
const discovery = (name, why, change) => { all[name] = { why, kept: true, early: true, discovery: change }; };
discovery('disc-issuer', 'discovery_issuer', (d) => { d.issuer = `http://127.0.0.1:${port}/good`; });
discovery('disc-slash', 'discovery_issuer', (d) => { d.issuer += '/'; });
discovery('disc-away', 'discovery_address', (d) => { d.token_endpoint = 'http://169.254.169.254/latest'; });
discovery('disc-script', 'discovery_address', (d) => { d.authorization_endpoint = 'javascript:alert(1)'; });
discovery('disc-no-s256', 'discovery_flow', (d) => { d.code_challenge_methods_supported = ['plain']; });
discovery('disc-large', 'too_long', (d) => { d.x = 'x'.repeat(1 << 20); });
// Not wrong at all: the control.
all.good = { why: '' };

function flood(res, n, begin) {
  res.write(begin);
  const piece = Buffer.alloc(65536, ' ');
  let left = n;
  const more = () => {
    while (left > 0 && !res.destroyed) { left -= piece.length; if (!res.write(piece)) { res.once('drain', more); return; } }
    if (!res.destroyed) res.end();
  };
  res.on('error', () => {});
  more();
}
function drip(res, body) {
  let i = 0;
  const t = setInterval(() => { if (res.destroyed || i >= body.length) { clearInterval(t); return; } res.write(body[i++]); }, 500);
}

for (const [name, s] of Object.entries(all)) Object.assign(s, { name, issuer: `http://127.0.0.1:${port}/${name}`, bad: s.kept ?? false, codes: new Map(), rotated: false });

const at = {
  '.well-known/openid-configuration': (s, req, res) => {
    const d = { issuer: s.issuer, authorization_endpoint: `${s.issuer}/auth`, token_endpoint: `${s.issuer}/token`, jwks_uri: `${s.issuer}/jwks`,
      end_session_endpoint: `${s.issuer}/end`, response_types_supported: ['code'], code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true };
    if (s.bad) s.discovery?.(d);
    res.writeHead(200).end(JSON.stringify(d));
  },
  jwks: (s, req, res) => {
    if (s.bad && s.keys) { s.keys(res); return; }
    const keys = s.rotated ? [jwk(next, { kid: 'k2' })] : [jwk(ours, { kid: 'k1', alg: 'RS256' }), jwk(weak, { kid: 'weak' }), jwk(next, { kid: 'enc', use: 'enc' })];
    res.writeHead(200).end(JSON.stringify({ keys }));
  },
  auth: (s, req, res, url) => {
    const q = url.searchParams, code = crypto.randomBytes(24).toString('base64url');
    s.codes.set(code, { nonce: q.get('nonce'), challenge: q.get('code_challenge'), redirect: q.get('redirect_uri') });
    const to = new URL(q.get('redirect_uri'));
    to.searchParams.set('code', code);
    to.searchParams.set('state', q.get('state'));
    to.searchParams.set('iss', s.issuer);
    if (s.bad) s.back?.(to.searchParams);
    res.writeHead(302, { location: to.href }).end();
  },
  token: async (s, req, res) => {
    let text = '';
    for await (const piece of req) text += piece;
    const q = new URLSearchParams(text), known = s.codes.get(q.get('code'));
    const verified = known && crypto.createHash('sha256').update(q.get('code_verifier') ?? '').digest('base64url') === known.challenge;
    s.codes.delete(q.get('code'));
    if (!verified || q.get('redirect_uri') !== known.redirect) { res.writeHead(400).end('{"error":"invalid_grant"}'); return; }
    const c = claims(s, known.nonce), h = { ...good };
    const made = s.bad && s.id ? s.id(c, h) : undefined;
    const id = made ?? (s.rotated ? token({ ...h, kid: 'k2' }, c, next) : token(h, c, ours));
    const body = JSON.stringify({ access_token: 'x', token_type: 'Bearer', id_token: id });
    if (s.bad && s.answer) s.answer(res, body);
    else res.writeHead(200, { 'content-type': 'application/json' }).end(body);
  },
  end: async (s, req, res) => { // a person presses nothing here: logged out, and back
    let text = '';
    for await (const piece of req) text += piece;
    const q = new URLSearchParams(text);
    if (req.method !== 'POST' || !q.get('id_token_hint')) res.writeHead(400).end();
    else res.writeHead(303, { location: q.get('post_logout_redirect_uri') }).end();
  },
  'mode/good': (s, req, res) => { s.bad = false; res.writeHead(204).end(); },
  'mode/bad': (s, req, res) => { s.bad = true; res.writeHead(204).end(); },
  'mode/rotate': (s, req, res) => { s.rotated = true; res.writeHead(204).end(); },
};
let fetched = 0; // of addresses that a token named: must stay 0
http.createServer((req, res) => {
  const url = new URL(req.url, 'http://x'), [, name, ...rest] = url.pathname.split('/');
  res.on('error', () => {});
  if (url.pathname === '/') res.end(JSON.stringify(Object.values(all).map(({ name: n, why, kept: k, slow, early }) => ({ name: n, why, kept: !!k, slow: !!slow, early: !!early }))));
  else if (url.pathname === '/jku') { fetched++; res.end(JSON.stringify({ keys: [jwk(foreign, { kid: 'k1' })] })); }
  else if (url.pathname === '/fetched') res.end(String(fetched));
  else if (all[name] && at[rest.join('/')]) void at[rest.join('/')](all[name], req, res, url);
  else res.writeHead(404).end();
}).listen(port, '127.0.0.1', () => console.log('ready'));
