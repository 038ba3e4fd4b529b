// The one style sheet: what our pages use of Tabler, then our own rules.
import { transform } from "esbuild";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import postcss from "postcss";
import { namesUsedBy, withoutDarkRules, withoutUnusedRules, withoutUnusedVariables } from "./purge.mjs";
import { expandThemes } from "./themes.mjs";

const TABLER = "node_modules/@tabler/core/dist/css/tabler.min.css";
const OWN = "app/static/src/css";

export async function styleSheet(root) {
  const tabler = postcss.parse(await readFile(join(root, TABLER), "utf8"));
  const own = postcss.parse(await ownRules(join(root, OWN)));
  withoutDarkRules(tabler);
  withoutUnusedRules(tabler, await namesUsedBy(root));
  expandThemes(own);
  tabler.append(own.nodes);
  withoutUnusedVariables(tabler);
  const options = { loader: "css", minify: true, charset: "utf8", legalComments: "none" };
  return (await transform(tabler.toString(), { ...options, target: ["chrome100", "firefox100", "safari15"] })).code;
}

// Files are numbered: later ones may lean on earlier ones.
async function ownRules(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".css")).sort();
  return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
}
