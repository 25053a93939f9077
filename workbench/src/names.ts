// The language client: completion, hover, definitions, references and renaming, over all pages on the desk.

import {
  LSPClient, LSPPlugin, Workspace, findReferencesKeymap, hoverTooltips, jumpToDefinitionKeymap, renameKeymap,
  serverCompletion, type Transport, type WorkspaceFile,
} from "@codemirror/lsp-client";
import type { Extension, Text, TransactionSpec } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import { between, type Desk } from "./desk";

const ABSENT = 4404;
const SYNC = 400; // milliseconds after a key in which the server hears of it
const PATIENCE = 60_000; // milliseconds for an answer: on a busy computer a server is slow to start

class PageFile implements WorkspaceFile {
  readonly languageId = "markdown";
  version = 0;

  constructor(readonly uri: string, readonly page: string, public doc: Text, private readonly desk: Desk) {}

  getView(): EditorView | null {
    return this.desk.current === this.page ? this.desk.view : null;
  }
}

/** All pages are open, so that names in them are those of the newest text, and a rename reaches them. */
class Pages extends Workspace {
  files: PageFile[] = [];

  constructor(client: LSPClient, private readonly desk: Desk) {
    super(client);
  }

  private fileOf(uri: string): PageFile | null {
    const known = this.files.find((each) => each.uri === uri);
    const page = this.desk.pageOf(uri);
    if (known || !page) return known ?? null;
    const made = new PageFile(uri, page, this.desk.doc(page)!, this.desk);
    this.files.push(made);
    if (this.client.connected) this.client.didOpen(made);
    return made;
  }

  syncFiles() {
    return this.files.flatMap((file) => {
      const view = file.getView();
      if (view) LSPPlugin.get(view)?.clear();
      const now = this.desk.doc(file.page);
      if (!now || now.eq(file.doc)) return [];
      const update = { file, prevDoc: file.doc, changes: between(file.doc.toString(), now.toString()) };
      file.doc = now;
      file.version++;
      return [update];
    });
  }

  override async requestFile(uri: string) {
    return this.fileOf(uri);
  }

  openFile(uri: string): void {
    this.fileOf(uri);
  }

  closeFile(): void {
    // it stays open
  }

  override updateFile(uri: string, update: TransactionSpec): void {
    const page = this.desk.pageOf(uri);
    if (page) this.desk.update(page, update);
  }

  override async displayFile(uri: string) {
    const page = this.desk.pageOf(uri);
    if (!page) return null;
    this.desk.show(page);
    return this.desk.view;
  }
}

/** Leave of a text in HTML what it looks like, and nothing that leads anywhere. */
function plain(html: string): string {
  const made = document.createElement("template");
  made.innerHTML = html;
  for (const each of made.content.querySelectorAll("*")) {
    if (!/^(p|br|hr|h[1-6]|ul|ol|li|pre|code|em|strong|blockquote|table|thead|tbody|tr|th|td|span|a|del)$/i.test(each.tagName)) each.remove();
    for (const attribute of [...each.attributes]) if (attribute.name !== "class") each.removeAttribute(attribute.name);
  }
  return made.innerHTML;
}

export class Names {
  private client: LSPClient | null = null;

  constructor(private readonly desk: () => Desk) {}

  /** What an editor of a page has of it. */
  extension(uri: string): Extension {
    return this.client ? this.client.plugin(uri, "markdown") : [];
  }

  /** Connect anew. */
  connect(root: string, ready: () => void): void {
    const socket = new WebSocket(`ws://${location.host}/lsp`);
    const heard = new Set<(text: string) => void>();
    let timer = 0;
    const client = new LSPClient({
      rootUri: root,
      timeout: PATIENCE,
      workspace: (made) => new Pages(made, this.desk()),
      sanitizeHTML: plain,
      notificationHandlers: { "textDocument/publishDiagnostics": () => true, "window/logMessage": () => true },
      extensions: [
        serverCompletion(), hoverTooltips(), keymap.of([...renameKeymap, ...jumpToDefinitionKeymap, ...findReferencesKeymap]),
      ],
    });
    const transport: Transport = {
      send: (text) => socket.send(text),
      subscribe: (handler) => heard.add(handler),
      unsubscribe: (handler) => heard.delete(handler),
    };
    socket.onopen = () => {
      this.client = client;
      client.connect(transport);
      void client.initializing.then(() => {
        ready();
        timer = window.setInterval(() => client.sync(), SYNC);
      });
    };
    socket.onmessage = (event) => heard.forEach((each) => each(String(event.data)));
    socket.onclose = (event) => {
      window.clearInterval(timer);
      if (this.client === client) {
        client.disconnect();
        this.client = null;
      }
      if (event.code === ABSENT) console.info("no language server: the extra `lsp` is not installed");
    };
  }

  /** Have the server know of a page before anybody looks at it. */
  know(uri: string): void {
    void this.client?.workspace.requestFile(uri);
  }
}
