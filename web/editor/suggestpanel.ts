// The list of suggestions beside the text: whose, what, and a button for yes and for no.
import type { EditorView } from 'prosemirror-view';
import { announce } from './announce';
import { button, make } from './dom';
import { mark } from './schema';
import { settle, suggestions, type Suggestion } from './suggest';
import { text } from './texts';

const shortest = 120; // letters of a suggestion that the list shows

function cut(words: string): string {
  const letters = [...words];
  return letters.length > shortest ? letters.slice(0, shortest).join('') + '…' : words;
}

export class SuggestPanel {
  private readonly list = make('ul', { class: 'sb-suggestions__list' });
  private readonly all = make('div', { class: 'sb-row sb-suggestions__all' });
  private readonly panel = make('section', { class: 'sb-suggestions', id: 'document-suggestions', 'aria-labelledby': 'suggestions-title', tabindex: '-1', hidden: '' });
  private drawn = '';
  private timer = 0;

  constructor(private readonly view: EditorView, private readonly mayWrite: () => boolean) {
    const acceptAll = button(text('accept-all'));
    const declineAll = button(text('decline-all'));
    acceptAll.addEventListener('click', () => this.decide(true));
    declineAll.addEventListener('click', () => this.decide(false));
    this.all.append(acceptAll, declineAll);
    this.panel.append(make('h2', { class: 'ds-heading', 'data-size': 'xs', id: 'suggestions-title' }, text('suggestions')), this.list, this.all);
    document.getElementById('comments')?.before(this.panel);
    this.draw();
  }

  changed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.draw(), 200);
  }

  draw(): void {
    const now = suggestions(this.view.state.doc);
    const write = this.mayWrite();
    const key = JSON.stringify([write, now.map((s) => [s.id, s.inserted, s.deleted])]);
    if (key === this.drawn) return;
    this.drawn = key;
    const active = document.activeElement as HTMLElement | null;
    const focused = this.list.contains(active) ? active?.dataset : undefined;
    this.panel.hidden = !now.length;
    this.all.hidden = !write || now.length < 2;
    this.list.replaceChildren(...now.map((s) => this.item(s, write)));
    if (focused) this.list.querySelector<HTMLElement>(`[data-for="${CSS.escape(focused.for ?? '')}"][data-do="${focused.do}"]`)?.focus();
  }

  private item(s: Suggestion, write: boolean): HTMLLIElement {
    const item = make('li', { class: 'sb-suggestion' }, make('p', { class: 'sb-suggestion__who', dir: 'auto' }, text('suggestion-by', s.name)));
    if (s.deleted) item.append(make('p', {}, text('suggestion-remove') + ' ', make('del', { dir: 'auto' }, cut(s.deleted))));
    if (s.inserted) item.append(make('p', {}, text('suggestion-add') + ' ', make('ins', { dir: 'auto' }, cut(s.inserted))));
    if (!write) return item;
    const row = make('div', { class: 'sb-row' });
    for (const [name, accept] of [['accept', true], ['decline', false]] as const) {
      const b = button(text(name));
      b.dataset.do = name;
      b.dataset.for = s.id;
      b.setAttribute('aria-label', `${text(name)}: ${cut(s.deleted)} ${cut(s.inserted)}`.trim());
      b.addEventListener('click', () => this.decide(accept, s.id));
      row.append(b);
    }
    item.append(row);
    return item;
  }

  private decide(accept: boolean, id?: string): void {
    const at = id ? suggestions(this.view.state.doc).findIndex((s) => s.id === id) : 0;
    this.view.dispatch(settle(this.view.state, accept, id ? new Set([id]) : undefined));
    this.draw();
    announce(text(accept ? 'accepted' : 'declined'));
    const left = this.list.querySelectorAll<HTMLElement>('[data-do="accept"]');
    if (left.length) return left[Math.min(Math.max(at, 0), left.length - 1)].focus();
    announce(text('all-done'));
    this.view.focus();
  }
}

// What suggests nothing new by itself: typing inside words that are to go would make the new words go too.
export function typeOverDeleted(view: EditorView, from: number, to: number, typed: string): boolean {
  const marks = view.state.storedMarks ?? view.state.doc.resolve(from).marks();
  if (!mark.deletion.isInSet(marks)) return false;
  const kept = marks.filter((m) => m.type !== mark.deletion);
  view.dispatch(view.state.tr.replaceWith(from, to, view.state.schema.text(typed, kept)).scrollIntoView());
  return true;
}
