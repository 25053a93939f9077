// The extension: starts `redline lsp` once a page of a law is open, and shows stories.

import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { inLaw, options, program, type Settings } from "./places";
import { NotStarted, start, whyEnded, type Started } from "./server";
import { OUTPUT, PAGES, RESTART, Status } from "./status";
import { Stories } from "./story";

const STORY = "redline.story"; // the server's command: page, claim, column
const STEADY = 60_000; // milliseconds: a server that ran so long is started anew when it ends
const PATIENCE = 2_000; // milliseconds that a server has to end

interface Running {
  readonly client: LanguageClient;
  readonly started: Started;
  readonly since: number;
}

/** Owns the server and its client: at most one of each at a time. */
class Extension implements vscode.Disposable {
  private readonly output = vscode.window.createOutputChannel("redline", { log: true });
  private readonly status = new Status();
  private readonly stories = new Stories();
  private readonly disk = vscode.workspace.createFileSystemWatcher("**/*.md");
  private wanted = false;
  private running: Running | undefined;
  private last: Promise<void> = Promise.resolve();

  /** Start, if this page belongs to a law and nothing was started yet. */
  consider(document: vscode.TextDocument): void {
    if (this.wanted || !vscode.workspace.isTrusted || vscode.languages.match(PAGES, document) === 0) return;
    if (settings().spec || settings().properties || inLaw(document.uri.fsPath)) void this.restart();
  }

  /** End what runs, and start anew: one after the other, however often it is asked for. */
  restart(): Promise<void> {
    this.wanted = true;
    return this.then(() => this.start());
  }

  /** The same where a server was wanted before. */
  async settingsChanged(): Promise<void> {
    if (this.wanted) await this.restart();
    else vscode.workspace.textDocuments.forEach((each) => this.consider(each));
  }

  stop(): Promise<void> {
    this.wanted = false;
    return this.then(() => Promise.resolve());
  }

  showOutput(): void {
    this.output.show(true);
  }

  dispose(): void {
    this.disk.dispose();
    this.stories.dispose();
    this.status.dispose();
    this.output.dispose();
  }

  private then(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(() => this.end()).then(work).catch((wrong: unknown) => this.failed(String(wrong)));
    return this.last;
  }

  private async start(): Promise<void> {
    if (!vscode.workspace.isTrusted) return this.status.idle();
    this.status.starting();
    const asked = settings();
    const folders = workspaceFolders();
    const name = program(asked, folders);
    this.output.info(`starts ${name} lsp`);
    let started: Started;
    try {
      started = await start(name, folders[0]);
    } catch (wrong) {
      if (wrong instanceof NotStarted) return this.failed(wrong.message);
      throw wrong;
    }
    const client = new LanguageClient("redline", "redline", () => Promise.resolve(started.process), this.clientOptions(asked));
    const running = { client, started, since: Date.now() };
    this.running = running;
    const exited = new Promise<void>((done) => {
      started.process.once("exit", (code) => {
        this.ended(running, code);
        done();
      });
    });
    try {
      await client.start();
    } catch (wrong) {
      if (started.process.exitCode === null && started.process.signalCode === null) {
        // It may be about to end: then its exit says why, better than the connection does.
        await Promise.race([exited, new Promise((done) => setTimeout(done, PATIENCE))]);
      }
      if (this.running === running) {
        this.running = undefined;
        started.process.kill();
        this.failed(String(wrong));
      }
      return;
    }
    if (this.running === running) this.status.running(client.initializeResult?.serverInfo?.version ?? "");
  }

  private clientOptions(asked: Settings): LanguageClientOptions {
    return {
      documentSelector: [PAGES],
      initializationOptions: options(asked, workspaceFolders()),
      outputChannel: this.output,
      synchronize: { fileEvents: this.disk },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }), // `ended` does what is to be done
      },
      middleware: {
        executeCommand: async (command, args, next) => {
          if (command !== STORY) return next(command, args) as unknown;
          return this.tell(args as readonly unknown[], async () => (await next(command, args)) as unknown);
        },
      },
    };
  }

  private async tell(asked: readonly unknown[], answer: () => Promise<unknown>): Promise<void> {
    const [page, claim, column] = asked.map(String);
    if (page === undefined || claim === undefined || column === undefined) return;
    const title = `redline: the story of ${claim} in ${column}`;
    const told = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, answer);
    if (typeof told === "string") await this.stories.show(page, claim, column, told);
  }

  private ended(which: Running, code: number | null): void {
    if (this.running !== which) return; // it was asked to end
    this.running = undefined;
    const why = whyEnded(code, which.started.said());
    if (Date.now() - which.since < STEADY) return this.failed(why);
    this.output.warn(why);
    void this.restart();
  }

  private async end(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    if (running === undefined) return;
    try {
      await running.client.stop(PATIENCE);
    } catch {
      // A client that never came to run cannot be stopped.
    }
    if (running.started.process.exitCode === null) running.started.process.kill();
    this.status.idle();
  }

  private failed(why: string): void {
    this.status.failed(why);
    this.output.error(why);
    void this.offer(why);
  }

  private async offer(why: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(`redline: ${why}`, "Try Again", "Settings", "Output");
    if (chosen === "Try Again") await this.restart();
    if (chosen === "Settings") await vscode.commands.executeCommand("workbench.action.openSettings", "redline.path");
    if (chosen === "Output") this.showOutput();
  }
}

function settings(): Settings {
  const found = vscode.workspace.getConfiguration("redline");
  const text = (name: string): string => found.get<string>(name, "").trim();
  return { path: text("path"), spec: text("spec"), properties: text("properties") };
}

function workspaceFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((each) => each.uri.scheme === "file").map((each) => each.uri.fsPath);
}

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const made = new Extension();
  extension = made;
  const considerAll = (): void => vscode.workspace.textDocuments.forEach((each) => made.consider(each));
  context.subscriptions.push(
    made,
    vscode.commands.registerCommand(RESTART, () => made.restart()),
    vscode.commands.registerCommand(OUTPUT, () => made.showOutput()),
    vscode.workspace.onDidOpenTextDocument((each) => made.consider(each)),
    vscode.workspace.onDidGrantWorkspaceTrust(considerAll),
    vscode.workspace.onDidChangeConfiguration((each) => {
      const ours = ["redline.path", "redline.spec", "redline.properties"];
      if (ours.some((name) => each.affectsConfiguration(name))) void made.settingsChanged();
    }),
  );
  considerAll();
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
}
