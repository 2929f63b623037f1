/** Charts as SVG, which people look at in reports and browsers show as they are. */
export { type Bar, barChart } from "./bar-chart.ts";
export { calibrationChart } from "./calibration-chart.ts";
export { lineChart } from "./line-chart.ts";
export { matrixChart } from "./matrix-chart.ts";
export { scatterChart } from "./scatter-chart.ts";
export { COLOURS } from "./svg.ts";
