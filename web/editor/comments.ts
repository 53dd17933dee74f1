// Comments: the place is a mark in the text, the words are threads that the server draws. Its forms are sent by fetch, and the panel is
// swapped for the one in the answer, so that nobody leaves the text to comment.
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, TextSelection, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import { announce } from './announce';
import { findOnce, pin, quoteOf, type Range } from './anchor';
import { Right, type Connection } from './connection';
import { button, make } from './dom';
import { mark } from './schema';
import { randomId } from './suggest';
import { text } from './texts';

interface Lit {
  open: Set<string>; // marks whose threads are open
  draft: Range | null;
}

const key = new PluginKey<{ lit: Lit; set: DecorationSet }>('comments');

function decorations(doc: Node, lit: Lit): DecorationSet {
  const all: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const m of node.isText ? node.marks : [])
      if (m.type === mark.comment && lit.open.has(m.attrs.id)) all.push(Decoration.inline(at, at + node.nodeSize, { class: 'sb-commented' }));
  });
  if (lit.draft) all.push(Decoration.inline(lit.draft.from, lit.draft.to, { class: 'sb-commented is-lit' }));
  return DecorationSet.create(doc, all);
}

export function commentPlugin(): Plugin {
  return new Plugin<{ lit: Lit; set: DecorationSet }>({
    key,
    state: {
      init: () => ({ lit: { open: new Set<string>(), draft: null }, set: DecorationSet.empty }),
      apply(tr, value, _old, state) {
        const lit: Lit = tr.getMeta(key) ?? value.lit;
        if (!tr.docChanged && lit === value.lit) return value;
        const draft = lit.draft && { from: tr.mapping.map(lit.draft.from, 1), to: tr.mapping.map(lit.draft.to, -1) };
        const moved = { open: lit.open, draft: draft && draft.to > draft.from ? draft : null };
        return { lit: moved, set: decorations(state.doc, moved) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
  });
}

// First and last place of each mark.
function places(doc: Node): Map<string, Range> {
  const found = new Map<string, Range>();
  doc.descendants((node, at) => {
    for (const m of node.isText ? node.marks : []) {
      if (m.type !== mark.comment) continue;
      const to = at + node.nodeSize;
      found.set(m.attrs.id, { from: found.get(m.attrs.id)?.from ?? at, to });
    }
  });
  return found;
}

interface Draft {
  id: string;
  quote: string;
  place: (state: EditorState) => Range | null;
}

export class Comments {
  private draft: Draft | null = null;
  private readonly seen = new Set<string>(); // marks that stood in the text: gone now means deleted, not yet to be set
  private timer = 0;
  private paintTimer = 0;
  private loading: Promise<void> = Promise.resolve();

  constructor(private readonly view: EditorView, private readonly link: Connection, private readonly id: string, private readonly note: (words: string) => void) {
    document.addEventListener('submit', (event) => this.submit(event), true);
    document.addEventListener('click', (event) => this.click(event));
    link.onComments = () => this.load();
    this.refresh();
  }

  private get panel(): HTMLElement | null {
    return document.getElementById('comments');
  }

  private threads(): HTMLElement[] {
    return [...(this.panel?.querySelectorAll<HTMLElement>('article[data-mark]') ?? [])].filter((t) => t.dataset.mark);
  }

  private light(draft?: Range | null): void {
    const open = new Set(this.threads().filter((t) => t.dataset.resolved === undefined).map((t) => t.dataset.mark!));
    const now = key.getState(this.view.state)!.lit;
    this.view.dispatch(this.view.state.tr.setMeta(key, { open, draft: draft === undefined ? now.draft : draft }));
  }

  // After the panel or the text has changed.
  private refresh(): void {
    this.light();
    this.paint();
    this.adoptSoon();
  }

  changed(docChanged: boolean): void {
    this.follow();
    if (!docChanged) return;
    clearTimeout(this.paintTimer);
    this.paintTimer = window.setTimeout(() => this.paint(), 400);
  }

  // Each thread gets the way to its words, or the word that they are gone.
  private paint(): void {
    const found = places(this.view.state.doc);
    for (const id of found.keys()) this.seen.add(id);
    for (const thread of this.threads()) {
      const quote = thread.querySelector('.sb-comment__quote');
      if (!quote) continue;
      const is = found.has(thread.dataset.mark!) ? 'show' : 'gone';
      if (thread.dataset.place === is) continue;
      thread.dataset.place = is;
      quote.parentElement?.querySelector('.sb-comment__place')?.remove();
      const place = make('p', { class: 'sb-comment__place' });
      if (is === 'show') {
        const b = make('button', { type: 'button', class: 'ds-link sb-plain', 'data-show': thread.dataset.mark! }, text('comment-show'));
        place.append(b);
      } else place.append(text('comment-gone'));
      quote.after(place);
    }
  }

  // The caret in commented words lights their thread.
  private follow(): void {
    const ids = new Set(this.marksAt(this.view.state.selection.head));
    for (const thread of this.threads()) thread.classList.toggle('is-lit', ids.has(thread.dataset.mark!));
  }

  private marksAt(pos: number): string[] {
    const $pos = this.view.state.doc.resolve(pos);
    return [$pos.nodeBefore, $pos.nodeAfter].flatMap((n) => n?.marks ?? []).filter((m) => m.type === mark.comment).map((m) => m.attrs.id as string);
  }

  // Called with a selection: a new comment. With the caret in commented words: to their thread.
  begin(): void {
    const { state } = this.view;
    const { from, to, empty } = state.selection;
    if (empty) {
      const ids = this.marksAt(from);
      const thread = this.threads().find((t) => ids.includes(t.dataset.mark!));
      return thread ? this.go(thread) : this.note(text('comment-pick'));
    }
    const quote = quoteOf(state.doc, { from, to });
    if (!quote) return this.note(text('comment-pick'));
    this.draft = { id: randomId(), quote, place: pin(state, { from, to }) };
    this.light({ from, to });
    this.showDraft();
    this.form()?.querySelector('textarea')?.focus();
  }

  private form(): HTMLFormElement | null {
    return this.panel?.querySelector<HTMLInputElement>('input[name="mark"]')?.form ?? null;
  }

  private showDraft(): void {
    const form = this.form();
    if (!form || !this.draft) return;
    const box = form.closest('details');
    if (box) box.open = true;
    form.querySelector('.sb-draft')?.remove();
    const cancel = button(text('cancel'));
    cancel.dataset.cancel = '';
    form.prepend(make('div', { class: 'sb-draft' }, make('p', {}, text('comment-about')), make('blockquote', { class: 'sb-comment__quote', dir: 'auto' }, this.draft.quote), cancel));
    this.set(form, this.draft.id, this.draft.quote);
    form.onkeydown = (event) => { if (event.key === 'Escape') this.cancel(); };
  }

  private set(form: HTMLFormElement, id: string, quote: string): void {
    for (const [name, value] of [['mark', id], ['quote', quote]]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
    }
  }

  private cancel(): void {
    if (!this.draft) return;
    this.draft = null;
    const form = this.form();
    form?.querySelector('.sb-draft')?.remove();
    if (form) this.set(form, '', '');
    this.light(null);
    this.view.focus();
  }

  private go(thread: HTMLElement): void {
    thread.tabIndex = -1;
    thread.focus();
    thread.scrollIntoView({ block: 'nearest' });
  }

  private click(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const show = target.closest<HTMLElement>('[data-show]');
    if (show) return this.showInText(show.dataset.show!);
    if (target.closest('[data-cancel]')) return this.cancel();
    if (!this.view.dom.contains(target)) return;
    // The caret stays where it was put: only the thread comes into sight.
    const at = target.closest<HTMLElement>('[data-comment]')?.dataset.comment;
    const thread = at && this.threads().find((t) => t.dataset.mark === at);
    if (thread && matchMedia('(min-width: 70.01rem)').matches) thread.scrollIntoView({ block: 'nearest' });
  }

  private showInText(id: string): void {
    const place = places(this.view.state.doc).get(id);
    if (!place) return;
    const { doc, tr } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, place.from, place.to)).scrollIntoView());
    this.view.focus();
  }

  private submit(event: Event): void {
    const form = event.target as HTMLFormElement;
    if (!form.closest('#comments') || form.method !== 'post') return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = '1';
    void this.send(form, (event as SubmitEvent).submitter).finally(() => delete form.dataset.busy);
  }

  private async send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    const fields = new URLSearchParams();
    new FormData(form, submitter).forEach((value, name) => fields.append(name, String(value)));
    fields.set('back', 'comments');
    const about = form === this.form() ? this.draft : null;
    form.parentElement?.querySelector('.sb-comment__failed')?.remove();
    let answer: Response;
    let page = '';
    try {
      answer = await fetch(form.getAttribute('action') ?? '', { method: 'POST', body: fields });
      page = await answer.text();
    } catch {
      return this.failed(form);
    }
    if (!this.swap(page, answer.ok ? form : null)) return this.failed(form);
    if (!answer.ok) return this.showDraft();
    if (form.querySelector('textarea') && form.isConnected === false) announce(text('comment-sent'));
    if (about) this.settle(about);
  }

  private failed(form: HTMLFormElement): void {
    form.append(make('p', { class: 'ds-validation-message sb-comment__failed', role: 'alert' }, text('comment-failed')));
  }

  // The server has the comment: now its words are marked. Who may not write leaves that to somebody who may.
  private settle(draft: Draft): void {
    const place = draft.place(this.view.state);
    this.draft = null;
    this.light(null);
    if (place && place.to > place.from && this.link.editable) this.place(draft.id, place);
    this.view.focus();
  }

  private place(id: string, { from, to }: Range): void {
    this.view.dispatch(this.view.state.tr.addMark(from, to, mark.comment.create({ id })).setMeta('addToHistory', false));
  }

  load(): void {
    this.loading = this.loading.then(async () => {
      try {
        const answer = await fetch(`/documents/${this.id}/comments`);
        const before = this.count();
        if (answer.ok && this.swap(await answer.text(), null)) announce(text(this.count() > before ? 'comment-new' : 'comment-changed'));
      } catch { /* offline: the next connection asks again */ }
    });
  }

  private count(): number {
    return this.panel?.querySelectorAll('[id^="comment-"]').length ?? 0;
  }

  // What stands half written in another form, and where the reader is, stays. `sent` is the form whose text is done.
  private swap(page: string, sent: HTMLFormElement | null): boolean {
    const fresh = new DOMParser().parseFromString(page, 'text/html').getElementById('comments');
    const old = this.panel;
    if (!fresh || !old) return false;
    const where = (field: Element) => `${(field as HTMLTextAreaElement).form?.getAttribute('action')} ${(field as HTMLTextAreaElement).name}`;
    const typed = new Map([...old.querySelectorAll('textarea')].filter((t) => t.value && t.form !== sent).map((t) => [where(t), t.value]));
    const active = old.contains(document.activeElement) ? document.activeElement! : null;
    const focus = active && { id: active.closest('[id]')?.id, where: active instanceof HTMLTextAreaElement ? where(active) : '' };
    const opened = [...old.querySelectorAll<HTMLDetailsElement>('details[open]')].map((d) => d.closest('[id]')?.id);
    old.replaceWith(document.adoptNode(fresh));
    for (const field of fresh.querySelectorAll('textarea')) {
      const kept = typed.get(where(field));
      if (kept && !field.value) field.value = kept;
      if (focus?.where === where(field)) field.focus();
    }
    for (const box of fresh.querySelectorAll('details')) if (opened.includes(box.closest('[id]')?.id)) box.open = true;
    if (focus?.id && !fresh.contains(document.activeElement)) this.refocus(focus.id);
    if (this.draft) this.showDraft();
    this.refresh();
    return true;
  }

  private refocus(id: string): void {
    const there = document.getElementById(id) ?? this.panel;
    if (!there) return;
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.focus({ preventScroll: true });
  }

  // Comments by people who may not write have no mark yet: a client that may write sets it, if the words stand in one place.
  adoptSoon(): void {
    clearTimeout(this.timer);
    if (this.link.right !== Right.Write) return;
    this.timer = window.setTimeout(() => this.adopt(), 1500 + Math.random() * 1500);
  }

  private adopt(): void {
    if (!this.link.connected || !this.link.editable) return;
    const found = places(this.view.state.doc);
    for (const thread of this.threads()) {
      const id = thread.dataset.mark!;
      if (thread.dataset.resolved !== undefined || found.has(id) || this.seen.has(id)) continue;
      const place = findOnce(this.view.state.doc, thread.dataset.quote ?? '');
      if (place) this.place(id, place);
    }
  }
}
