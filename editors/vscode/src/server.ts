// Starts `redline lsp`, and says why it could not be started.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

const KEPT = 4000; // characters of what the program said last

/** A process, and what it said to people. */
export interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  readonly said: () => string;
}

/** Why there is no server, in a sentence for the user. */
export class NotStarted extends Error {
  override readonly name = "NotStarted";
}

/** Start the language server on standard input and output; NotStarted if there is no such program. */
export async function start(program: string, folder: string | undefined): Promise<Started> {
  const child = spawn(program, ["lsp"], { cwd: folder, stdio: "pipe" });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-KEPT);
  });
  child.stdin.on("error", () => undefined); // the process has ended, which is told by its exit
  try {
    await once(child, "spawn");
  } catch (wrong) {
    throw new NotStarted(notFound(program, wrong as NodeJS.ErrnoException));
  }
  return { process: child, said: () => said };
}

function notFound(program: string, wrong: NodeJS.ErrnoException): string {
  if (wrong.code !== "ENOENT") return `${program} cannot be started: ${wrong.message}`;
  return `${program} was not found. Install it with: pip install "redline[lsp]", or name it in the setting redline.path.`;
}

/** Why a server that was started is no more, from its exit code and what it said. */
export function whyEnded(code: number | null, said: string): string {
  if (/language server needs a library that is not installed/.test(said)) {
    return 'redline is installed without its language server. Install it with: pip install "redline[lsp]".';
  }
  if (/No such command .?lsp/.test(said)) return "This redline is too old: it has no language server.";
  const last = said.trim().split("\n").at(-1)?.trim();
  return `The language server ended${code === null ? "" : ` with exit code ${code}`}${last ? `: ${last}` : "."}`;
}
