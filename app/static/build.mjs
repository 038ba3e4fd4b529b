// Builds app/static/dist: hashed bundles, the icon sprite, compressed copies, and manifest.json,
// which maps each plain name ("app.css") to the hashed one. The same sources give the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { sprite } from "./build/sprite.mjs";
import { styleSheet } from "./build/styles.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const dist = join(here, "dist");
// What every first visit pays for: app.css and app.js together, compressed.
const BUDGET = 45 * 1024;

async function scripts() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ["app/static/src/app.js", "app/static/src/charts.js"],
    outdir: dist,
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "safari15"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles.map((file) => [file.path.split(/[\\/]/).pop(), Buffer.from(file.contents)]);
}

async function images() {
  const names = (await readdir(join(here, "images"))).filter((name) => extname(name) === ".svg").sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(here, "images", name))]));
}

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return name.replace(/(\.\w+)$/, `-${hash}$1`);
}

async function store(name, content) {
  const hashed = hashedName(name, content);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const gzipped = gzipSync(content, { level: 9 });
  await writeFile(join(dist, hashed), content);
  await writeFile(join(dist, `${hashed}.gz`), gzipped);
  await writeFile(join(dist, `${hashed}.br`), brotliCompressSync(content, quality));
  console.log(`${hashed.padEnd(28)} ${content.length} bytes, ${gzipped.length} gzipped`);
  return hashed;
}

// A server may be reading the folder: new files first, then the manifest in one move, then the old ones go.
async function sweep(manifest) {
  const kept = new Set(["manifest.json", ...Object.values(manifest).flatMap((name) => [name, `${name}.gz`, `${name}.br`])]);
  for (const name of await readdir(dist)) if (!kept.has(name)) await rm(join(dist, name), { recursive: true });
}

function withinBudget(files) {
  const everywhere = files.filter(([name]) => name.startsWith("app."));
  const size = everywhere.reduce((sum, [, content]) => sum + gzipSync(content, { level: 9 }).length, 0);
  if (size > BUDGET) throw new Error(`app.css and app.js take ${size} bytes compressed, more than ${BUDGET}.`);
}

await mkdir(dist, { recursive: true });
const files = [
  ["app.css", Buffer.from(await styleSheet(root))],
  ...(await scripts()),
  ["icons.svg", Buffer.from(await sprite(join(here, "images", "icons")))],
  ...(await images()),
];
withinBudget(files);
const manifest = {};
for (const [name, content] of files) manifest[name] = await store(name, content);
await writeFile(join(dist, "manifest.json.new"), `${JSON.stringify(manifest, null, 2)}\n`);
await rename(join(dist, "manifest.json.new"), join(dist, "manifest.json"));
await sweep(manifest);
