// Leaves out of Tabler what no page uses. A rule stays when every class and id in it is a word of some
// template, some script, or some text in our Python: that is why class names are written whole.
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const WORD = /[A-Za-z][\w-]*/g;
// Class names and ids of a selector; what stands in :not(…) need not exist.
const NAMED = /[.#]((?:[\w-]|\\.)+)/g;
const NEGATION = /:not\([^()]*(?:\([^()]*\)[^()]*)*\)/g;
const VARIABLE = /var\(\s*(--[\w-]+)/g;
const PYTHON_TEXT = /"([^"\n]*)"|'([^'\n]*)'/g;
// Parts of Tabler's dark theme: our tokens carry the colours, so these rules go.
const DARK = /theme=|theme-dark|navbar-theme/;
// Set by htmx while it works; no source of ours names them.
const ALWAYS = ["htmx-request", "htmx-indicator"];

async function filesBelow(folder, endings) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

export async function namesUsedBy(root) {
  const names = new Set(ALWAYS);
  const take = (text) => (text.match(WORD) ?? []).forEach((word) => names.add(word));
  for (const path of await filesBelow(join(root, "app", "templates"), [".html"])) {
    take((await readFile(path, "utf8")).replace(/\{#[\s\S]*?#\}/g, ""));
  }
  for (const path of await filesBelow(join(root, "app", "static", "src"), [".js"])) take(await readFile(path, "utf8"));
  for (const path of await filesBelow(join(root, "app"), [".py"])) {
    for (const match of (await readFile(path, "utf8")).matchAll(PYTHON_TEXT)) take(match[1] ?? match[2]);
  }
  return names;
}

export function withoutDarkRules(sheet) {
  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !DARK.test(selector));
    keep(rule, kept);
  });
}

export function withoutUnusedRules(sheet, names) {
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    keep(rule, rule.selectors.filter((selector) => isUsed(selector, names)));
  });
  sheet.walkAtRules(/media|supports/, (block) => void (block.nodes?.length || block.remove()));
}

function isUsed(selector, names) {
  const named = selector.replace(NEGATION, "").matchAll(NAMED);
  return [...named].every((match) => names.has(match[1].replace(/\\/g, "")));
}

function keep(rule, kept) {
  if (kept.length === 0) rule.remove();
  else if (kept.length < rule.selectors.length) rule.selectors = kept;
}

// Custom properties that nothing reads: a use inside another property counts only while that property itself is read.
export function withoutUnusedVariables(sheet) {
  const definitions = new Map();
  const read = new Set();
  sheet.walkDecls((declaration) => {
    const uses = [...declaration.value.matchAll(VARIABLE)].map((match) => match[1]);
    if (!declaration.prop.startsWith("--tblr-")) return uses.forEach((name) => read.add(name));
    definitions.set(declaration.prop, [...(definitions.get(declaration.prop) ?? []), { declaration, uses }]);
  });
  for (const name of read) for (const { uses } of definitions.get(name) ?? []) uses.forEach((used) => read.add(used));
  for (const [name, all] of definitions) if (!read.has(name)) all.forEach(({ declaration }) => declaration.remove());
  sheet.walkRules((rule) => void (rule.nodes.length || rule.remove()));
  withoutUnusedAnimations(sheet);
}

function withoutUnusedAnimations(sheet) {
  const read = new Set();
  sheet.walkDecls(/animation(-name)?$/, (declaration) => (declaration.value.match(WORD) ?? []).forEach((word) => read.add(word)));
  sheet.walkAtRules(/keyframes$/, (frames) => void (read.has(frames.params) || frames.remove()));
}
