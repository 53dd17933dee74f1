// Places in the text: kept for the seconds that a form or dialog is open, and found again by their words.
import type { Node } from 'prosemirror-model';
import type { EditorState } from 'prosemirror-state';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from 'y-prosemirror';

export interface Range {
  from: number;
  to: number;
}

export const separator = ' ';
const quoteMax = 300; // bytes that the server keeps (src/domain/document.h)

// A shared position moves with what others write; it is lost when its paragraph is split or becomes a heading, so it serves for moments only.
export function pin(state: EditorState, { from, to }: Range): (state: EditorState) => Range | null {
  const sync = ySyncPluginKey.getState(state);
  const at = [from, to].map((pos) => absolutePositionToRelativePosition(pos, sync.type, sync.binding.mapping));
  const words = state.doc.textBetween(from, to, separator, separator);
  return (now) => {
    const s = ySyncPluginKey.getState(now);
    const [a, b] = at.map((pos) => relativePositionToAbsolutePosition(s.doc, s.type, pos, s.binding.mapping));
    if (a !== null && b !== null && a <= b && now.doc.textBetween(a, b, separator, separator) === words) return { from: a, to: b };
    return findOnce(now.doc, words);
  };
}

export function quoteOf(doc: Node, { from, to }: Range): string {
  let quote = doc.textBetween(from, to, separator, separator).trim();
  const size = (s: string) => new TextEncoder().encode(s).length;
  if (size(quote) > quoteMax) quote = [...quote].slice(0, quoteMax).join('');
  while (size(quote) > quoteMax) quote = [...quote].slice(0, -10).join('');
  return quote.trim();
}

// Where these words stand, if they stand in one place only.
export function findOnce(doc: Node, words: string): Range | null {
  if (words.trim().length < 2) return null;
  const at: number[] = []; // position of each letter of the flat text
  let flat = '';
  doc.descendants((node, pos) => {
    if (node.isTextblock && flat) put(separator, pos);
    if (node.isText) for (let i = 0; i < node.text!.length; i++) put(node.text![i], pos + i);
    else if (node.isInline) put(separator, pos);
  });
  function put(letter: string, pos: number): void {
    flat += letter;
    at.push(pos);
  }
  const first = flat.indexOf(words);
  if (first < 0 || flat.indexOf(words, first + 1) >= 0) return null;
  return { from: at[first], to: at[first + words.length - 1] + 1 };
}
