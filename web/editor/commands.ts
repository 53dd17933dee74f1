// What one can do with the text, for the keyboard and the toolbar alike.
import { chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, toggleHeaderRow } from 'prosemirror-tables';
import { mark, node } from './schema';

export function inside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

export function marked(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
}

export function blockName(state: EditorState): string {
  const { parent } = state.selection.$from;
  return parent.type === node.heading ? `h${parent.attrs.level}` : 'text';
}

// Keeps the place on the line when the kind of block changes.
export function setBlock(name: string): Command {
  return (state, dispatch, view) => {
    const { align } = state.selection.$from.parent.attrs;
    const level = Number(name.slice(1));
    return (name === 'text' ? setBlockType(node.paragraph, { align }) : setBlockType(node.heading, { level, align }))(state, dispatch, view);
  };
}

// In a list of this kind: out of it. In the other kind: becomes this kind. Else a new list.
export function toggleList(type: NodeType): Command {
  return (state, dispatch, view) => {
    const { $from, $to } = state.selection;
    const range = $from.blockRange($to, (n) => n.type === node.bullet_list || n.type === node.ordered_list);
    const own = range?.parent;
    if (!range || !own || range.depth < 1) return wrapInList(type)(state, dispatch, view);
    if (own.type === type) return liftListItem(node.list_item)(state, dispatch, view);
    dispatch?.(state.tr.setNodeMarkup(range.$from.before(range.depth), type));
    return true;
  };
}

export const toggleQuote: Command = (state, dispatch, view) =>
  inside(state, node.blockquote) ? lift(state, dispatch, view) : wrapIn(node.blockquote)(state, dispatch, view);

export function setAlign(align: string): Command {
  return (state, dispatch) => {
    const on = state.selection.$from.parent.attrs.align === align ? null : align;
    const tr = state.tr;
    state.doc.nodesBetween(state.selection.from, state.selection.to, (n, at) => {
      if (n.type === node.paragraph || n.type === node.heading) tr.setNodeMarkup(at, null, { ...n.attrs, align: on } as Attrs);
    });
    if (!tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
}

export const clearLooks: Command = (state, dispatch) => {
  const { from, to, empty } = state.selection;
  if (empty) return false;
  const tr = state.tr;
  for (const type of [mark.strong, mark.em, mark.underline, mark.link]) tr.removeMark(from, to, type);
  dispatch?.(tr);
  return true;
};

export const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node.horizontal_rule.create()).scrollIntoView());
  return true;
};

const hardBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node.hard_break.create()).scrollIntoView());
  return true;
};

// Three columns, a row of headings and two more; the caret goes to the first cell.
export const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const row = (type: NodeType) => node.table_row.create(null, [0, 1, 2].map(() => type.createAndFill()!));
  const table = node.table.create(null, [row(node.table_header), row(node.table_cell), row(node.table_cell)]);
  const tr = state.tr.replaceSelectionWith(table);
  const at = tr.mapping.map(state.selection.from, -1);
  // A table at the very end would leave no place to write after it.
  if (tr.doc.lastChild === table || tr.doc.lastChild?.type === node.table) tr.insert(tr.doc.content.size, node.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(at), 1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

// Tab belongs to lists and tables until Escape was pressed; everywhere else it leaves the text, as on any page.
let released = false;

function tab(direction: 1 | -1): Command {
  return (state, dispatch, view) => {
    if (released) return false;
    if (isInTable(state)) return goToNextCell(direction)(state, dispatch);
    if (!inside(state, node.list_item)) return false;
    (direction > 0 ? sinkListItem : liftListItem)(node.list_item)(state, dispatch, view);
    return true;
  };
}

export function watchRelease(event: KeyboardEvent): void {
  if (event.key === 'Escape') released = true;
  else if (event.key !== 'Tab' && event.key !== 'Shift') released = false;
}

export function endRelease(): void {
  released = false;
}

export const tables = { addRowAfter, deleteRow, addColumnAfter, deleteColumn, toggleHeaderRow, deleteTable };

export const keys: Record<string, Command> = {
  'Mod-b': toggleMark(mark.strong), 'Mod-i': toggleMark(mark.em), 'Mod-u': toggleMark(mark.underline),
  'Mod-Alt-0': setBlock('text'), 'Mod-Alt-1': setBlock('h1'), 'Mod-Alt-2': setBlock('h2'), 'Mod-Alt-3': setBlock('h3'),
  'Shift-Mod-8': toggleList(node.bullet_list), 'Shift-Mod-7': toggleList(node.ordered_list), 'Shift-Mod-9': toggleQuote,
  Enter: splitListItem(node.list_item), 'Shift-Enter': chainCommands(exitCode, hardBreak),
  Tab: tab(1), 'Shift-Tab': tab(-1),
};
