// keys.mjs FOLDER: two private keys as JWK (one.json, two.json), a third as PEM that nobody knows, and the public set of the two.
import crypto from 'node:crypto';
import fs from 'node:fs';

const folder = process.argv[2], set = [];
for (const kid of ['one', 'two']) {
  const key = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  fs.writeFileSync(`${folder}/${kid}.json`, JSON.stringify({ ...key.privateKey.export({ format: 'jwk' }), kid }), { mode: 0o600 });
  set.push({ ...key.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
}
const third = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
fs.writeFileSync(`${folder}/foreign.pem`, third.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
fs.writeFileSync(`${folder}/public.json`, JSON.stringify({ keys: set }));
