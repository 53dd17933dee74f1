// The login ends after a time without use. Two minutes before, the page says so; when it is over, the page is hidden from whoever looks over the
// shoulder, and what was typed is not lost: it goes with the reader through the login page (page/login/login.c: login_ended).
//   body[data-idle]   seconds without use
//   body[data-left]   seconds until it ends in any case
//   body[data-csrf]   the form token
//   body[data-shared] a computer that others use: what the browser keeps is cleared at the end
import { forget } from './logout';
import { typedForm } from './forms';

const body = document.body;
const idle = Number(body.dataset.idle) * 1000;
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('sb-login') : null;
const notice = document.querySelector<HTMLElement>('#sb-idle .sb-idle__in');
const over = document.querySelector<HTMLDialogElement>('#sb-over');

if (idle > 0 && notice && over) {
  const warn = Math.min(120_000, idle / 2);
  const ends = Date.now() + Number(body.dataset.left) * 1000; // however busy the reader is
  let until = Math.min(Date.now() + idle, ends);
  let asked = Date.now(); // when the server last heard of the reader
  let busy = false;
  let done = false;

  const show = (on: boolean): void => {
    if (notice.hidden === !on) return;
    notice.hidden = !on;
  };

  // Seconds left, or nothing when the login is over; throws when the server cannot be reached.
  const ask = async (look: boolean): Promise<number | undefined> => {
    const answer = await fetch('/account/stay', {
      method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, redirect: 'manual',
      body: new URLSearchParams({ csrf: body.dataset.csrf ?? '', ...(look ? { look: '1' } : {}) }),
    });
    if (!answer.ok) return undefined;
    return ((await answer.json()) as { left: number }).left;
  };

  const goes = (left: number): void => {
    until = Math.min(Date.now() + left * 1000, ends);
    show(until - Date.now() <= warn);
  };

  const stay = async (): Promise<void> => {
    if (busy || done) return;
    busy = true;
    asked = Date.now();
    try {
      const left = await ask(false);
      if (left === undefined) await end();
      else {
        goes(left);
        channel?.postMessage(left);
      }
    } catch { /* no line: the clock goes on */ }
    busy = false;
  };

  const end = async (): Promise<void> => {
    if (done) return;
    done = true;
    show(false);
    const form = typedForm();
    over.querySelector<HTMLElement>('[data-typed]')!.hidden = !form;
    body.classList.add('is-over');
    document.title = 'Springbrett';
    over.addEventListener('cancel', (event) => event.preventDefault());
    if (!over.open) over.showModal();
    if (body.dataset.shared !== undefined) await forget().catch(() => {});
  };

  // The form goes to the server, which asks for a login and keeps it; else the page comes again after it.
  over.querySelector('a')!.addEventListener('click', (event) => {
    event.preventDefault();
    const form = typedForm();
    if (form) {
      form.dataset.sent = '1'; // no question about leaving
      form.submit();
    }
    else location.assign('/login?ended=1&next=' + encodeURIComponent(location.pathname + location.search));
  });

  const tick = async (): Promise<void> => {
    if (done || busy) return;
    const rest = until - Date.now();
    if (rest > 0) return show(rest <= warn);
    busy = true;
    try { // another tab may have kept it alive, or a document that is written in
      const left = await ask(true);
      if (left !== undefined && left > 0 && Date.now() < ends) goes(left);
      else await end();
    } catch {
      await end(); // nobody can be asked: hidden all the same
    }
    busy = false;
  };

  // Somebody who types or reads on is there: the server hears of it now and then.
  const here = (): void => {
    if (!done && (Date.now() - asked > idle / 4 || !notice.hidden)) void stay();
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchstart'] as const) document.addEventListener(kind, here, { passive: true });
  notice.querySelector('button')!.addEventListener('click', () => void stay());
  channel?.addEventListener('message', (event) => {
    if (!done && typeof event.data === 'number') {
      asked = Date.now();
      goes(event.data);
    }
  });
  // A page that slept (a closed lid) looks at once.
  document.addEventListener('visibilitychange', () => void tick());
  window.addEventListener('pageshow', () => void tick());
  setInterval(() => void tick(), Math.min(5000, warn / 4));
}
