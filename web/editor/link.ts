// The dialog for a link: its address, and its words when nothing is selected.
import { TextSelection, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { pin } from './anchor';
import { button, make } from './dom';
import { mark, safeAddress, schema } from './schema';
import { text } from './texts';

// What a person writes in the field: "nav.no", "kari@eksempel.no", a whole address.
export function addressOf(typed: string): string {
  const words = typed.trim();
  if (/^[^\s@/:]+@[^\s@]+\.[^\s@]+$/.test(words)) return safeAddress(`mailto:${words}`);
  if (/^\+?[\d ]{5,}$/.test(words)) return safeAddress(`tel:${words.replaceAll(' ', '')}`);
  if (/^[^\s/:@]+\.[a-z]{2,}(\/\S*)?$/i.test(words)) return safeAddress(`https://${words}`);
  return safeAddress(words);
}

// The whole link that the caret stands in, or what is selected.
function rangeOf(state: EditorState): { from: number; to: number; href: string } {
  const { from, to, empty, $from } = state.selection;
  const here = mark.link.isInSet($from.marks()) ?? mark.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!empty || !here) return { from, to, href: here?.attrs.href ?? '' };
  let [start, end] = [from, to];
  $from.parent.forEach((child, offset) => {
    const at = $from.start() + offset;
    if (here.isInSet(child.marks) && at <= from && at + child.nodeSize >= from) [start, end] = [at, at + child.nodeSize];
  });
  return { from: start, to: end, href: here.attrs.href };
}

export class LinkDialog {
  private readonly dialog = make('dialog', { class: 'ds-dialog sb-linkdialog', 'aria-labelledby': 'link-title', closedby: 'any' });
  private readonly address = make('input', { class: 'ds-input', id: 'link-address', type: 'text', inputmode: 'url', dir: 'ltr', autocomplete: 'off', 'aria-describedby': 'link-wrong link-help' });
  private readonly words = make('input', { class: 'ds-input', id: 'link-words', type: 'text', dir: 'auto', autocomplete: 'off' });
  private readonly wrong = make('p', { class: 'ds-validation-message', id: 'link-wrong', 'data-field': 'validation', hidden: '' });
  private readonly wordsField = make('div', { class: 'ds-field' });
  private readonly remove = button(text('link-remove'));
  private range = { from: 0, to: 0, href: '' };
  private place: ReturnType<typeof pin> = () => null;

  constructor(private readonly view: EditorView) {
    const field = make('div', { class: 'ds-field' },
      make('label', { class: 'ds-label', for: 'link-address' }, text('link-address')),
      make('p', { 'data-field': 'description', id: 'link-help' }, text('link-help')), this.address, this.wrong);
    this.wordsField.append(make('label', { class: 'ds-label', for: 'link-words' }, text('link-words')), this.words);
    const save = make('button', { class: 'ds-button', type: 'submit' }, text('link-save'));
    const cancel = button(text('cancel'));
    for (const b of [this.remove, cancel]) b.removeAttribute('data-size');
    const form = make('form', { class: 'sb-form sb-form--tight', novalidate: '', 'data-nowarn': '' }, make('h2', { class: 'ds-heading', 'data-size': 'xs', id: 'link-title' }, text('link-title')),
      field, this.wordsField, make('div', { class: 'sb-row' }, save, this.remove, cancel));
    this.dialog.append(form);
    document.body.append(this.dialog);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    cancel.addEventListener('click', () => this.dialog.close());
    this.remove.addEventListener('click', () => this.set(''));
    this.dialog.addEventListener('close', () => this.view.focus());
  }

  open(): void {
    this.range = rangeOf(this.view.state);
    this.place = pin(this.view.state, this.range);
    this.address.value = this.range.href;
    this.words.value = '';
    this.wordsField.hidden = this.range.from !== this.range.to;
    this.remove.hidden = !this.range.href;
    this.fault(false);
    this.dialog.showModal();
    this.address.focus();
  }

  private fault(is: boolean): void {
    this.wrong.hidden = !is;
    this.wrong.textContent = is ? text('link-wrong') : '';
    this.address.setAttribute('aria-invalid', String(is));
    if (is) this.address.focus();
  }

  private save(): void {
    const href = addressOf(this.address.value);
    if (href) this.set(href);
    else this.fault(true);
  }

  private set(href: string): void {
    // Others may have written meanwhile; when the place is gone there is nothing to link.
    const empty = this.range.from === this.range.to;
    const range = this.place(this.view.state) ?? (empty ? this.view.state.selection : null);
    if (!range) return this.dialog.close();
    const { from, to } = range;
    const tr = this.view.state.tr;
    if (!empty) {
      tr.removeMark(from, to, mark.link);
      if (href) tr.addMark(from, to, mark.link.create({ href }));
    } else if (href) {
      const words = this.words.value.trim() || this.address.value.trim();
      tr.insert(from, schema.text(words, [mark.link.create({ href })])).setSelection(TextSelection.create(tr.doc, from + words.length));
    }
    if (tr.docChanged) this.view.dispatch(tr.scrollIntoView());
    this.dialog.close();
  }
}
