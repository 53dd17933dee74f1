// A certified provider, npm's oidc-provider. good.mjs PORT SETTINGS.json: client_id, redirect_uri, back, backchannel, jwks.
// POST /as/NUMBER/ACR: who logs in next, and at which level.
import fs from 'node:fs';
import http from 'node:http';
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]), s = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));
const issuer = `http://127.0.0.1:${port}`;
let who = { pid: '01017012345', acr: 'idporten-loa-high' }, asked = {};

// It will not speak to this machine itself, as it should not; here it must.
const speak = (url, { dispatcher, ...options }) => fetch(url, options);

const provider = new Provider(issuer, {
  clients: [{ client_id: s.client_id, redirect_uris: [s.redirect_uri].flat(), post_logout_redirect_uris: [s.back], response_types: ['code'], grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'RS256', jwks: s.jwks, backchannel_logout_uri: s.backchannel,
    backchannel_logout_session_required: true, id_token_signed_response_alg: 'RS256' }],
  pkce: { required: () => true },
  claims: { openid: ['sub', 'pid'], acr: null, sid: null, auth_time: null, iss: null },
  acrValues: ['idporten-loa-substantial', 'idporten-loa-high'],
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>x</title>${form}<button form="op.logoutForm" name="logout" value="yes">x</button>`; } } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: `sub-${id}`, pid: id }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
  fetch: speak,
  enableHttpPostMethods: true,
  cookies: { keys: ['test only'], long: { sameSite: 'none' } },
  ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 120, AccessToken: 60, AuthorizationCode: 60 },
});
provider.on('server_error', (ctx, e) => console.error(e));
const errors = [];
provider.on('grant.error', (ctx, e) => errors.push(`${e.error}: ${e.error_detail ?? e.error_description}`));
provider.on('backchannel.error', (ctx, e) => errors.push(`backchannel: ${e.message} ${e.cause?.message ?? ''}`));
const serve = provider.callback();
http.createServer(async (req, res) => {
  const as = /^\/as\/(\d+)\/([\w-]+)$/.exec(req.url);
  if (as) {
    who = { pid: as[1], acr: as[2] };
    res.writeHead(204).end();
  } else if (req.url === '/errors') {
    res.end(JSON.stringify(errors.splice(0)));
  } else if (req.url === '/asked') {
    res.end(JSON.stringify(asked));
  } else if (req.url.startsWith('/interaction/')) {
    const { params } = await provider.interactionDetails(req, res);
    asked = params;
    await provider.interactionFinished(req, res, { login: { accountId: who.pid, acr: who.acr, remember: true } }, { mergeWithLastSubmission: false });
  } else {
    serve(req, res);
  }
}).listen(port, '127.0.0.1', () => console.log('ready'));
