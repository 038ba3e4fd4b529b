// Draws every <script type="application/json" data-chart="id of the plot">. The SVG renderer and rich-text tooltips keep the
// strict content policy; nothing is animated; the words for those who do not see it come with the content.
import langPL from "echarts/i18n/langPL-obj.js";
import langRU from "echarts/i18n/langRU-obj.js";
import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { scatterOptions } from "./charts/scatter.js";
import { readTheme } from "./charts/theme.js";
import { trendOptions } from "./charts/trend.js";

const KINDS = { trend: trendOptions, scatter: scatterOptions };
const locale = { pl: "PL", ru: "RU" }[document.documentElement.lang] ?? "EN";
const drawn = [];

echarts.use([LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
echarts.registerLocale("PL", langPL);
echarts.registerLocale("RU", langRU);

function paint({ plot, chart, content }) {
  const theme = readTheme();
  const options = KINDS[content.kind](content, theme, plot.clientWidth);
  chart.setOption({ animation: false, textStyle: { fontFamily: theme.font }, ...options }, { notMerge: true });
}

function draw(source) {
  const plot = document.getElementById(source.dataset.chart);
  const content = JSON.parse(source.textContent);
  if (!plot || !KINDS[content.kind]) return;
  const entry = { plot, content, chart: echarts.init(plot, null, { renderer: "svg", locale }) };
  entry.chart.on("click", (event) => {
    if (event.data?.url) location.assign(event.data.url);
  });
  new ResizeObserver(() => {
    entry.chart.resize();
    paint(entry);
  }).observe(plot);
  paint(entry);
  drawn.push(entry);
  source.dataset.drawn = "yes";
}

function drawAll() {
  for (const source of document.querySelectorAll("script[data-chart]:not([data-drawn])")) draw(source);
}

const repaint = () => drawn.forEach(paint);
new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) matchMedia(query).addEventListener("change", repaint);
document.addEventListener("htmx:after:swap", drawAll);
drawAll();
