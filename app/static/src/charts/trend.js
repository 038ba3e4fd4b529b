import { axis, signed, tooltip } from "./theme.js";

// {"kind": "trend", "periods": […], "axis": "…", "series": [{voice, label, scores, low, high, texts}],
//  "marks": [{"period": "III", "at": 2, "text": "…"}] (optional: what happened, at the n-th period)}
export function trendOptions(content, theme, width) {
  return {
    grid: { left: 8, right: 20, top: content.axis ? 34 : 18, bottom: 4, outerBoundsMode: "same" },
    xAxis: { type: "category", boundaryGap: false, data: content.periods, ...periodAxis(theme) },
    yAxis: { type: "value", ...scoreAxis(content, theme) },
    tooltip: { ...tooltip(theme), trigger: "axis", formatter: (points) => words(content, points[0].dataIndex), axisPointer: pointer(theme) },
    series: [...content.series.flatMap((series) => voiceSeries(series, theme)), ...events(content, theme, width)],
  };
}

function periodAxis(theme) {
  return { ...axis(theme), splitLine: { show: false }, axisLabel: { ...axis(theme).axisLabel, margin: 12, alignMinLabel: "left", alignMaxLabel: "right" } };
}

function scoreAxis(content, theme) {
  const edges = content.series.flatMap((series) => [...series.low, ...series.high, ...series.scores]).filter((value) => value !== null);
  const base = axis(theme, content.axis);
  const ends = edges.length ? { min: Math.floor((Math.min(...edges) - 4) / 20) * 20, max: Math.ceil((Math.max(...edges) + 4) / 20) * 20 } : { min: -100, max: 100 };
  return { ...base, ...ends, splitNumber: 4, nameTextStyle: { ...base.nameTextStyle, align: "left" }, axisLabel: { ...base.axisLabel, formatter: signed } };
}

function pointer(theme) {
  return { type: "line", lineStyle: { color: theme.edge, type: "solid", width: 1 } };
}

function words(content, index) {
  const lines = content.series.map((series) => `${series.label}: ${series.texts[index] ?? content.empty ?? "–"}`);
  return [content.periods[index], ...lines].join("\n");
}

// The band is two stacked lines without a stroke: the lower end, and the way up to the higher one.
function voiceSeries(series, theme) {
  const voice = theme[series.voice];
  const invisible = { type: "line", stack: series.voice, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const height = series.high.map((high, index) => (high === null || series.low[index] === null ? null : high - series.low[index]));
  return [
    { ...invisible, data: series.low },
    { ...invisible, data: height, areaStyle: { color: voice.color, opacity: theme.band } },
    {
      type: "line",
      name: series.label,
      data: series.scores,
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
  return { silent: true, symbol: "none", animation: false, lineStyle: { color: voice.color, width: 9, type: "solid", opacity: theme.band + 0.06 }, label: { show: false }, data };
}

function isAlone(scores, index) {
  const hidden = (at) => scores[at] === null || scores[at] === undefined;
  return !hidden(index) && hidden(index - 1) && hidden(index + 1);
}

function events(content, theme, width) {
  if (!content.marks?.length) return [];
  const label = { position: "end", distance: [6, -14], align: "left", color: theme.muted, fontFamily: theme.font, fontSize: 12, show: width > 560 };
  const data = content.marks.map((mark) => ({ xAxis: mark.at, label: { ...label, formatter: mark.text } }));
  const markLine = { silent: true, symbol: "none", lineStyle: { color: theme.edge, type: "dotted", width: 1.5 }, data };
  return [{ type: "line", data: [], markLine }];
}
