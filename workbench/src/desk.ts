// The pages in the editor: each has a state of its own; what is typed goes to the server, and what others type comes.

import { autocompletion, closeBrackets } from "@codemirror/autocomplete";
import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from "@codemirror/collab";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { originalDocChangeEffect, getOriginalDoc, unifiedMergeView, diff } from "@codemirror/merge";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { ChangeSet, Compartment, EditorState, StateEffect, StateField, Text, Transaction, type Extension, type TransactionSpec } from "@codemirror/state";
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  keymap, lineNumbers, type DecorationSet,
} from "@codemirror/view";
import { pageLanguage } from "./language";
import type { Link } from "./link";
import type { Changes, Mistake, Notice, Noticed, PageText, Wire } from "./messages";

interface Open {
  told: PageText;
  state: EditorState;
  confirmed: Text; // what the server has, as far as it has told
  scroll: StateEffect<unknown> | null;
  sending: boolean;
}

const LARGEST = 2_000_000; // bytes of a page, as for the server

const found = StateEffect.define<readonly { from: number; to: number }[]>();

const foundMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const each of transaction.effects)
      if (each.is(found))
        marks = Decoration.set(each.value.map(({ from, to }) => Decoration.mark({ class: "cm-found" }).range(from, to)), true);
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class Desk {
  readonly view: EditorView;
  private readonly open = new Map<string, Open>();
  private mistakes: Mistake[] = [];
  private noticed: Noticed = { type: "noticed", found: [], pages: {} };
  private readonly naming = new Compartment();
  current = "";

  constructor(
    parent: HTMLElement,
    private readonly client: string,
    private readonly nonce: string,
    private readonly link: () => Link,
    private readonly keys: Extension,
    private readonly names: (uri: string) => Extension,
    private readonly shown: (page: string) => void,
    private readonly refused: (why: string) => void,
  ) {
    this.view = new EditorView({
      parent,
      state: EditorState.create({ extensions: [EditorView.cspNonce.of(nonce)] }),
      dispatchTransactions: (transactions) => this.dispatched(transactions),
    });
  }

  get pages(): string[] {
    return [...this.open.keys()];
  }

  title(page: string): string {
    return this.open.get(page)?.told.title ?? page;
  }

  uri(page: string): string {
    return this.open.get(page)?.told.uri ?? "";
  }

  pageOf(uri: string): string | null {
    return this.pages.find((each) => this.uri(each) === uri) ?? null;
  }

  doc(page: string): Text | null {
    return this.open.get(page)?.state.doc ?? null;
  }

  /** Make a change that somebody else asks for, such as a rename. */
  update(page: string, update: TransactionSpec): void {
    if (page === this.current) this.view.dispatch(update);
    else this.take(page, this.open.get(page)!.state.update(update));
    this.push(page);
  }

  /** Connect the editor of every page with the language server anew. */
  reconnect(): void {
    for (const page of this.pages) this.update(page, { effects: this.naming.reconfigure(this.names(this.uri(page))) });
  }

  private stateOf(told: PageText, text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(this.nonce),
        this.keys,
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(),
        bracketMatching(), closeBrackets(), autocompletion(), highlightActiveLine(), highlightSelectionMatches(),
        EditorView.lineWrapping, lintGutter(), foundMarks,
        EditorView.contentAttributes.of({ "aria-label": `Text of ${told.title}`, spellcheck: "false", tabindex: "0" }),
        EditorState.lineSeparator.of("\n"),
        EditorState.transactionFilter.of((each) => (each.docChanged && !this.fits(each) ? [] : each)),
        keymap.of([...searchKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        pageLanguage,
        collab({ startVersion: told.version, clientID: this.client }),
        unifiedMergeView({
          original: Text.of(told.saved.split("\n")), mergeControls: false, gutter: true, allowInlineDiffs: true,
          syntaxHighlightDeletions: false,
        }),
        this.naming.of(this.names(told.uri)),
      ],
    });
  }

  /** Whether the server would take the change: else it would be sent again and again. */
  private fits(change: Transaction): boolean {
    let broken = false;
    change.changes.iterChanges((_from, _to, _begin, _end, inserted) => (broken ||= /\p{Surrogate}/u.test(inserted.toString())));
    const large = change.newDoc.length * 3 > LARGEST && new TextEncoder().encode(change.newDoc.toString()).length > LARGEST;
    if (broken) this.refused("That was not put in: it has half a letter.");
    else if (large) this.refused(`That was not put in: a page holds at most ${LARGEST.toLocaleString("en")} bytes.`);
    return !broken && !large;
  }

  /** Lay out all pages; what was typed and never reached the server is made anew. */
  begin(pages: PageText[], unsent: (page: string) => { base: string; text: string } | null): void {
    const first = this.open.size === 0;
    for (const told of pages) {
      const before = this.open.get(told.name);
      const lost = before && sendableUpdates(before.state).length
        ? { base: before.confirmed.toString(), text: before.state.doc.toString() }
        : first ? unsent(told.name) : null;
      this.lay(told);
      if (lost) this.rebase(told, lost.base, lost.text);
    }
    for (const name of this.pages) if (!pages.some((each) => each.name === name)) this.open.delete(name);
    if (!this.open.has(this.current)) this.current = "";
  }

  /** Go on after a pause, with the same server: only what was missed is wanted. */
  resume(): void {
    for (const [page, each] of this.open) {
      each.sending = false;
      this.link().send({ type: "pull", page, version: getSyncedVersion(each.state) });
    }
  }

  private lay(told: PageText): void {
    const doc = Text.of(told.text.split("\n"));
    const state = this.stateOf(told, told.text);
    this.open.set(told.name, { told, state, confirmed: doc, scroll: null, sending: false });
    if (told.name === this.current) {
      const scroll = this.view.scrollSnapshot();
      const head = Math.min(this.view.state.selection.main.head, doc.length);
      this.view.setState(state);
      this.view.dispatch({ selection: { anchor: head }, effects: scroll });
    }
  }

  /** Make changes from `base` to `text` in a page that has become another text in the meantime. */
  private rebase(told: PageText, base: string, text: string): void {
    if (told.text === text || base === text) return;
    const local = between(base, text);
    const others = between(base, told.text);
    this.change(told.name, local.map(others));
  }

  private change(page: string, changes: ChangeSet): void {
    this.update(page, { changes });
  }

  private take(page: string, transaction: Transaction): void {
    this.open.get(page)!.state = transaction.state;
  }

  private dispatched(transactions: readonly Transaction[]): void {
    this.view.update(transactions);
    const open = this.open.get(this.current);
    if (!open) return;
    open.state = this.view.state;
    if (transactions.some((each) => each.docChanged)) {
      this.push(this.current);
      this.remember(this.current);
    }
  }

  /** Send what was typed; one message at a time, so that the server need not guess the order. */
  private push(page: string): void {
    const open = this.open.get(page);
    if (!open || open.sending || !this.link().open) return;
    const updates = sendableUpdates(open.state);
    if (!updates.length) return;
    open.sending = true;
    const version = getSyncedVersion(open.state);
    const changes = updates.map((each) => each.changes.toJSON() as Changes);
    this.link().send({ type: "push", page, version, changes });
  }

  /** Keep in the browser what the server does not have. */
  private remember(page: string): void {
    const open = this.open.get(page)!;
    const waits = sendableUpdates(open.state).length > 0;
    try {
      if (waits) localStorage.setItem(`redline ${page}`, JSON.stringify({ base: open.confirmed.toString(), text: open.state.doc.toString() }));
      else localStorage.removeItem(`redline ${page}`);
    } catch {
      // there is no room, or none is allowed: the window still has it
    }
  }

  get waiting(): boolean {
    return [...this.open.values()].some((each) => sendableUpdates(each.state).length > 0);
  }

  pushed(page: string, version: number, wires: Wire[]): void {
    const open = this.open.get(page);
    if (!open) return;
    const before = getSyncedVersion(open.state);
    const missing = version - before;
    open.sending = false;
    if (missing > wires.length) {
      this.link().send({ type: "pull", page, version: before });
      return;
    }
    const updates = (missing > 0 ? wires.slice(wires.length - missing) : []).map(([clientID, changes]) => ({
      clientID, changes: ChangeSet.fromJSON(changes),
    }));
    for (const each of updates) open.confirmed = each.changes.apply(open.confirmed);
    if (updates.length) {
      if (page === this.current) this.view.dispatch(receiveUpdates(this.view.state, updates));
      else this.take(page, receiveUpdates(open.state, updates));
    }
    open.told.version = version;
    this.remember(page);
    this.push(page);
  }

  behind(told: PageText): void {
    const open = this.open.get(told.name);
    const lost = open && sendableUpdates(open.state).length ? [open.confirmed.toString(), open.state.doc.toString()] : null;
    this.lay(told);
    if (lost) this.rebase(told, lost[0]!, lost[1]!);
  }

  /** A page was saved, came, or went. */
  saved(pages: PageText[]): void {
    for (const told of pages) {
      const open = this.open.get(told.name);
      if (!open) {
        this.lay(told);
        continue;
      }
      open.told = { ...told, version: open.told.version };
      const original = getOriginalDoc(open.state);
      const saved = Text.of(told.saved.split("\n"));
      if (original.eq(saved)) continue;
      const effect = originalDocChangeEffect(open.state, between(original.toString(), told.saved));
      if (told.name === this.current) this.view.dispatch({ effects: effect });
      else this.take(told.name, open.state.update({ effects: effect }));
    }
  }

  gone(names: string[]): void {
    for (const each of names) this.open.delete(each);
  }

  show(page: string): void {
    const open = this.open.get(page);
    if (!open) return;
    const last = this.open.get(this.current);
    if (last && this.current !== page) last.scroll = this.view.scrollSnapshot();
    if (this.current !== page) {
      this.current = page;
      this.view.setState(open.state);
      if (open.scroll) this.view.dispatch({ effects: open.scroll });
      this.mark();
    }
    this.shown(page);
  }

  /** Show a line, and of words all places where they stand. */
  goTo(page: string, line: number, words: string): void {
    this.show(page);
    if (this.current !== page) return;
    const doc = this.view.state.doc;
    const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const places = words ? placesOf(doc.toString(), words) : [];
    const before = places.filter((each) => each.from < at.from).pop();
    const here = before ?? places[0] ?? { from: at.from, to: at.to };
    this.view.dispatch({
      selection: { anchor: here.from, head: here.to },
      effects: [found.of(places.length ? places : at.length ? [{ from: at.from, to: at.to }] : []), EditorView.scrollIntoView(here.from, { y: "center" })],
    });
    this.view.focus();
  }

  mistaken(mistakes: Mistake[]): void {
    this.mistakes = mistakes;
    this.mark();
  }

  /** What lint finds in the texts as they are; of any other text it says nothing. */
  lint(noticed: Noticed): void {
    this.noticed = noticed;
    this.mark();
  }

  private mark(): void {
    const { doc } = this.view.state;
    const here = (each: Mistake) => {
      const from = placeIn(doc, each.line, each.column);
      return { from, to: Math.max(from, placeIn(doc, each.end_line, each.end_column)), message: each.message };
    };
    const marks: Diagnostic[] = this.mistakes
      .filter((each) => each.page === this.current)
      .map((each) => ({ ...here(each), severity: "error" }));
    const notices: Diagnostic[] = (this.asRead() ? this.noticed.found : [])
      .filter((each) => each.page === this.current)
      .map((each) => ({
        ...here(each), severity: each.gates ? "warning" : "info", source: "redline lint",
        actions: each.mends.map((mend) => ({ name: mend.title, apply: () => this.mend(mend) })),
      }));
    this.view.dispatch(setDiagnostics(this.view.state, [...marks, ...notices]));
  }

  /** Whether the page is as lint has read it. */
  private asRead(): boolean {
    const { state } = this.view;
    return this.noticed.pages[this.current] === getSyncedVersion(state) && !sendableUpdates(state).length;
  }

  private mend(mend: Notice["mends"][number]): void {
    if (!this.asRead()) return;
    const { doc } = this.view.state;
    const changes = mend.changes.map(([line, column, endLine, endColumn, insert]) => ({
      from: placeIn(doc, line, column), to: placeIn(doc, endLine, endColumn), insert,
    }));
    this.view.dispatch({ changes, userEvent: "input", scrollIntoView: true });
    this.view.focus();
  }

  strike(): void {
    const { from, to } = this.view.state.selection.main;
    const version = getSyncedVersion(this.view.state);
    this.link().send({ type: "strike", page: this.current, version, start: from, end: to });
  }
}

export function between(old: string, text: string): ChangeSet {
  const changes = diff(old, text).map((each) => ({ from: each.fromA, to: each.toA, insert: text.slice(each.fromB, each.toB) }));
  return ChangeSet.of(changes, old.length);
}

function placesOf(text: string, words: string): { from: number; to: number }[] {
  const each = words.replace(/[“”…]/g, " ").trim().split(/\s+/).filter(Boolean);
  if (!each.length) return [];
  const wanted = new RegExp(each.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\s>]+"), "g");
  return [...text.matchAll(wanted)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

function placeIn(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
  const letters = [...at.text].slice(0, column - 1).join(""); // columns count letters, places count code units
  return at.from + Math.min(letters.length, at.length);
}
