// Expands `@theme NAME { --token: value }` into every situation in which that theme holds, so that "auto"
// follows the system without a script and without a flash. Order matters: contrast comes after dark.
const SITUATIONS = {
  light: [["", ":root"]],
  dark: [
    ["", ":root[data-bs-theme=dark]"],
    ["(prefers-color-scheme: dark)", ":root[data-bs-theme=auto]"],
  ],
  contrast: [
    ["", ":root[data-bs-theme=contrast]"],
    ["(prefers-contrast: more)", ":root"],
  ],
  "contrast-dark": [
    ["(prefers-color-scheme: dark)", ":root[data-bs-theme=contrast]"],
    ["(prefers-contrast: more)", ":root[data-bs-theme=dark]"],
    ["(prefers-contrast: more) and (prefers-color-scheme: dark)", ":root[data-bs-theme=auto]"],
  ],
};

export function expandThemes(sheet) {
  sheet.walkAtRules("theme", (theme) => {
    const situations = SITUATIONS[theme.params];
    if (!situations) throw theme.error(`There is no theme "${theme.params}".`);
    theme.replaceWith(situations.map(([media, selector]) => situation(theme, media, selector)).join("\n"));
  });
}

function situation(theme, media, selector) {
  const rule = `${selector} { ${theme.nodes.map((node) => `${node};`).join(" ")} }`;
  return media ? `@media ${media} { ${rule} }` : rule;
}
