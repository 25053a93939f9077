// Bundles the extension into dist/, with the licences of what is in the bundle; the same sources give the same bytes.

import { build } from "esbuild";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

const made = await build({
  absWorkingDir: here,
  entryPoints: ["src/extension.ts"],
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  outfile: "dist/extension.js",
});

const folders = new Set(
  Object.keys(made.metafile.inputs)
    .map((each) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(each)?.[0])
    .filter(Boolean),
);
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  const names = ["LICENSE", "LICENSE.md", "License.txt", "LICENSE.txt"];
  const file = names.find((each) => existsSync(join(here, folder, each)));
  if (!file) throw new Error(`${name} has no licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(here, folder, file), "utf8").trim()}\n`;
});
const head = "The extension of redline for VS Code bundles these packages.\n\n";
writeFileSync(join(here, "dist", "licences.txt"), head + licences.join(`\n${"-".repeat(72)}\n\n`));
copyFileSync(join(here, "..", "..", "LICENSE"), join(here, "LICENSE"));
