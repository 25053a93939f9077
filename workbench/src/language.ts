// How pages of law look in the editor: Markdown, and in its fences the language of rules.

import { markdown } from "@codemirror/lang-markdown";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import words from "./words.json";

// Those of checker/language/grammar.lark, which `python -m tests.workbench_bundle --write` writes here.
const WORDS: ReadonlySet<string> = new Set(words);

const rules = StreamLanguage.define<{ string: boolean }>({
  name: "redline",
  startState: () => ({ string: false }),
  token(stream, state) {
    if (state.string || stream.peek() === '"') {
      if (!state.string) stream.next();
      state.string = true;
      while (!stream.eol()) {
        const letter = stream.next();
        if (letter === "\\") stream.next();
        else if (letter === '"') {
          state.string = false;
          break;
        }
      }
      return "string";
    }
    if (stream.eatSpace()) return null;
    if (stream.match("--")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match(/^[\w.-]+/)) return WORDS.has(stream.current()) ? "keyword" : "variableName";
    stream.next();
    return null;
  },
});

const look = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.quote, color: "var(--ink)", fontFamily: 'Charter, "Bitstream Charter", Georgia, "DejaVu Serif", serif' },
  { tag: tags.string, color: "var(--good)" },
  { tag: tags.keyword, color: "var(--link)" },
  { tag: tags.comment, color: "var(--soft)" },
  { tag: [tags.processingInstruction, tags.labelName, tags.monospace], color: "var(--soft)" },
  { tag: tags.link, color: "var(--link)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)" },
  ".cm-content": { caretColor: "var(--ink)", fontFamily: 'ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace' },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "light-dark(#cfe0fb, #2b4a75) !important",
  },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "light-dark(#f4f5f866, #20222866)" },
  ".cm-line": { overflowWrap: "anywhere" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--soft)", maxWidth: "36rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-deletedText, .cm-deletedChunk .cm-deletedText": {
    background: "var(--del)", color: "var(--delink)", textDecoration: "line-through 2px",
  },
  ".cm-deletedChunk": { backgroundColor: "light-dark(#fdf3f3, #2a1618)", color: "var(--delink)" },
  ".cm-changedText": { background: "var(--ins) !important", color: "var(--insink)", textDecoration: "underline 2px" },
  ".cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "light-dark(#f6fbf7, #16221a) !important" },
  ".cm-changeGutter .cm-changedLineGutter": { backgroundColor: "var(--good)" },
  ".cm-found": { backgroundColor: "var(--turn)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch": { backgroundColor: "var(--turn)" },
});

/** What every editor of a page has, as far as looks go. */
export const pageLanguage: Extension = [
  markdown({ codeLanguages: (info) => (info.trim() === "redline" ? rules : null) }),
  syntaxHighlighting(look),
  theme,
];
