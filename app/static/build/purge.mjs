// Leaves out of Tabler what no page uses. A rule stays when every class and id in it is a word of some
// template, some script, or some text in our Python: that is why class names are written whole.
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import selectors from "postcss-selector-parser";

const WORD = /[A-Za-z][\w-]*/g;
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
  let used = true;
  selectors((tree) => {
    tree.walkPseudos((pseudo) => void (pseudo.value === ":not" && pseudo.remove()));
    tree.walk((node) => {
      if ((node.type === "class" || node.type === "id") && !names.has(node.value)) used = false;
    });
  }).processSync(selector);
  return used;
}

function keep(rule, kept) {
  if (kept.length === 0) rule.remove();
  else if (kept.length < rule.selectors.length) rule.selectors = kept;
}

// Custom properties and animations that nothing reads, again and again until nothing more falls away.
export function withoutUnusedVariables(sheet) {
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    const text = sheet.toString();
    const read = new Set(text.match(/var\(\s*--[\w-]+/g)?.map((use) => use.replace(/var\(\s*/, "")));
    sheet.walkDecls(/^--tblr-/, (declaration) => {
      if (!read.has(declaration.prop)) {
        now += 1;
        declaration.remove();
      }
    });
    sheet.walkRules((rule) => void (rule.nodes.length || rule.remove()));
    now += before;
  }
  withoutUnusedAnimations(sheet);
}

function withoutUnusedAnimations(sheet) {
  const read = new Set();
  sheet.walkDecls(/animation(-name)?$/, (declaration) => (declaration.value.match(WORD) ?? []).forEach((word) => read.add(word)));
  sheet.walkAtRules(/keyframes$/, (frames) => void (read.has(frames.params) || frames.remove()));
}
