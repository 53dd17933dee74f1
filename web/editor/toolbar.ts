// The toolbar: one tab stop, arrows inside it in the direction of reading, a second row for what is needed less often.
import { toggleMark } from 'prosemirror-commands';
import type { Command } from 'prosemirror-state';
import { isInTable } from 'prosemirror-tables';
import type { EditorView } from 'prosemirror-view';
import { redo, undo, yUndoPluginKey } from 'y-prosemirror';
import { blockName, clearLooks, insertRule, insertTable, inside, marked, setAlign, setBlock, tables, toggleList, toggleQuote } from './commands';
import { button, icon, make, must } from './dom';
import { mark, node } from './schema';
import { text } from './texts';

type Look = (Node | string)[];
type State = (view: EditorView) => boolean;

export interface Own { // what the toolbar starts but does not do itself
  link(): void;
  comment(): void;
  suggest(): boolean; // the new state
  suggesting(): boolean;
  mayWrite(): boolean;
  mayComment(): boolean;
}

interface Tool {
  element: HTMLElement;
  pressed?: State;
  usable?: State;
}

const letter = (what: string, tag: 'b' | 'i' | 'u'): Look => [make('span', { class: `sb-letter sb-letter--${tag}`, 'aria-hidden': 'true' }, what)];

export class Toolbar {
  private readonly bar = must('#document-tools');
  private readonly tools: Tool[] = [];
  private readonly block = make('select', { class: 'ds-input sb-block', 'data-size': 'sm' });
  private readonly first = make('div', { class: 'sb-toolrow' });
  private readonly second = make('div', { class: 'sb-toolrow sb-toolrow--more', id: 'document-more', hidden: '' });
  private readonly tableTools = make('div', { class: 'sb-toolrow', role: 'group', hidden: '' });
  private open = false;

  constructor(private readonly view: EditorView, private readonly own: Own) {
    this.bar.setAttribute('aria-label', text('tools'));
    this.bar.setAttribute('aria-controls', view.dom.id);
    this.bar.setAttribute('role', 'toolbar');
    this.fill();
    this.fillMore();
    this.bar.replaceChildren(this.first, this.second, this.tableTools);
    this.bar.addEventListener('keydown', (event) => this.move(event));
    this.bar.addEventListener('focusin', (event) => this.stop(event.target as HTMLElement));
    this.draw();
  }

  private add(row: HTMLElement, element: HTMLElement, pressed?: State, usable?: State): void {
    row.append(element);
    this.tools.push({ element, pressed, usable });
  }

  private command(row: HTMLElement, name: string, command: Command, how: { look?: Look; keys?: string; pressed?: State; usable?: State } = {}): void {
    const b = button(text(name), ...(how.look ?? []));
    b.dataset.tool = name;
    if (how.keys) b.setAttribute('aria-keyshortcuts', how.keys);
    this.keepSelection(b);
    b.addEventListener('click', () => {
      if (b.getAttribute('aria-disabled') === 'true') return;
      command(this.view.state, this.view.dispatch, this.view);
      this.view.focus();
    });
    this.add(row, b, how.pressed, (view) => this.own.mayWrite() && (how.usable?.(view) ?? true));
  }

  // A press with the mouse must not take the selection away from the text.
  private keepSelection(b: HTMLElement): void {
    b.addEventListener('mousedown', (event) => event.preventDefault());
  }

  private group(look = 'sb-toolgroup'): HTMLElement {
    const g = make('div', { class: look });
    this.first.append(g);
    return g;
  }

  private fill(): void {
    this.fillBlock(this.group());
    let g = this.group();
    this.command(g, 'bold', toggleMark(mark.strong), { look: letter('B', 'b'), keys: 'Control+B', pressed: (v) => marked(v.state, mark.strong) });
    this.command(g, 'italic', toggleMark(mark.em), { look: letter('I', 'i'), keys: 'Control+I', pressed: (v) => marked(v.state, mark.em) });
    this.special(g, 'link', 'Link', () => this.own.link(), () => this.own.mayWrite(), 'Control+K');
    g = this.group();
    this.command(g, 'bullets', toggleList(node.bullet_list), { look: [icon('BulletList')], keys: 'Control+Shift+8', pressed: (v) => inside(v.state, node.bullet_list) });
    this.command(g, 'numbers', toggleList(node.ordered_list), { look: [icon('NumberList')], keys: 'Control+Shift+7', pressed: (v) => inside(v.state, node.ordered_list) });
    this.command(g, 'table', insertTable, { look: [icon('Table')], usable: (v) => !isInTable(v.state) });
    g = this.group();
    this.command(g, 'undo', undo, { look: [icon('ArrowUndo')], keys: 'Control+Z', usable: (v) => this.history(v).undo });
    this.command(g, 'redo', redo, { look: [icon('ArrowRedo')], keys: 'Control+Y', usable: (v) => this.history(v).redo });
    g = this.group('sb-toolgroup sb-toolgroup--words');
    this.special(g, 'comment', 'Chat', () => this.own.comment(), () => this.own.mayComment(), 'Control+Alt+M', true);
    this.suggestSwitch(g);
    this.more(g);
  }

