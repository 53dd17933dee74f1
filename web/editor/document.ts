// The editor of living documents: puts the parts together on the page that the server drew. Loaded on a document's page only.
import { baseKeymap } from 'prosemirror-commands';
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { EditorState, Plugin, Selection, type Command, type Transaction } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { redo, undo, ySyncPlugin, ySyncPluginKey, yUndoPlugin } from 'y-prosemirror';
import { announce, startVoice } from './announce';
import { endRelease, keys, watchRelease } from './commands';
import { commentPlugin, Comments } from './comments';
import { Connection, Right } from './connection';
import { make, must } from './dom';
import { LinkDialog } from './link';
import { cleanPasted } from './paste';
import { carets, showPeople, watchCarets } from './presence';
import { mark, node, schema } from './schema';
import { showState } from './stateline';
import { Suggesting } from './suggest';
import { SuggestPanel, typeOverDeleted } from './suggestpanel';
import { text, useTexts } from './texts';
import { Toolbar } from './toolbar';
import { watchLeaving } from './leaving';

const mount = must('#document');
const settings = mount.dataset as Record<'id' | 'account' | 'name' | 'right', string>;
const rights: Record<string, Right> = { read: Right.Read, comment: Right.Comment, write: Right.Write };

useTexts(mount);
startVoice();
const link = new Connection({ id: settings.id, account: settings.account, right: rights[settings.right] ?? Right.None });
const drawState = showState(link);
link.onChange = drawState;
watchLeaving(link);
showPeople(link.provider.awareness, settings.name);
watchCarets(link.provider.awareness);
link.provider.awareness.setLocalStateField('user', { name: settings.name });
link.onReady = () => start();

// A line under the toolbar for what the writer should know now; a screen reader hears it.
const noteLine = make('p', { class: 'sb-note', hidden: '' });
let noteTimer = 0;
function note(words: string): void {
  noteLine.textContent = words;
  noteLine.hidden = false;
  announce(words);
  clearTimeout(noteTimer);
  noteTimer = window.setTimeout(() => { noteLine.hidden = true; }, 8000);
}

function rules(): Plugin {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, node.heading, (found) => ({ level: found[1].length })),
      wrappingInputRule(/^\s*[-*]\s$/, node.bullet_list),
      wrappingInputRule(/^(\d{1,4})\.\s$/, node.ordered_list, (found) => ({ order: Number(found[1]) }), (found, list) => list.childCount + list.attrs.order === Number(found[1])),
      wrappingInputRule(/^\s*>\s$/, node.blockquote),
      new InputRule(/^---$/, (state, _found, from, to) => {
        const $from = state.doc.resolve(from);
        if ($from.parent.type !== node.paragraph || $from.depth !== 1) return null;
        return state.tr.delete(from, to).insert($from.before(), node.horizontal_rule.create());
      }),
    ],
  });
}

// Words that are copied leave their comments and suggestions behind; words that were cut take their comments along.
function carried(slice: Slice, doc: Node): Slice {
  const there = new Set<string>();
  doc.descendants((n) => n.marks.forEach((m) => { if (m.type === mark.comment) there.add(m.attrs.id); }));
  const clean = (content: Fragment): Fragment => {
    const out: Node[] = [];
    content.forEach((n) => {
      if (n.isText && mark.deletion.isInSet(n.marks)) return;
      if (n.isText) out.push(n.mark(n.marks.filter((m) => m.type !== mark.insertion && !(m.type === mark.comment && there.has(m.attrs.id)))));
      else out.push(n.copy(clean(n.content)));
    });
    return Fragment.from(out);
  };
  return new Slice(clean(slice.content), slice.openStart, slice.openEnd);
}

// Who may not write can move the caret and select, to comment; nothing that would change the text goes through.
const guard = new Plugin({
  filterTransaction: (tr) => !tr.docChanged || link.editable || !!tr.getMeta(ySyncPluginKey),
});

