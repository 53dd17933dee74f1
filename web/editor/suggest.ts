// Suggested changes: while the switch is on, what one writes is marked as inserted, and what one deletes is marked as deleted. Only text:
// paragraphs, lists, tables and looks change at once. A small part of our own, because y-prosemirror carries no marks on blocks, which the
// ready-made parts build on, and because each suggestion must say whose it is.
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { Selection, TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import { ReplaceStep, type Step } from 'prosemirror-transform';
import { mark } from './schema';

export const suggestSkip = 'suggest-skip'; // meta of a transaction that decides about suggestions itself

export interface Suggestion {
  id: string;
  name: string;
  from: number;
  to: number;
  inserted: string;
  deleted: string;
}

function suggestionOf(node: Node | null | undefined): Mark | undefined {
  return node?.marks.find((m) => m.type === mark.insertion || m.type === mark.deletion);
}

// All of them, in the order of the text; what has one id is one suggestion.
export function suggestions(doc: Node): Suggestion[] {
  const found = new Map<string, Suggestion>();
  doc.descendants((node, at) => {
    for (const m of node.isText ? node.marks : []) {
      if (m.type !== mark.insertion && m.type !== mark.deletion) continue;
      const one = found.get(m.attrs.id) ?? { id: m.attrs.id, name: m.attrs.name, from: at, to: at, inserted: '', deleted: '' };
      one.to = at + node.nodeSize;
      if (m.type === mark.insertion) one.inserted += node.text;
      else one.deleted += node.text;
      found.set(one.id, one);
    }
  });
  return [...found.values()];
}

// Accept or decline some of them, or all.
export function settle(state: EditorState, accept: boolean, ids?: Set<string>): Transaction {
  const tr = state.tr.setMeta(suggestSkip, true);
  const parts: { from: number; to: number; mark: Mark }[] = [];
  state.doc.descendants((node, from) => {
    for (const m of node.isText ? node.marks : [])
      if ((m.type === mark.insertion || m.type === mark.deletion) && (!ids || ids.has(m.attrs.id))) parts.push({ from, to: from + node.nodeSize, mark: m });
  });
  for (const part of parts.reverse()) {
    const goes = (part.mark.type === mark.deletion) === accept;
    if (!goes) tr.removeMark(tr.mapping.map(part.from, 1), tr.mapping.map(part.to, -1), part.mark);
    else removeText(tr, tr.mapping.map(part.from, 1), tr.mapping.map(part.to, -1));
  }
  return tr;
}

// A paragraph whose last word goes, goes too.
function removeText(tr: Transaction, from: number, to: number): void {
  if (to <= from) return;
  tr.delete(from, to);
  const at = tr.doc.resolve(from);
  if (at.parent.isTextblock && !at.parent.content.size && at.depth > 0 && at.node(-1).childCount > 1) tr.delete(at.before(), at.after());
}

export class Suggesting {
  on = false;
  onStructure: () => void = () => {};

  constructor(private readonly name: string, private readonly account: string) {}

  // What is done instead of `wanted`.
  transform(state: EditorState, wanted: Transaction): Transaction {
    if (!this.on || !wanted.docChanged || wanted.getMeta(suggestSkip)) return wanted;
    const tr = state.tr;
    let caret: number | null = null;
    let direct = false;
    wanted.steps.forEach((step, i) => {
      const place = (pos: number) => tr.mapping.map(before(wanted, i, pos));
      if (step instanceof ReplaceStep && touchesText(wanted.docs[i], step)) caret = this.replace(tr, step, place(step.from), place(step.to), state);
      else {
        direct = true;
        again(tr, wanted, i, step);
      }
    });
    if (direct) this.onStructure();
    if (caret !== null) tr.setSelection(TextSelection.near(tr.doc.resolve(caret), -1));
    else if (wanted.selectionSet) tr.setSelection(moved(wanted, tr));
    for (const [key, value] of metas(wanted)) tr.setMeta(key, value);
    return wanted.scrolledIntoView ? tr.scrollIntoView() : tr;
  }

  // Returns where the caret goes.
  private replace(tr: Transaction, step: ReplaceStep, from: number, to: number, state: EditorState): number {
    const ours = { id: this.idAt(tr.doc, from, to), name: this.name };
    const forward = state.selection.empty && state.selection.from === step.from;
    const start = tr.mapping.maps.length;
    this.remove(tr, from, to, ours);
    const after = tr.mapping.slice(start);
    const [low, high] = [after.map(from, -1), after.map(to, 1)];
    if (!step.slice.size) return forward ? high : low;
    const at = tr.doc.resolve(low).parent !== tr.doc.resolve(high).parent ? low : high;
    const begin = tr.mapping.maps.length;
    tr.replaceRange(at, at, new Slice(marked(step.slice.content, mark.insertion.create(ours)), step.slice.openStart, step.slice.openEnd));
    return tr.mapping.slice(begin).map(at, 1);
  }

  // One's own words that nobody has accepted really go; all others are marked.
  private remove(tr: Transaction, from: number, to: number, ours: { id: string; name: string }): void {
    const parts: { from: number; to: number; own: boolean }[] = [];
    tr.doc.nodesBetween(from, to, (node, at) => {
      if (!node.isText || mark.deletion.isInSet(node.marks)) return;
      const own = this.mine(mark.insertion.isInSet(node.marks));
      parts.push({ from: Math.max(from, at), to: Math.min(to, at + node.nodeSize), own });
    });
    for (const part of parts.reverse()) {
      if (part.own) tr.delete(part.from, part.to);
      else tr.addMark(part.from, part.to, mark.deletion.create(ours));
    }
  }

  // Beside a suggestion of one's own it goes on; elsewhere a new one begins.
  private idAt(doc: Node, from: number, to: number): string {
    for (const beside of [doc.resolve(from).nodeBefore, doc.resolve(to).nodeAfter, doc.nodeAt(from)]) {
      const m = suggestionOf(beside);
      if (m && this.mine(m)) return m.attrs.id;
    }
    return `${this.account}-${randomId()}`;
  }

  private mine(m: Mark | undefined): boolean {
    return !!m && String(m.attrs.id).startsWith(`${this.account}-`);
  }
}

export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

function touchesText(doc: Node, step: ReplaceStep): boolean {
  return doc.textBetween(step.from, step.to).length > 0 || step.slice.content.textBetween(0, step.slice.content.size).length > 0;
}

// A position in the document before step i, as one before the first step.
function before(tr: Transaction, i: number, pos: number): number {
  for (let k = i - 1; k >= 0; k--) pos = tr.mapping.maps[k].invert().map(pos);
  return pos;
}

function moved(wanted: Transaction, tr: Transaction): Selection {
  const place = (pos: number) => tr.doc.resolve(tr.mapping.map(before(wanted, wanted.steps.length, pos)));
  return TextSelection.between(place(wanted.selection.anchor), place(wanted.selection.head));
}

function again(tr: Transaction, wanted: Transaction, i: number, step: Step): void {
  let there: Step | null = step;
  for (let k = i - 1; k >= 0 && there; k--) there = there.map(wanted.mapping.maps[k].invert());
  there = there?.map(tr.mapping) ?? null;
  if (there) tr.maybeStep(there);
}

function marked(content: Fragment, insertion: Mark): Fragment {
  const out: Node[] = [];
  content.forEach((node) => {
    if (node.isText) out.push(node.mark(insertion.addToSet(mark.deletion.removeFromSet(node.marks))));
    else out.push(node.copy(marked(node.content, insertion)));
  });
  return Fragment.from(out);
}

function* metas(tr: Transaction): Generator<[string, unknown]> {
  for (const key of ['paste', 'uiEvent', 'composition', 'addToHistory']) {
    const value = tr.getMeta(key);
    if (value !== undefined) yield [key, value];
  }
}
