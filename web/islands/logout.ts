// Logging out clears the documents that were kept on this device: phones are shared.

const names = 'springbrett-';
const flag = 'springbrett-unsaved';
const patience = 1500; // ms to wait for the deletion before logging out all the same

export async function forget(): Promise<void> {
  const all = (await indexedDB.databases?.()) ?? [];
  const mine = all.map((one) => one.name ?? '').filter((name) => name.startsWith(names));
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch { /* storage is turned off: nothing is kept */ }
  await Promise.all(mine.map((name) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = done;
  })));
}

// Text that only this device has would be lost without a word.
function sure(form: HTMLFormElement): boolean {
  try {
    if (!localStorage.getItem(flag)) return true;
    const question = form.dataset.unsaved;
    if (question && !confirm(question)) return false;
    localStorage.removeItem(flag);
  } catch { /* storage is turned off: nothing is kept */ }
  return true;
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.getAttribute('action') !== '/logout' || form.dataset.forgot || !('indexedDB' in window)) return;
  event.preventDefault();
  if (!sure(form)) return;
  form.dataset.forgot = '1';
  const late = new Promise((done) => setTimeout(done, patience));
  void Promise.race([forget().catch(() => {}), late]).then(() => form.submit());
});
