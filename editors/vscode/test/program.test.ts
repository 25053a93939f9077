// Finds the program, starts it, and says why it could not be started.

import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { inLaw, options, program } from "../src/places";
import { NotStarted, start, whyEnded } from "../src/server";

const NOTHING = { path: "", spec: "", properties: "" };

function folder(...inside: string[]): string {
  const made = mkdtempSync(join(tmpdir(), "redline-"));
  for (const each of inside) mkdirSync(join(made, each), { recursive: true });
  return made;
}

test("a page belongs to a law if both folders stand beside each other above it", () => {
  const law = folder("spec/sec", "properties");
  assert.equal(inLaw(join(law, "spec", "sec", "a.md")), true);
  assert.equal(inLaw(join(folder("spec"), "spec", "a.md")), false);
  assert.equal(inLaw(join(folder(), "a.md")), false);
});

test("the program is that of the settings, else of .venv, else of the PATH", () => {
  const place = folder(".venv/bin");
  assert.equal(program(NOTHING, [place], false), "redline");
  const inside = join(place, ".venv", "bin", "redline");
  writeFileSync(inside, "");
  assert.equal(program(NOTHING, ["/nowhere", place], false), inside);
  assert.equal(program({ ...NOTHING, path: "redline-2" }, [place], false), "redline-2");
  assert.equal(program({ ...NOTHING, path: "bin/redline" }, [place], false), join(place, "bin", "redline"));
  assert.equal(program({ ...NOTHING, path: "${workspaceFolder}/r" }, [place], false), join(place, "r"));
});

test("folders that are not set are not sent, relative ones begin at the workspace", () => {
  assert.deepEqual(options(NOTHING, ["/w"]), {});
  assert.deepEqual(options({ path: "", spec: "law/spec", properties: "/p" }, ["/w"]), { spec: "/w/law/spec", properties: "/p" });
});

test("a program that is not there is named, with what to do", async () => {
  await assert.rejects(start("/nowhere/redline", undefined), (wrong) => {
    assert.ok(wrong instanceof NotStarted);
    assert.match(wrong.message, /\/nowhere\/redline was not found.*pip install "redline\[lsp\]".*redline\.path/);
    return true;
  });
});

async function endOf(script: string): Promise<string> {
  const path = join(folder(), "redline");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  const started = await start(path, undefined);
  const [code] = (await once(started.process, "close")) as [number | null];
  return whyEnded(code, started.said());
}

test("a program that ends says why", async () => {
  const missing = "error: a language server needs a library that is not installed: \\`pygls\\`";
  assert.match(await endOf(`echo "${missing}" >&2; exit 2`), /without its language server.*pip install "redline\[lsp\]"/);
  assert.match(await endOf(`echo "Error: No such command 'lsp'." >&2; exit 2`), /too old/);
  assert.match(await endOf("echo one >&2; echo two >&2; exit 5"), /exit code 5: two$/);
});

const real = process.env["REDLINE"];

test("the server that redline starts has the command of the lenses", { skip: real ? false : "REDLINE names no program" }, async () => {
  const { process: child } = await start(real ?? "", undefined);
  const link = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  link.listen();
  const told = await link.sendRequest<{ capabilities: { executeCommandProvider: { commands: string[] } } }>("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {},
    initializationOptions: options(NOTHING, []),
  });
  assert.ok(told.capabilities.executeCommandProvider.commands.includes("redline.story"));
  await link.sendRequest("shutdown");
  await link.sendNotification("exit");
  const [code] = (await once(child, "close")) as [number | null];
  assert.equal(code, 0);
  link.dispose();
});
