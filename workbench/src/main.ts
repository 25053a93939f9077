// The workbench in a browser: the law, the claims, and the selected story.

import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { Desk } from "./desk";
import { Link } from "./link";
import type { FromServer, PageText } from "./messages";
import { Names } from "./names";
import { effectShown, element, fill, note, showEffect, showState, showStory, showVerdicts } from "./panes";

const client = [...crypto.getRandomValues(new Uint8Array(9))].map((each) => each.toString(36)).join("");
const nonce = document.querySelector<HTMLMetaElement>("meta[name=nonce]")!.content;
const REDLINED = "redlined:";

let run = "";
let versions: string[] = [];
let away = false;

const keys = Prec.highest(
  keymap.of([
    { key: "Mod-s", preventDefault: true, run: () => (link.send({ type: "save" }), true) },
    { key: "Mod-Shift-x", preventDefault: true, run: () => (desk.strike(), true) },
  ]),
);
const desk = new Desk(element("editor"), client, nonce, () => link, keys, (uri) => names.extension(uri), shown, (why) => note(why, true));
const link = new Link(client, hear, lost);
const names = new Names(() => desk);

const title = (page: string) => desk.title(page);

function hear(message: FromServer): void {
  switch (message.type) {
    case "hello": {
      if (away) note("The workbench is back.", false);
      away = false;
      const same = message.run === run;
      run = message.run;
      versions = message.versions;
      element("title").textContent = message.shipped ? "the law shipped with redline" : message.title;
      element<HTMLInputElement>("everything").checked = message.everything;
      if (same) desk.resume();
      else desk.begin(message.pages, unsent);
      list();
      if (!desk.current) desk.show(first(message.pages, message.first));
      names.connect(message.root, () => {
        desk.reconnect();
        desk.pages.forEach((page) => names.know(desk.uri(page)));
      });
      break;
    }
    case "pages":
      versions = message.versions;
      desk.gone(message.gone);
      desk.saved(message.pages);
      message.pages.forEach((page) => names.know(page.uri));
      list();
      if (!desk.pages.includes(desk.current)) desk.show(desk.pages[0]!);
      break;
    case "pushed":
      desk.pushed(message.page, message.version, message.changes);
      break;
    case "behind":
      desk.behind(message.page);
      break;
    case "state":
      showState(message, title, versions);
      desk.mistaken(message.mistakes);
      mark(message.changed);
      break;
    case "noticed":
      desk.lint(message);
      break;
    case "verdicts":
      showVerdicts(message);
      break;
    case "story":
      if (!message.done) effectShown(false);
      showStory(message, title);
      break;
    case "effect-found":
      if (message.done && !message.html) effectShown(false);
      else showEffect(message, title);
      break;
    case "redlined-law":
      fill(element("redlined"), message.html, title);
      element("redlined").scrollTop = 0;
      break;
    case "note":
      note(message.text, message.bad);
      break;
    case "place":
      desk.goTo(message.page, message.line, "");
      if (message.note) note(message.note, false);
      break;
  }
}

function lost(forGood: boolean): void {
  if (!away)
    note(
      forGood
        ? "This window has no token any more: open the address that redline serve prints. What you type is kept."
        : "The workbench does not answer. What you type is kept here, and goes to it when it is back.",
      true,
    );
  away = true;
  element("state").textContent = "No connection; edits are kept in this browser.";
}

/** What was typed in an earlier window, and never reached the server. */
function unsent(page: string): { base: string; text: string } | null {
  const kept = localStorage.getItem(`redline ${page}`);
  return kept === null ? null : (JSON.parse(kept) as { base: string; text: string });
}

/** The page to begin with: that of the address, or what the server says. */
function first(pages: PageText[], otherwise: string): string {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return pages.find((each) => each.title === wanted)?.name ?? otherwise;
}

function list(): void {
  const select = element<HTMLSelectElement>("page");
  const group = (label: string, options: HTMLOptionElement[]) => {
    const made = document.createElement("optgroup");
    made.label = label;
    made.append(...options);
    return made;
  };
  const pages = desk.pages.map((each) => new Option(desk.title(each), each));
  const claims = pages.filter((each) => each.text.startsWith("properties/"));
  const law = pages.filter((each) => !claims.includes(each));
  const redlined = versions.map((each) => new Option(`${each}, redlined`, REDLINED + each));
  select.replaceChildren(group("Law", law), group("Claims", claims), group("To read", redlined));
  select.value = desk.current;
}

function mark(changed: string[]): void {
  for (const option of element<HTMLSelectElement>("page").options)
    if (!option.value.startsWith(REDLINED))
      option.textContent = desk.title(option.value) + (changed.includes(option.value) ? " ● edited" : "");
}

function shown(page: string): void {
  element("redlined").hidden = true;
  element("editor").hidden = false;
  element<HTMLButtonElement>("strike").disabled = false;
  element<HTMLSelectElement>("page").value = page;
  history.replaceState(null, "", `#${encodeURIComponent(desk.title(page))}`);
}

element<HTMLSelectElement>("page").onchange = (event) => {
  const value = (event.target as HTMLSelectElement).value;
  if (!value.startsWith(REDLINED)) return desk.show(value);
  element("redlined").hidden = false;
  element("editor").hidden = true;
  element<HTMLButtonElement>("strike").disabled = true;
  link.send({ type: "redlined", version: value.slice(REDLINED.length) });
};

element("strike").onclick = () => desk.strike();
element("save").onclick = () => link.send({ type: "save" });
element("effect").onclick = () => link.send({ type: "effect" });
element("no-effect").onclick = () => {
  link.send({ type: "no-effect" });
  effectShown(false);
};
element("back").onclick = () => effectShown(false);
element("undo").onclick = () => {
  if (confirm("Undo all edits that are not saved?")) link.send({ type: "undo" });
};
element("stop").onclick = (event) =>
  link.send({ type: (event.currentTarget as HTMLElement).dataset["go"] ? "resume" : "leave" });
element<HTMLInputElement>("everything").onchange = (event) =>
  link.send({ type: "ask", everything: (event.target as HTMLInputElement).checked });
element("asking").addEventListener("change", () => {
  const value = (id: string) => element<HTMLInputElement>(`change-${id}`).value.trim();
  link.send({
    type: "change", changes: value("changes"), modification: value("modification"), version: value("version"), title: value("title"),
  });
});

element("verdicts").addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest("button");
  if (!button) return;
  const { claim, column, by, leave, resume } = button.dataset;
  if (leave !== undefined) link.send({ type: "leave", claim: leave });
  else if (resume !== undefined) link.send({ type: "resume", claim: resume });
  else if (claim !== undefined && column !== undefined) {
    effectShown(false);
    link.send({ type: "choose", claim, column, by: by || null });
  }
});

/** A place, or a check that refuses: to its words in the text. */
document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  if (target.closest("summary, button, input, select, label")) return;
  let anchor = target.closest<HTMLAnchorElement>("a[href^='#at=']");
  const check = anchor ? null : target.closest(".check");
  anchor ??= check?.querySelector<HTMLAnchorElement>("blockquote a[href^='#at='], a[href^='#at=']") ?? null;
  if (!anchor) return;
  event.preventDefault();
  const place = decodeURIComponent(anchor.getAttribute("href")!.slice("#at=".length));
  const colon = place.lastIndexOf(":");
  const words = anchor.closest("blockquote") ? (anchor.textContent ?? "").split("…")[0]! : "";
  desk.goTo(place.slice(0, colon), Number(place.slice(colon + 1)), words);
});

window.addEventListener("beforeunload", (event) => {
  if (away && desk.waiting) event.preventDefault();
});

link.connect();
