// Where the program and the law are: pure, so that it is tested without an editor.

import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

export interface Settings {
  readonly path: string;
  readonly spec: string;
  readonly properties: string;
}

/** Whether this page belongs to a law: `spec/` and `properties/` stand beside each other above it. */
export function inLaw(page: string): boolean {
  for (let at = dirname(page); ; at = dirname(at)) {
    if (isFolder(join(at, "spec")) && isFolder(join(at, "properties"))) return true;
    if (at === dirname(at)) return false;
  }
}

/** The program to start: as the settings say, else that of `.venv` in a folder of the workspace, else by the PATH. */
export function program(settings: Settings, folders: readonly string[], windows = process.platform === "win32"): string {
  if (settings.path) return filled(settings.path, folders, /[\\/]/.test(settings.path));
  const inside = windows ? join(".venv", "Scripts", "redline.exe") : join(".venv", "bin", "redline");
  return folders.map((each) => join(each, inside)).find(existsSync) ?? "redline";
}

/** What the server is told of folders: nothing that is not set, and no relative path. */
export function options(settings: Settings, folders: readonly string[]): { spec?: string; properties?: string } {
  return {
    ...(settings.spec && { spec: filled(settings.spec, folders, true) }),
    ...(settings.properties && { properties: filled(settings.properties, folders, true) }),
  };
}

function filled(path: string, folders: readonly string[], place: boolean): string {
  const first = folders[0] ?? process.cwd();
  const full = path.replaceAll("${workspaceFolder}", first).replace(/^~(?=[\\/]|$)/, homedir());
  return place && !isAbsolute(full) ? resolve(first, full) : full;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