let begun = false;
function start(): void {
  if (begun) return;
  begun = true;
  const suggesting = new Suggesting(settings.name, settings.account);
  let toolbar: Toolbar | undefined;
  let dialog: LinkDialog | undefined;
  let comments: Comments | undefined;
  let panel: SuggestPanel | undefined;
  const own: Record<string, Command> = {
    'Mod-z': undo, 'Mod-y': redo, 'Shift-Mod-z': redo,
    'Mod-k': () => { if (link.editable) dialog?.open(); return true; },
    'Mod-Alt-m': () => { comments?.begin(); return true; },
    'Alt-F10': () => { toolbar?.focus(); return true; },
  };
  const state = EditorState.create({
    schema,
    plugins: [
      guard, ySyncPlugin(link.text), carets(link.provider.awareness), yUndoPlugin(), commentPlugin(), rules(),
      keymap(own), keymap(keys), keymap(baseKeymap), tableEditing({ allowTableNodeSelection: false }),
    ],
  });
  const view = new EditorView({ mount: make('div') }, {
    state,
    editable: () => link.right >= Right.Comment,
    attributes: () => attributes(),
    transformPastedHTML: cleanPasted,
    transformPasted: (slice, v) => carried(slice, v.state.doc),
    handleTextInput: (v, from, to, typed) => !suggesting.on && typeOverDeleted(v, from, to, typed),
    handleDOMEvents: {
      keydown: (_v, event) => { watchRelease(event); return false; },
      blur: () => { endRelease(); return false; },
    },
    // Called while the view is being made, too: so not by its name.
    dispatchTransaction(this: EditorView, tr: Transaction) {
      const remote = !!tr.getMeta(ySyncPluginKey);
      this.updateState(this.state.apply(remote ? tr : suggesting.transform(this.state, tr)));
      toolbar?.draw();
      comments?.changed(tr.docChanged);
      if (tr.docChanged) panel?.changed();
    },
  });
  const shell = make('div', { class: 'sb-editor' }, view.dom);
  mount.replaceChildren(shell);
  mount.after(make('p', { id: 'document-hint', class: 'sb-hint' }, text('hint')));
  // The margin of the sheet belongs to it: a press there goes to the end of the text.
  mount.addEventListener('mousedown', (event) => {
    if (event.target !== mount && event.target !== shell) return;
    event.preventDefault();
    view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
    view.focus();
  });
  must('#document-tools').after(noteLine);

  dialog = new LinkDialog(view);
  panel = new SuggestPanel(view, () => link.editable);
  comments = new Comments(view, link, settings.id, note);
  suggesting.onStructure = once(() => note(text('suggest-text-only')));
  toolbar = new Toolbar(view, {
    link: () => dialog!.open(),
    comment: () => comments!.begin(),
    suggesting: () => suggesting.on,
    suggest: () => {
      suggesting.on = !suggesting.on;
      note(text(suggesting.on ? 'suggest-on' : 'suggest-off'));
      view.focus();
      return suggesting.on;
    },
    mayWrite: () => link.editable,
    mayComment: () => link.right >= Right.Comment && !link.ending,
  });
  link.onRight = () => {
    view.setProps({});
    toolbar!.draw();
    panel!.draw();
    const news = ['no-access', 'may-read-now', 'may-comment-now', 'may-write-now'][link.right];
    note(text(news));
    comments!.adoptSoon();
  };
  link.onChange = () => {
    drawState();
    toolbar!.draw();
  };
  link.provider.on('sync', (synced: boolean) => {
    if (synced) comments!.load();
  });
  if (link.right === Right.Comment) note(text('comment-only'));
}

function attributes(): Record<string, string> {
  return {
    id: 'document-text', class: 'sb-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': text('editor'), 'aria-describedby': 'document-hint',
    'aria-readonly': String(!link.editable), spellcheck: 'true', translate: 'no', ...(link.editable ? {} : { inputmode: 'none' }),
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
