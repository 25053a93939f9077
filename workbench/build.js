// Bundles the workbench into checker/workbench/static; the same sources give the same bytes.
// `node build.js DIRECTORY` writes elsewhere.

import { build } from "esbuild";
import { readFileSync, writeFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "checker", "workbench", "static"));
mkdirSync(target, { recursive: true });

const made = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  outfile: join(target, "workbench.js"),
});

const names = new Set(
  Object.keys(made.metafile.inputs)
    .map((each) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(each)?.[1])
    .filter(Boolean),
);
const licences = [...names].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "License.txt", "LICENSE.txt"].find((each) => existsSync(join(folder, each)));
  if (!file) throw new Error(`${name} has no licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
const head = "The workbench of redline bundles these packages.\n\n";
writeFileSync(join(target, "licences.txt"), head + licences.join(`\n${"-".repeat(72)}\n\n`));
