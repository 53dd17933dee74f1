// The whole way, as the people it concerns: from a list of participants to a field-relevant job in the results. Everything is found by
// role and label, as a person finds it. Once with JavaScript and once without.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, startBrowser, newPage, logIn, someone } from './lib.mjs';

const day = (n) => {
  const d = new Date(Date.now() + n * 86400000);
  return `${d.getDate()}.${d.getMonth() + 1}.${d.getFullYear()}`;
};
const year = new Date().getFullYear();
const csv = [
  'Referanse;Fornavn;Etternavn;Kjønn;Fødselsår;E-post;Telefon;Språk;Bosatt;Programstart;Spor;Utdanningsnivå;Fagfelt;Utdanningsland;Godkjenning;Norsk muntlig;Norsk skriftlig;Yrkeserfaring år',
  `W-1;Nour;Darwazeh;Kvinne;1990;nour.darwazeh@fjordby.example;;Arabisk;1.2.${year - 2};1.3.${year - 2};3;Master;Farmasi;Syria;Godkjent;B2;B1;6`,
].join('\r\n');

// One walk: the server, and a person's page by name.
class Walk {
  constructor(server, browser, js) { Object.assign(this, { server, browser, js, people: {} }); }
  async person(how = {}) {
    const page = await newPage(this.browser, { js: this.js, ...how });
    page.setDefaultTimeout(20000);
    return page;
  }
  async as(role) {
    if (!this.people[role]) {
      this.people[role] = await this.person();
      await logIn(this.people[role], this.server, someone(this.server, role));
    }
    return this.people[role];
  }
  async go(page, path) {
    const answer = await page.goto(this.server.url + path);
    assert.ok(answer.status() < 400, `${path} answered ${answer.status()}`);
  }
}
const button = (page, name) => page.getByRole('button', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name, exact: true });
const press = async (page, name) => { await button(page, name).first().click(); await page.waitForLoadState(); };
const follow = async (page, name) => { await link(page, name).first().click(); await page.waitForLoadState(); };
// Opens what a summary hides. A press that comes while the page is still arriving may be lost, as for a person: then press again.
const unfold = async (page, summary, inside) => {
  for (let i = 0; i < 5 && !(await inside.isVisible()); i++) {
    await page.locator('summary', { hasText: summary }).first().click();
    await page.waitForTimeout(200);
  }
};
const says = async (page, text) => assert.ok((await page.locator('body').innerText()).includes(text), `${page.url()} does not say «${text}»`);

