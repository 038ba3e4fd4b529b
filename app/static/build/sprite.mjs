// One file with every icon of images/icons as a <symbol>, referred to by the macro `icon` of components/icon.html.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export async function sprite(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(names.map(async (name) => symbol(name, await readFile(join(folder, name), "utf8"))));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

function symbol(name, text) {
  const inner = text.replace(/<svg[^>]*>|<\/svg>/g, "").replace(/>\s+</g, "><").trim();
  return `<symbol id="${name.replace(".svg", "")}" viewBox="0 0 24 24">${inner}</symbol>`;
}
