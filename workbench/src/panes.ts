// What the server tells, put on the page.

import type { EffectFound, State, Story, Verdicts } from "./messages";

export function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
}

export function note(text: string, bad: boolean): void {
  const notes = element("notes");
  const made = document.createElement("div");
  if (bad) made.className = "bad";
  const said = document.createElement("p");
  said.textContent = text[0]!.toUpperCase() + text.slice(1);
  const away = document.createElement("button");
  away.type = "button";
  away.className = "small";
  away.textContent = "Close";
  away.onclick = () => made.remove();
  made.append(said, away);
  notes.append(made);
  while (notes.children.length > 4) notes.firstElementChild!.remove();
  if (!bad) setTimeout(() => made.remove(), 12000);
}

/** Make one node what another is, and leave alone what is alike: who reads, points or has the focus keeps the place. */
function become(node: Node, wanted: Node): void {
  if (node.isEqualNode(wanted)) return;
  if (node.nodeName !== wanted.nodeName || !(node instanceof Element) || !(wanted instanceof Element)) {
    node.parentNode!.replaceChild(wanted, node);
    return;
  }
  for (const each of [...node.attributes]) if (!wanted.hasAttribute(each.name)) node.removeAttribute(each.name);
  for (const each of wanted.attributes) if (node.getAttribute(each.name) !== each.value) node.setAttribute(each.name, each.value);
  const children = [...wanted.childNodes];
  children.forEach((child, at) => {
    const before = node.childNodes[at];
    if (before) become(before, child);
    else node.append(child);
  });
  while (node.childNodes.length > children.length) node.lastChild!.remove();
}

export function showVerdicts(told: Verdicts): void {
  const box = element("verdicts");
  box.classList.toggle("stale", told.stale);
  const made = document.createElement("template");
  made.innerHTML = told.html;
  const fresh = made.content.querySelector("tbody")!;
  const old = box.querySelector("tbody");
  if (!old) {
    box.replaceChildren(made.content);
  } else {
    become(box.querySelector("thead")!, made.content.querySelector("thead")!);
    const known = new Map([...old.children].map((row) => [row.getAttribute("data-row"), row]));
    const wanted = [...fresh.children];
    wanted.forEach((row, at) => {
      const before = known.get(row.getAttribute("data-row"));
      const there = old.children[at] ?? null;
      if (before && before !== there) old.insertBefore(before, there);
      else if (!before) old.insertBefore(row, there);
      if (before) become(before, row);
    });
    while (old.children.length > wanted.length) old.lastElementChild!.remove();
  }
  const turned = told.turned === 0 ? "" : `${told.turned} turned · `;
  element("progress").textContent = told.stale
    ? "Verdicts of the last text without a mistake"
    : told.running ? `${turned}${told.done} of ${told.of} known, deciding …` : `${turned}${told.done} of ${told.of} known`;
  element("stop").hidden = !told.running && told.done === told.of;
  element("stop").textContent = told.running ? "Stop" : "Go on";
  element("stop").dataset["go"] = told.running ? "" : "yes";
}

/** Put HTML of the server in a box; places are called as the pages are called here. */
export function fill(box: HTMLElement, html: string, title: (page: string) => string): void {
  box.innerHTML = html;
  for (const each of box.querySelectorAll<HTMLAnchorElement>("a[href^='#at=']")) {
    const place = decodeURIComponent(each.getAttribute("href")!.slice("#at=".length));
    const colon = place.lastIndexOf(":");
    if (each.textContent === place) each.textContent = title(place.slice(0, colon)) + place.slice(colon);
  }
}

export function showStory(told: Story, title: (page: string) => string): void {
  element("story-progress").textContent = told.done ? "" : "Looking for the story …";
  if (!told.done) return;
  fill(element("telling"), told.html, title);
  element("telling").scrollTop = 0;
}

