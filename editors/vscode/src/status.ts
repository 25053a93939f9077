// What the status of the language says about the server.

import * as vscode from "vscode";

export const RESTART = "redline.restart";
export const OUTPUT = "redline.output";
export const PAGES = { scheme: "file", language: "markdown" } as const;

/** The entry of the status of pages of Markdown. */
export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("redline", PAGES);

  constructor() {
    this.item.name = "redline";
    this.idle();
  }

  idle(): void {
    this.say("redline", "waits for a page of a law", vscode.LanguageStatusSeverity.Information, RESTART, "Start");
  }

  starting(): void {
    this.say("redline", "starts", vscode.LanguageStatusSeverity.Information, OUTPUT, "Output");
    this.item.busy = true;
  }

  running(version: string): void {
    this.say(`redline ${version}`.trim(), "runs", vscode.LanguageStatusSeverity.Information, OUTPUT, "Output");
  }

  failed(why: string): void {
    this.say("redline", why, vscode.LanguageStatusSeverity.Error, RESTART, "Restart");
  }

  dispose(): void {
    this.item.dispose();
  }

  private say(text: string, detail: string, severity: vscode.LanguageStatusSeverity, command: string, title: string): void {
    this.item.busy = false;
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
    this.item.command = { command, title };
  }
}
