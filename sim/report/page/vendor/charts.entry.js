// The parts of d3 that the page draws with: what is imported here, and nothing else, becomes charts.min.js.
export { scaleLinear, scaleUtc } from "d3-scale";
export { area, curveStepAfter, line, stack } from "d3-shape";
export { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
