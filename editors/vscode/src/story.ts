// The story behind a verdict, as a document that only reads.

import * as vscode from "vscode";

const SCHEME = "redline-story";

/** Shows stories beside the page; the newest of each claim and column. */
export class Stories implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "This story is no longer known: choose the lens of its claim again.";
  }

  async show(page: string, claim: string, column: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${claim} in ${column}`, query: page });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const column_ = vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn: column_, preserveFocus: true, preview: true });
  }

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }
}
