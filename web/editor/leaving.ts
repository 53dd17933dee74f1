// Leaving the page, and logging out, with something that is not on the server yet.
import type { Connection } from './connection';
import { text } from './texts';

const flag = 'springbrett-unsaved'; // read by islands/site.ts on every page: a log-out there would delete what is only here

export function watchLeaving(link: Connection): void {
  addEventListener('beforeunload', (event) => {
    if (link.unsent && !link.device.safe) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    try {
      if (link.unsent) localStorage.setItem(flag, '1');
      else localStorage.removeItem(flag);
    } catch { /* storage is turned off: then nothing is kept here either */ }
  });
  // In the capturing phase: before the log-out that deletes.
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.getAttribute('action') !== '/logout' || !link.unsent) return;
    if (confirm(text('logout-unsaved'))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