  private history(view: EditorView): { undo: boolean; redo: boolean } {
    const manager = yUndoPluginKey.getState(view.state)?.undoManager;
    return { undo: !!manager?.undoStack.length, redo: !!manager?.redoStack.length };
  }

  private special(row: HTMLElement, name: string, drawing: string, act: () => void, usable: () => boolean, keys: string, words = false): void {
    const b = words ? button(text(name)) : button(text(name), icon(drawing));
    if (words) b.prepend(icon(drawing));
    b.dataset.tool = name;
    b.setAttribute('aria-keyshortcuts', keys);
    this.keepSelection(b);
    b.addEventListener('click', () => { if (b.getAttribute('aria-disabled') !== 'true') act(); });
    this.add(row, b, undefined, usable);
  }

  private suggestSwitch(row: HTMLElement): void {
    const b = button(text('suggest'));
    b.prepend(icon('PencilLine'));
    b.dataset.tool = 'suggest';
    this.keepSelection(b);
    b.addEventListener('click', () => {
      if (b.getAttribute('aria-disabled') === 'true') return;
      this.own.suggest();
      this.draw();
    });
    this.add(row, b, () => this.own.suggesting(), () => this.own.mayWrite());
  }

  private more(row: HTMLElement): void {
    const b = button(text('more'), icon('MenuElipsisHorizontal'));
    b.dataset.tool = 'more';
    b.setAttribute('aria-expanded', 'false');
    b.setAttribute('aria-controls', 'document-more');
    this.keepSelection(b);
    b.addEventListener('click', () => {
      this.open = !this.open;
      b.setAttribute('aria-expanded', String(this.open));
      this.draw();
    });
    this.add(row, b, undefined, () => this.own.mayWrite());
  }

  private fillMore(): void {
    const row = this.second;
    this.command(row, 'underline', toggleMark(mark.underline), { keys: 'Control+U', pressed: (v) => marked(v.state, mark.underline) });
    this.command(row, 'quote', toggleQuote, { keys: 'Control+Shift+9', pressed: (v) => inside(v.state, node.blockquote) });
    this.command(row, 'center', setAlign('center'), { pressed: (v) => v.state.selection.$from.parent.attrs.align === 'center' });
    this.command(row, 'end', setAlign('end'), { pressed: (v) => v.state.selection.$from.parent.attrs.align === 'end' });
    this.command(row, 'rule', insertRule);
    this.command(row, 'clear', clearLooks, { usable: (v) => !v.state.selection.empty });
    this.tableTools.setAttribute('aria-label', text('table-tools'));
    const names: [string, Command][] = [
      ['row-add', tables.addRowAfter], ['row-remove', tables.deleteRow], ['column-add', tables.addColumnAfter],
      ['column-remove', tables.deleteColumn], ['table-head', tables.toggleHeaderRow], ['table-remove', tables.deleteTable],
    ];
    for (const [name, command] of names) this.command(this.tableTools, name, command);
  }

  private fillBlock(row: HTMLElement): void {
    this.block.setAttribute('aria-label', text('block'));
    for (const name of ['text', 'h1', 'h2', 'h3']) this.block.append(make('option', { value: name }, text(`block-${name}`)));
    this.block.addEventListener('change', () => {
      setBlock(this.block.value)(this.view.state, this.view.dispatch, this.view);
      this.view.focus();
    });
    this.add(row, this.block, undefined, () => this.own.mayWrite());
  }

  // After each change of the text or the selection.
  draw(): void {
    const write = this.own.mayWrite();
    this.bar.hidden = !this.own.mayComment();
    this.second.hidden = !this.open || !write;
    this.tableTools.hidden = !write || !isInTable(this.view.state);
    for (const tool of this.tools) {
      const able = tool.usable?.(this.view) ?? true;
      if (tool.element === this.block) this.block.disabled = !able;
      else tool.element.setAttribute('aria-disabled', String(!able));
      // Who may only comment sees the one tool that works, not a row of grey ones.
      tool.element.hidden = !write && tool.element.dataset.tool !== 'comment';
      if (tool.pressed) tool.element.setAttribute('aria-pressed', String(tool.pressed(this.view)));
    }
    const name = blockName(this.view.state);
    if (this.block.value !== name) this.block.value = name;
    const stops = this.visible();
    if (!stops.some((s) => s.tabIndex === 0)) stops.forEach((s, i) => { s.tabIndex = i ? -1 : 0; });
  }

  private visible(): HTMLElement[] {
    return this.tools.map((t) => t.element).filter((e) => !e.hidden && !e.closest('[hidden]') && !(e instanceof HTMLSelectElement && e.disabled));
  }

  private stop(on: HTMLElement): void {
    if (!this.tools.some((t) => t.element === on)) return;
    for (const tool of this.tools) tool.element.tabIndex = tool.element === on ? 0 : -1;
  }

  focus(): void {
    const stops = this.visible();
    (stops.find((s) => s.tabIndex === 0) ?? stops[0])?.focus();
  }

  private move(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      return this.view.focus();
    }
    const stops = this.visible();
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const ahead = getComputedStyle(this.bar).direction === 'rtl' ? -1 : 1;
    const to: Record<string, number> = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: stops.length - 1 };
    if (at < 0 || !(event.key in to)) return;
    event.preventDefault();
    stops[(to[event.key] + stops.length) % stops.length].focus();
  }
}