export function showEffect(told: EffectFound, title: (page: string) => string): void {
  effectShown(true);
  if (told.html !== effectHtml) fill(element("told-effect"), told.html, title);
  effectHtml = told.html;
  element("no-effect").hidden = told.done;
  element("story-progress").textContent = told.done ? "" : `Finding out: ${told.progress} …`;
}

let effectHtml = "";

/** Show what the edit does, or the story, in the same place. */
export function effectShown(shown: boolean): void {
  element("told-effect").hidden = !shown;
  element("telling").hidden = shown;
  element("back").hidden = !shown;
  element("story-title").textContent = shown ? "What this edit does" : "Story";
  if (!shown) {
    element("no-effect").hidden = true;
    element("story-progress").textContent = "";
  }
}

export function showState(state: State, title: (page: string) => string, versions: string[]): void {
  const changed = state.changed.map(title);
  const said = changed.length === 0 ? "Nothing is edited." : `Edited: ${changed.join(", ")}.`;
  const wrong = state.mistakes.length === 0 ? "" : ` ${state.mistakes.length === 1 ? "A mistake" : `${state.mistakes.length} mistakes`}: the last verdicts stand.`;
  element("state").textContent = said + wrong;
  element<HTMLButtonElement>("effect").disabled = changed.length === 0 || state.mistakes.length > 0;
  element<HTMLButtonElement>("save").disabled = changed.length === 0;
  element<HTMLButtonElement>("undo").disabled = changed.length === 0;
  showMistakes(state, title);
  showChange(state, title, versions);
}

function showMistakes(state: State, title: (page: string) => string): void {
  const box = element("mistakes");
  const items = state.mistakes.slice(0, 20).map((each) => {
    const item = document.createElement("li");
    if (each.page) {
      const link = document.createElement("a");
      link.href = `#at=${each.page}:${each.line}`;
      link.textContent = `${title(each.page)}:${each.line}`;
      item.append(link, " ");
    }
    item.append(each.message);
    return item;
  });
  for (const page of state.conflicts) {
    const item = document.createElement("li");
    item.textContent = `${title(page)} was saved by somebody else after this edit began: copy what you need, and undo.`;
    items.push(item);
  }
  const list = document.createElement("ul");
  list.append(...items);
  box.replaceChildren(list);
  box.hidden = items.length === 0;
}

/** What an edit of the law in force is called. */
function showChange(state: State, title: (page: string) => string, versions: string[]): void {
  const box = element("asking");
  box.hidden = state.law.length === 0;
  if (box.hidden) {
    box.replaceChildren();
    return;
  }
  if (!box.firstElementChild) {
    const said = document.createElement("p");
    said.id = "asking-said";
    const fields = document.createElement("p");
    fields.className = "fields";
    const label = (text: string, field: HTMLElement, className = "") => {
      const made = document.createElement("label");
      made.className = className;
      made.append(text, field);
      fields.append(made);
    };
    const input = (id: string, className = "") => {
      const made = document.createElement("input");
      made.id = id;
      made.className = className;
      return made;
    };
    const select = document.createElement("select");
    select.id = "change-changes";
    label("Changes", select);
    label("as ", input("change-modification"));
    label("making version", input("change-version"));
    label("called", input("change-title", "wide"), "wide-label");
    box.append(said, fields);
  }
  const same = state.same_words.length === 0 ? "" : " Some of its words stay as they are and mean something else now: if they only can be understood so, that is a reading.";
  element("asking-said").textContent = `${state.law.map(title).join(", ")} is law in force and stays as it is: the edit is a modification.${same}`;
  const select = element<HTMLSelectElement>("change-changes");
  if (document.activeElement !== select) {
    select.replaceChildren(...versions.map((each) => new Option(each, each, false, each === state.change.changes)));
  }
  for (const part of ["modification", "version", "title"] as const) {
    const field = element<HTMLInputElement>(`change-${part}`);
    if (document.activeElement !== field) field.value = state.change[part];
  }
}

