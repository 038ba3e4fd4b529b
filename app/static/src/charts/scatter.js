import { color } from "echarts/core";
import { axis, plain, signed, tooltip } from "./theme.js";

// {"kind": "scatter", "x": {label, min, max, step, plain: no sign before its numbers}, "y": {…}, "points": [{name, x, y, across, text, url, mine}]}:
// one dot a unit, as large as "across"; "mine" stands out.
export function scatterOptions(content, theme) {
  return {
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: "same" },
    xAxis: { ...end(content.x, theme), nameLocation: "middle", nameGap: 30 },
    yAxis: { ...end(content.y, theme), nameTextStyle: { ...axis(theme).nameTextStyle, align: "left" } },
    tooltip: { ...tooltip(theme), trigger: "item", formatter: (point) => `${point.name}\n${point.data.text}` },
    series: [{ type: "scatter", data: largestFirst(content.points).map((point) => dot(point, theme)), cursor: "pointer", emphasis: { scale: 1.25 }, markLine: zeroLines(content, theme) }],
  };
}

function end(side, theme) {
  const base = axis(theme, side.label);
  const axisLabel = { ...base.axisLabel, formatter: side.plain ? plain : signed };
  return { type: "value", ...base, min: side.min, max: side.max, interval: side.step, axisLine: { ...base.axisLine, onZero: false }, axisLabel };
}

// So that a small one lies on a large one, and can be pointed at.
const largestFirst = (points) => [...points].sort((one, other) => other.across - one.across);

// The edge is what has to be seen; the inside lets those beneath shine through.
function dot(point, theme) {
  const style = { opacity: 1, color: color.modifyAlpha(theme.employees.color, theme.band + 0.1), borderColor: theme.employees.color, borderWidth: 1.5 };
  const mine = { color: theme.card, borderColor: theme.ink, borderWidth: 2.5 };
  return { ...point, value: [point.x, point.y], symbolSize: point.across, itemStyle: point.mine ? mine : style };
}

function zeroLines(content, theme) {
  const crosses = (side) => side.min < 0 && side.max > 0;
  const data = [crosses(content.x) && { xAxis: 0 }, crosses(content.y) && { yAxis: 0 }].filter(Boolean);
  return { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: theme.edge, type: "solid", width: 1, opacity: 0.6 }, data };
}
