import { axis, signed, tooltip } from "./theme.js";

// {"kind": "trend", "periods": […], "axis": "…", "series": [{voice, label, scores, low, high, texts}],
//  "names": ["III kw. 2025"…] (optional: whole names for the tooltip), "marks": [{"at": 2.5, "text": "…"}] (optional: what happened,
//  between the third and the fourth period)}
export function trendOptions(content, theme, width) {
  return {
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: "same" },
    xAxis: periodAxis(content.periods, theme, width),
    yAxis: scoreAxis(content, theme),
    tooltip: { ...tooltip(theme), trigger: "axis", formatter: (points) => words(content, Math.round(points[0].axisValue)), axisPointer: pointer(theme) },
    series: [...content.series.flatMap((series) => voiceSeries(series, theme)), ...events(content, theme, width)],
  };
}

// Periods stand at 0, 1, 2 …, so that an event may fall between two of them; one alone stands in the middle.
function periodAxis(periods, theme, width) {
  const base = axis(theme);
  const wide = width > 560;
  const ends = wide ? { alignMinLabel: "left", alignMaxLabel: "right" } : {};
  const words = (at) => (wide ? (periods[at] ?? "") : (periods[at] ?? "").replace(" ", "\n"));
  const label = { ...base.axisLabel, ...ends, margin: 12, lineHeight: 15, verticalAlign: "top", formatter: words };
  const [min, max] = periods.length > 1 ? [0, periods.length - 1] : [-1, 1];
  return { type: "value", min, max, interval: 1, ...base, splitLine: { show: false }, axisLabel: label };
}

// From a round number below the lowest interval to one above the highest, never beyond −100 and +100.
function scoreAxis(content, theme) {
  const base = axis(theme, content.axis);
  const values = content.series.flatMap((series) => [...series.low, ...series.high, ...series.scores]).filter(Number.isFinite);
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [-100, 100];
  const step = high - low > 110 ? 50 : 20;
  const ends = { min: Math.max(-100, Math.floor((low - 3) / step) * step), max: Math.min(100, Math.ceil((high + 3) / step) * step), interval: step };
  return { type: "value", ...base, ...ends, nameTextStyle: { ...base.nameTextStyle, align: "left" }, axisLabel: { ...base.axisLabel, formatter: signed } };
}

function pointer(theme) {
  return { type: "line", lineStyle: { color: theme.edge, type: "solid", width: 1 } };
}

function words(content, index) {
  const lines = content.series.map((series) => `${series.label}: ${series.texts[index] ?? content.empty ?? "–"}`);
  return [content.names?.[index] ?? content.periods[index], ...lines].join("\n");
}

// The band is two stacked lines without a stroke: the lower end, and the way up to the higher one.
function voiceSeries(series, theme) {
  const voice = theme[series.voice];
  const placed = (values) => values.map((value, at) => [at, value ?? null]);
  const invisible = { type: "line", stack: series.voice, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const height = series.high.map((high, index) => (high == null || series.low[index] == null ? null : high - series.low[index]));
  return [
    { ...invisible, data: placed(series.low) },
    { ...invisible, data: placed(height), areaStyle: { color: voice.color, opacity: theme.band } },
    {
      type: "line",
      name: series.label,
      data: placed(series.scores),
      z: 4,
      symbol: voice.symbol,
      symbolSize: voice.symbol === "circle" ? 9 : 8,
      showAllSymbol: true,
      itemStyle: { color: theme.card, borderColor: voice.color, borderWidth: 2.25 },
      lineStyle: { color: voice.color, width: 2.25, type: voice.dash },
      emphasis: { disabled: true },
      markLine: lonely(series, voice, theme),
    },
  ];
}

// A quarter between two hidden ones has no band to be seen in: its interval is drawn as an upright bar.
function lonely(series, voice, theme) {
  const alone = series.scores.map((score, index) => index).filter((index) => isAlone(series.scores, index) && series.low[index] !== null && series.high[index] !== null);
  const data = alone.map((index) => [{ coord: [index, series.low[index]] }, { coord: [index, series.high[index]] }]);
  return { silent: true, symbol: "none", animation: false, z: 3, lineStyle: { color: voice.color, width: 9, type: "solid", opacity: theme.band + 0.06 }, label: { show: false }, data };
}

function isAlone(scores, index) {
  const hidden = (at) => scores[at] === null || scores[at] === undefined;
  return !hidden(index) && hidden(index - 1) && hidden(index + 1);
}

function events(content, theme, width) {
  if (!content.marks?.length) return [];
  const label = { position: "end", distance: 4, align: "left", verticalAlign: "top", padding: [6, 0, 0, 8], color: theme.muted, fontFamily: theme.font, fontSize: 12, show: width > 560 };
  const data = content.marks.map((mark) => ({ xAxis: mark.at, label: { ...label, formatter: mark.text } }));
  const markLine = { silent: true, symbol: "none", lineStyle: { color: theme.edge, type: "dotted", width: 1.5 }, data };
  return [{ type: "line", data: [], markLine }];
}