// 1, 2: the list comes in, the adviser recommends, the leader reads the criteria and invites.
async function importAndInvite(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/');
  await follow(leader, 'Deltakere');
  await follow(leader, 'Importer fra fil');
  await leader.locator('input[type=file]').setInputFiles({ name: 'spor3.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await press(leader, 'Se over filen');
  await says(leader, '1');
  await leader.getByRole('button', { name: /^Importer/ }).click();
  await w.go(leader, '/participants?q=Darwazeh');
  await follow(leader, 'Nour Darwazeh');
  w.participant = new URL(leader.url()).pathname;
  await says(leader, 'Muntlig norsk er B2');
  await leader.getByLabel('Inviter til å søke').check();
  await leader.getByLabel('Begrunnelse').first().fill('Solid utdanning, godt norsk, og vet hva hun vil.');
  await press(leader, 'Lagre avgjørelsen');
  await says(leader, 'Solid utdanning, godt norsk, og vet hva hun vil.');
}

// 3: the mail's link makes the account; the application is written in steps and sent.
async function apply(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/demo/mail');
  await leader.locator('main a[href^="/demo/mail/"]').first().click(); // the newest
  await leader.waitForLoadState();
  const text = await leader.locator('main').innerText();
  const token = /\/link\/([A-Za-z0-9_-]{43})/.exec(text);
  assert.ok(token, 'the mail has a link');
  const nour = (w.people.applicant = await w.person({ width: 390 }));
  await w.go(nour, '/link/' + token[1]);
  for (const box of await nour.locator('input[type=password]').all()) await box.fill('fjord-sol-lampe-88');
  await press(nour, 'Lag konto og logg inn');
  await w.go(nour, '/application');
  await press(nour, 'Begynn på søknaden');
  for (let step = 1; step <= 5; step++) {
    for (const box of await nour.locator('main textarea').all()) await box.fill(`Dette er svaret mitt i del ${step}. Jeg vil arbeide som farmasøyt i Norge.`);
    await nour.locator('main form button[type=submit]').first().click();
    await nour.waitForLoadState();
  }
  if (!/review/.test(nour.url())) await w.go(nour, '/application/review');
  await press(nour, 'Send søknaden');
  await w.go(nour, '/');
}

// 4: an invitation with a calendar file, questions beside the answers, an assessment, feedback.
async function interview(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, w.participant);
  await follow(leader, 'Søknaden');
  await says(leader, 'Jeg vil arbeide som farmasøyt i Norge.');
  await w.go(leader, w.participant + '/interview');
  await leader.locator('input[name=at]').fill(day(1));
  await leader.locator('input[name=at_time]').fill('10.00');
  await leader.getByLabel('Sted').first().fill('Møterom 2');
  await press(leader, 'Avtal og send invitasjonen');
  const applicant = w.people.applicant;
  await w.go(applicant, '/interview');
  await says(applicant, '10.00');
  await w.go(leader, w.participant + '/interview/hold');
  for (const set of await leader.locator('main fieldset').all()) {
    const radios = await set.getByRole('radio').all();
    if (radios.length) await radios[radios.length - 1].check();
  }
  for (const box of await leader.locator('main textarea').all()) await box.fill('Tydelig plan, lærer fort, forklarer godt.');
  await press(leader, 'Lagre og marker som gjennomført');
  await w.go(leader, w.participant + '/interview/feedback');
  await leader.getByLabel('Tilbakemelding', { exact: true }).fill('Du fortalte klart om faget ditt. Øv på å si kort hva du vil.');
  await press(leader, 'Send tilbakemeldingen');
  await w.go(applicant, '/interview');
  await says(applicant, 'Du fortalte klart om faget ditt.');
}

// 5: a cohort, an offer, a yes.
async function admit(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/cohorts/new');
  await leader.getByLabel('Navn', { exact: true }).fill('Vandrepuljen');
  await leader.getByLabel('Start', { exact: true }).fill(day(0));
  await leader.locator('main form button[type=submit]').first().click();
  await leader.waitForLoadState();
  await w.go(leader, w.participant + '/offer?do=offer');
  await leader.getByLabel(/Vandrepuljen/).check();
  await leader.getByLabel('Svarfrist').fill(day(7));
  for (const box of await leader.locator('main textarea[name=reason]').all()) await box.fill('Klar plan og godt norsk.');
  await leader.locator('main form button[type=submit]').last().click();
  await leader.waitForLoadState();
  const applicant = w.people.applicant;
  await w.go(applicant, '/');
  await w.go(applicant, '/offer');
  await says(applicant, 'Vandrepuljen');
  await press(applicant, 'Ja, jeg vil ha plassen');
  await w.go(applicant, '/offer');
  await says(applicant, 'Du er trainee');
}

// 6: a mentor in the register, who is invited, makes an account and promises confidentiality.
async function mentor(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/mentors/new');
  await leader.getByLabel('Fornavn').fill('Hallgeir');
  await leader.getByLabel('Etternavn').fill('Vandremo');
  await leader.getByLabel(/^E-post/).first().fill('hallgeir.vandremo@fjordby.example');
  await leader.getByLabel('Fagfelt').selectOption({ label: 'Farmasi' });
  await leader.getByLabel('Stilling').fill('Provisorfarmasøyt');
  await leader.getByLabel('År i faget').fill('22');
  await leader.locator('main form button[type=submit]').last().click();
  await leader.waitForLoadState();
  await says(leader, 'Hallgeir Vandremo');
  await press(leader, 'Inviter til Springbrett');
  await w.go(leader, '/demo/mail');
  await leader.locator('main a[href^="/demo/mail/"]').first().click();
  await leader.waitForLoadState();
  const token = /\/link\/([A-Za-z0-9_-]{43})/.exec(await leader.locator('main').innerText());
  const person = (w.people.walker = await w.person());
  await w.go(person, '/link/' + token[1]);
  for (const box of await person.locator('input[type=password]').all()) await box.fill('apotek-hylle-time-31');
  await press(person, 'Lag konto og logg inn');
  await w.go(person, '/confidentiality');
  await person.getByLabel('Jeg har lest dette og lover å holde det').check();
  await press(person, 'Skriv under');
}

// 7: a proposal with its reasons, a matching meeting, a pause, both asked, two answers.
async function match(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/matching');
  await leader.getByLabel('Hvem').selectOption({ label: 'Vandrepuljen' });
  if (!w.js) await press(leader, 'Regn ut');
  await leader.waitForURL(/cohort=/);
  await says(leader, 'Nour Darwazeh');
  await says(leader, 'Samme fag: Farmasi');
  await w.go(leader, leader.url().replace(w.server.url, ''));
  // the program may prefer another pharmacist: then the leader pins the one she wants
  if (!(await leader.locator('main h3').first().innerText()).includes('Vandremo')) {
    await leader.locator('details:has-text("andre muligheter") > summary').first().click();
    await leader.locator('.sb-list > li', { hasText: 'Hallgeir Vandremo' }).getByRole('button', { name: 'Lås disse to og regn ut på nytt' }).first().click();
    await leader.waitForLoadState();
    await says(leader, 'Låst');
  }
  assert.match(await leader.locator('main h3').first().innerText(), /Darwazeh.*Vandremo/s);
  await press(leader, 'Velg dette paret');
  w.match = new URL(leader.url()).pathname;
  await leader.locator('input[name=at]').fill(day(1));
  await leader.locator('input[name=at_time]').fill('12.00');
  await press(leader, 'Send invitasjonen');
  await w.go(w.people.walker, w.match);
  await says(w.people.walker, 'Nour Darwazeh');
  await leader.locator('input[name=held_on]').fill(day(-1));
  await press(leader, 'Møtet er holdt');
  await press(leader, 'Spør begge nå');
  for (const person of [w.people.applicant, w.people.walker]) {
    await w.go(person, w.match);
    await person.getByLabel('Ja, jeg vil gjerne gå videre').check();
    await person.getByLabel('Vil du si noe mer?').fill('Hyggelig møte, dette får bli mellom oss.');
    await press(person, 'Send svaret');
  }
  await w.go(w.people.walker, w.match);
  assert.ok(!(await w.people.walker.locator('main').innerText()).includes('dette får bli mellom oss'), 'an answer is in confidence');
}

// 8: both read and sign; the second signature starts the pair.
async function agreement(w) {
  for (const [person, name] of [[w.people.applicant, 'Nour Darwazeh'], [w.people.walker, 'Hallgeir Vandremo']]) {
    await w.go(person, w.match);
    await follow(person, 'Les avtalen').catch(() => {});
    if (!/agreements/.test(person.url())) await w.go(person, '/agreement');
    await person.getByLabel('Jeg har lest avtalen og er enig.').check();
    await person.getByLabel('Skriv navnet ditt').fill(name);
    await press(person, 'Skriv under');
  }
  await says(w.people.walker, 'Avtalen er signert');
}

// 9: a meeting from the workbook, held, minuted by the trainee, with a task; the leader sees that, not the talk.
async function mentoring(w) {
  const nour = w.people.applicant;
  const leader = await w.as('project-leader');
  await w.go(nour, '/workbook/1');
  await w.go(nour, '/meetings/new');
  await nour.getByLabel('Tema').selectOption({ index: 1 });
  await nour.locator('input[name=at]').fill(day(-1));
  await nour.locator('input[name=at_time]').fill('15.00');
  await nour.locator('main form button[type=submit]').first().click();
  await nour.waitForLoadState();
  await w.go(nour, '/meetings');
  await nour.locator('main a[href^="/meetings/"]:not([href*="new"])').first().click();
  await nour.waitForLoadState();
  w.meeting = new URL(nour.url()).pathname;
  await press(nour, 'Ja, møtet er holdt');
  await follow(nour, 'Skriv referat');
  await nour.getByLabel('Dette snakket vi om').fill('Vi tegnet nettverket mitt. Fem navn kan kontaktes.');
  await press(nour, 'Lagre referatet');
  await w.go(nour, w.meeting);
  await unfold(nour, 'Legg til en oppgave', nour.getByLabel('Hva skal gjøres?'));
  await nour.getByLabel('Hva skal gjøres?').fill('Ringe to fra nettverkskartet');
  await nour.getByRole('radio', { name: /trainee/i }).first().check();
  await nour.getByLabel(/^Frist/).fill(day(10));
  await press(nour, 'Legg til oppgaven');
  await says(nour, 'Ringe to fra nettverkskartet');
  await w.go(w.people.walker, w.meeting);
  await says(w.people.walker, 'Vi tegnet nettverket mitt');
  await w.go(leader, '/trainees');
  await follow(leader, 'Nour Darwazeh');
  await says(leader, '1 av 12');
  await says(leader, 'Ringe to fra nettverkskartet');
  await w.go(leader, w.meeting);
  assert.ok(!(await leader.locator('main').innerText()).includes('Vi tegnet nettverket mitt'), 'the talk is theirs');
}

// 10: a job is registered, and the results count it.
async function outcome(w) {
  const leader = await w.as('project-leader');
  await w.go(leader, '/results');
  const before = await leader.locator('main').innerText();
  assert.match(before, /Tatt opp: 16/);
  await w.go(leader, '/trainees');
  await follow(leader, 'Nour Darwazeh');
  await w.go(leader, new URL(leader.url()).pathname + '/outcome');
  await follow(leader, 'Registrer jobb');
  await leader.getByRole('radio', { name: /^Ja/ }).first().check();
  await leader.getByLabel('Stilling').first().fill('Provisorfarmasøyt');
  for (const name of ['offered_on', 'from_on']) if (await leader.locator(`input[name=${name}]`).count()) await leader.locator(`input[name=${name}]`).fill(day(0));
  for (const set of await leader.locator('main fieldset').all()) if (!(await set.getByRole('radio', { checked: true }).count()) && (await set.getByRole('radio').count())) await set.getByRole('radio').first().check();
  if (await leader.locator('input[name=percent]').count()) await leader.locator('input[name=percent]').fill('100');
  await press(leader, 'Lagre');
  await w.go(leader, '/results');
  await says(leader, '8 av 16');
}

for (const js of [true, false])
  test(`the whole way ${js ? 'with' : 'without'} JavaScript`, { timeout: 240000 }, async () => {
    const server = await startServer();
    const browser = await startBrowser();
    let w;
    try {
      w = new Walk(server, browser, js);
      await importAndInvite(w);
      await apply(w);
      await interview(w);
      await admit(w);
      await mentor(w);
      await match(w);
      await agreement(w);
      await mentoring(w);
      await outcome(w);
      for (const [who, page] of Object.entries(w.people)) assert.deepEqual(page.complaints, [], who);
    } catch (e) {
      for (const [who, page] of Object.entries(w?.people ?? {})) console.log(`--- ${who} at ${page.url()}:\n${(await page.locator('main').innerText().catch(() => '')).slice(0, 1500)}`);
      throw e;
    } finally {
      await browser.close();
      await server.stop();
    }
  });
