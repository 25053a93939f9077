// What the server and a window say to each other; `checker/workbench/messages.py` says the same in Python.

export type Changes = (number | (number | string)[])[];
export type Wire = [client: string, changes: Changes];

export interface PageText {
  name: string;
  uri: string;
  title: string;
  text: string;
  saved: string;
  version: number;
  conflict: boolean;
}

export interface Change {
  changes: string;
  modification: string;
  version: string;
  title: string;
}

export interface Mistake {
  page: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  message: string;
}

export interface Notice extends Mistake {
  gates: boolean;
  mends: { title: string; changes: [line: number, column: number, end_line: number, end_column: number, text: string][] }[];
}

export interface Noticed {
  type: "noticed";
  found: Notice[];
  pages: Record<string, number>;
}

export interface Hello {
  type: "hello";
  run: string;
  title: string;
  root: string;
  shipped: boolean;
  pages: PageText[];
  first: string;
  versions: string[];
  everything: boolean;
}

export interface State {
  type: "state";
  changed: string[];
  mistakes: Mistake[];
  law: string[];
  words: string;
  change: Change;
  same_words: string[];
  conflicts: string[];
}

export interface Verdicts {
  type: "verdicts";
  html: string;
  done: number;
  of: number;
  running: boolean;
  turned: number;
  stale: boolean;
}

export interface Story {
  type: "story";
  claim: string;
  column: string;
  by: string | null;
  html: string;
  done: boolean;
}

export interface EffectFound {
  type: "effect-found";
  html: string;
  done: boolean;
  progress: string;
}

export type FromServer =
  | Hello
  | State
  | Noticed
  | Verdicts
  | Story
  | EffectFound
  | { type: "pages"; pages: PageText[]; gone: string[]; versions: string[] }
  | { type: "pushed"; page: string; version: number; changes: Wire[] }
  | { type: "behind"; page: PageText }
  | { type: "redlined-law"; version: string; html: string }
  | { type: "note"; text: string; bad: boolean }
  | { type: "place"; page: string; line: number; note: string };

export type ToServer =
  | { type: "push"; page: string; version: number; changes: Changes[] }
  | { type: "pull"; page: string; version: number }
  | { type: "choose"; claim: string; column: string; by: string | null }
  | { type: "ask"; everything: boolean }
  | { type: "leave"; claim?: string }
  | { type: "resume"; claim?: string }
  | { type: "effect" }
  | { type: "no-effect" }
  | ({ type: "change" } & Change)
  | { type: "redlined"; version: string }
  | { type: "strike"; page: string; version: number; start: number; end: number }
  | { type: "save" }
  | { type: "undo"; page?: string };
