// What a document can hold. The server reads and writes the same nodes and marks (src/live/prose.h): change both or none.
// Contents are wide (block+) on purpose: y-prosemirror deletes from the shared text what does not fit here.
import { Schema, type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec } from 'prosemirror-model';

// Only these may stand in a link; the server drops all others too.
export function safeAddress(text: string | null): string {
  const address = (text ?? '').trim();
  return /^(https?:\/\/[^\s]|mailto:[^\s]|tel:[+\d])/i.test(address) ? address : '';
}

// Each block finds its own direction: an Arabic paragraph in a Norwegian document needs no button, and nothing is stored.
const auto = { dir: 'auto' };

function alignOf(dom: HTMLElement): string | null {
  const { align } = dom.dataset;
  return align === 'center' || align === 'end' ? align : null;
}

function aligned(node: Node): Attrs {
  return node.attrs.align ? { ...auto, 'data-align': node.attrs.align } : auto;
}

const heading: NodeSpec = {
  attrs: { level: { default: 1 }, align: { default: null } },
  content: 'inline*', group: 'block', defining: true,
  // The page has the title as its h1, so the text begins at h2; what is pasted is taken by its depth.
  parseDOM: [1, 2, 3, 4, 5, 6].map((depth) => ({
    tag: `h${depth}`,
    getAttrs: (dom) => ({ level: Math.min(Number(dom.dataset.level) || depth, 3), align: alignOf(dom) }),
  })),
  toDOM: (node) => [`h${node.attrs.level + 1}`, { ...aligned(node), 'data-level': String(node.attrs.level) }, 0],
};

function cell(tag: 'td' | 'th', role: string): NodeSpec {
  return {
    content: 'block+', isolating: true, tableRole: role,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 } },
    parseDOM: [{ tag, getAttrs: (dom) => ({ colspan: span(dom, 'colspan', 50), rowspan: span(dom, 'rowspan', 200) }) }],
    toDOM: (node) => [tag, spans(node), 0],
  };
}

function span(dom: HTMLElement, name: string, most: number): number {
  const n = Number(dom.getAttribute(name));
  return Number.isInteger(n) && n > 0 ? Math.min(n, most) : 1;
}

function spans(node: Node): Attrs {
  const attrs: Record<string, string> = {};
  for (const name of ['colspan', 'rowspan']) if (node.attrs[name] > 1) attrs[name] = String(node.attrs[name]);
  return attrs;
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: {
    attrs: { align: { default: null } }, content: 'inline*', group: 'block',
    parseDOM: [{ tag: 'p', getAttrs: (dom) => ({ align: alignOf(dom) }) }],
    toDOM: (node) => ['p', aligned(node), 0],
  },
  heading,
  blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', auto, 0] },
  bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', auto, 0] },
  ordered_list: {
    attrs: { order: { default: 1 } }, content: 'list_item+', group: 'block',
    parseDOM: [{ tag: 'ol', getAttrs: (dom) => ({ order: span(dom, 'start', 1e6) }) }],
    toDOM: (node) => ['ol', node.attrs.order === 1 ? auto : { ...auto, start: String(node.attrs.order) }, 0],
  },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', auto, 0] },
  table: { content: 'table_row+', group: 'block', isolating: true, tableRole: 'table', parseDOM: [{ tag: 'table' }], toDOM: () => ['table', auto, ['tbody', 0]] },
  table_row: { content: '(table_cell | table_header)+', tableRole: 'row', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
  table_cell: cell('td', 'cell'),
  table_header: cell('th', 'header_cell'),
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  text: { group: 'inline' },
  hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
};

function suggestion(tag: 'ins' | 'del'): MarkSpec {
  return {
    attrs: { id: {}, name: { default: '' } }, inclusive: false,
    parseDOM: [{ tag: `${tag}[data-suggestion]`, getAttrs: (dom) => ({ id: dom.dataset.suggestion, name: dom.dataset.name ?? '' }) }],
    toDOM: (mark): DOMOutputSpec => [tag, { 'data-suggestion': mark.attrs.id, 'data-name': mark.attrs.name }, 0],
  };
}

const marks: Record<string, MarkSpec> = {
  // Only the place of a comment: its words lie in the database. Comments may overlap, and do not grow with what is written after them.
  comment: {
    attrs: { id: {} }, excludes: '', inclusive: false,
    parseDOM: [{ tag: 'span[data-comment]', getAttrs: (dom) => ({ id: dom.dataset.comment }) }],
    toDOM: (mark) => ['span', { 'data-comment': mark.attrs.id }, 0],
  },
  link: {
    attrs: { href: {} }, inclusive: false,
    parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => { const href = safeAddress(dom.getAttribute('href')); return href ? { href } : false; } }],
    toDOM: (mark) => ['a', { href: safeAddress(mark.attrs.href), rel: 'nofollow noopener' }, 0],
  },
  strong: {
    parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
    toDOM: () => ['strong', 0],
  },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  underline: { parseDOM: [{ tag: 'u' }], toDOM: () => ['u', 0] },
  insertion: suggestion('ins'),
  deletion: suggestion('del'),
};

export const schema = new Schema({ nodes, marks });
export const { nodes: node, marks: mark } = schema;
