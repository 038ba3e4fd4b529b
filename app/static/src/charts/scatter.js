import { axis, plain, signed, tooltip } from "./theme.js";

// {"kind": "scatter", "x": {label, min, max, plain: no sign before its numbers}, "y": {…}, "points": [{name, x, y, text, url, mine}]}: one dot a unit; "mine" stands out.
export function scatterOptions(content, theme) {
  return {
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: "same" },
    xAxis: { ...end(content.x, theme), nameLocation: "middle", nameGap: 30 },
    yAxis: { ...end(content.y, theme), nameTextStyle: { ...axis(theme).nameTextStyle, align: "left" } },
    tooltip: { ...tooltip(theme), trigger: "item", formatter: (point) => `${point.name}\n${point.data.text}` },
    series: [{ type: "scatter", data: content.points.map((point) => dot(point, theme)), symbolSize: 13, cursor: "pointer", emphasis: { scale: 1.25 }, markLine: zeroLines(content, theme) }],
  };
}

function end(side, theme) {
  const base = axis(theme, side.label);
  const axisLabel = { ...base.axisLabel, formatter: side.plain ? plain : signed };
  return { type: "value", ...base, min: side.min, max: side.max, axisLine: { ...base.axisLine, onZero: false }, axisLabel };
}

function dot(point, theme) {
  const style = { color: theme.employees.color, opacity: 0.72, borderColor: theme.card, borderWidth: 1 };
  const mine = { color: theme.card, opacity: 1, borderColor: theme.ink, borderWidth: 2.5 };
  return { ...point, value: [point.x, point.y], itemStyle: point.mine ? mine : style };
}

function zeroLines(content, theme) {
  const crosses = (side) => side.min < 0 && side.max > 0;
  const data = [crosses(content.x) && { xAxis: 0 }, crosses(content.y) && { yAxis: 0 }].filter(Boolean);
  return { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: theme.edge, type: "solid", width: 1, opacity: 0.6 }, data };
}
