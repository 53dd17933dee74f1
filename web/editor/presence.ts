// Who is here: a list above the text, a caret with a name for each, and a word to the screen reader when somebody comes or goes.
import { yCursorPlugin } from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import type { Plugin } from 'prosemirror-state';
import { announce } from './announce';
import { make, must } from './dom';
import { text } from './texts';

interface Person {
  name?: string;
  color?: string;
}

// The sheet has a colour for each class: a colour from somebody else never becomes a style here.
const palette = 6;

function tone(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return `sb-tone-${(sum % palette) + 1}`;
}

export function carets(awareness: Awareness): Plugin {
  return yCursorPlugin(awareness, {
    cursorBuilder: (person: Person, client: number) => {
      const name = make('span', { class: 'sb-caret__name', dir: 'auto' }, person.name ?? '');
      // Word joiners: so that the caret takes a place of its own but no line is broken at it.
      return make('span', { class: `sb-caret ${tone(person.name ?? '')}`, 'data-client': String(client), 'aria-hidden': 'true' }, '\u2060', name, '\u2060');
    },
    selectionBuilder: (person: Person) => ({ class: `sb-selected ${tone(person.name ?? '')}` }),
  });
}

// The name covers the line above: it shows while its owner moves or writes, and when the mouse is on the caret.
const nameStays = 4000;
export function watchCarets(awareness: Awareness): void {
  const timers = new Map<number, number>();
  awareness.on('update', ({ added, updated }: { added: number[]; updated: number[] }) => {
    for (const client of [...added, ...updated]) {
      const fresh = (is: boolean) => document.querySelector(`.sb-caret[data-client="${client}"]`)?.classList.toggle('is-still', !is);
      clearTimeout(timers.get(client));
      setTimeout(fresh, 50, true); // the caret is drawn a little later
      timers.set(client, window.setTimeout(fresh, nameStays, false));
    }
  });
}

export function showPeople(awareness: Awareness, me: string): void {
  const list = must<HTMLUListElement>('#document-people');
  let known: string[] | null = null;
  const draw = () => {
    const here = new Set<string>();
    awareness.getStates().forEach((state, client) => {
      const name = (state.user as Person | undefined)?.name;
      if (client !== awareness.clientID && name && name !== me) here.add(name);
    });
    const names = [...here].sort((a, b) => a.localeCompare(b));
    if (known && names.join('\n') === known.join('\n')) return;
    list.setAttribute('aria-label', text('here'));
    list.replaceChildren(...(names.length ? names.map(person) : [make('li', { class: 'sb-alone' }, text('alone'))]));
    tell(known ?? [], names);
    known = names;
  };
  awareness.on('change', draw);
  draw();
}

function person(name: string): HTMLLIElement {
  return make('li', { class: `sb-person ${tone(name)}` }, make('bdi', {}, name));
}

// A connection that breaks for a moment makes everybody go and come: only what still holds after a while is said.
let timer = 0;
let before: string[] | null = null;
function tell(was: string[], now: string[]): void {
  before ??= was;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    const start = before ?? [];
    before = null;
    for (const name of now) if (!start.includes(name)) announce(text('joined', name));
    for (const name of start) if (!now.includes(name)) announce(text('left', name));
  }, 2000);
}
