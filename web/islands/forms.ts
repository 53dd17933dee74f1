// Forms: sent once, not left by accident, and sent by themselves where the page asks for it.
//   every form          a second press while the first is under way does nothing
//   form[method=post]   the browser asks before the reader leaves text that is not saved; data-nowarn turns it off
//   form[data-auto]     sent as soon as a choice is made; its button stays for everybody else
//   form[data-download] the answer is a file and the page stays

const dirty = new Set<HTMLFormElement>();
const patience = 8000; // ms after which a form may be sent again: the answer was lost, or it was a file

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
  }
}

function hold(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.dataset.sent = '1';
  // Not `disabled`: a disabled button would not send its own name and value.
  submitter?.setAttribute('aria-busy', 'true');
  submitter?.setAttribute('aria-disabled', 'true');
  setTimeout(() => release(form), form.dataset.download === undefined ? patience : 2000);
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  hold(form, (event as SubmitEvent).submitter);
  dirty.delete(form);
});

// A page that comes back from the browser's memory must be usable again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.forms) release(form);
});

function watches(form: HTMLFormElement | null): form is HTMLFormElement {
  return !!form && form.method === 'post' && form.dataset.nowarn === undefined && form.dataset.auto === undefined
    && !form.querySelector('input[type="password"]');
}

function isText(field: EventTarget | null): field is HTMLInputElement | HTMLTextAreaElement {
  return field instanceof HTMLTextAreaElement
    || (field instanceof HTMLInputElement && !['checkbox', 'radio', 'file', 'hidden', 'submit'].includes(field.type));
}

document.addEventListener('input', (event) => {
  const field = event.target;
  if (!isText(field) || !watches(field.form)) return;
  dirty.delete(field.form);
  dirty.add(field.form);
});

// The form with text that is not sent yet, the last one typed in; none: nothing.
export function typedForm(): HTMLFormElement | undefined {
  return [...dirty].filter((form) => form.isConnected && !form.dataset.sent).pop();
}

window.addEventListener('beforeunload', (event) => {
  for (const form of dirty) if (form.isConnected && !form.dataset.sent) return event.preventDefault();
});

// What was refused is not saved either.
for (const form of document.forms) if (watches(form) && form.querySelector('[aria-invalid="true"]')) dirty.add(form);

const place = 'sb-place';
document.addEventListener('change', (event) => {
  const field = event.target as HTMLInputElement;
  const form = field.form;
  if (!form || form.dataset.auto === undefined) return;
  // The page loads anew: the reader goes on where she was.
  try {
    sessionStorage.setItem(place, JSON.stringify([location.pathname, field.id, scrollY]));
  } catch { /* storage is turned off: the page starts at the top */ }
  form.requestSubmit();
});
try {
  const [path, id, y] = JSON.parse(sessionStorage.getItem(place) ?? '[]') as [string?, string?, number?];
  sessionStorage.removeItem(place);
  if (path === location.pathname) {
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
    scrollTo(0, y ?? 0);
  }
} catch { /* as above */ }
