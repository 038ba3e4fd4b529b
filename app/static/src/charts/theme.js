// Colours and words that all charts share, read from the style sheet each time: themes may have changed.
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    font: getComputedStyle(document.body).fontFamily,
    ink: token("ink"),
    muted: token("muted"),
    grid: token("grid"),
    edge: token("edge"),
    card: token("card"),
    band: Number(token("band")),
    employees: { color: token("employees"), symbol: "circle", dash: "solid" },
    customers: { color: token("customers"), symbol: "rect", dash: [6, 4] },
  };
}

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

export const plain = (value) => number.format(value);

// A score with its sign: +32, −8 (a real minus), 0.
export function signed(value) {
  const text = number.format(Math.abs(value));
  if (value === 0 || text === number.format(0)) return text;
  return (value > 0 ? "+" : "\u2212") + text;
}

export function tooltip(theme) {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: theme.card,
    borderColor: theme.edge,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 13, lineHeight: 19 },
  };
}

export function axis(theme, name) {
  return {
    name,
    nameTextStyle: { color: theme.muted, fontFamily: theme.font, fontSize: 12 },
    axisLabel: { color: theme.muted, fontFamily: theme.font, fontSize: 12, hideOverlap: true },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid } },
  };
}
