// Numbers as people read them; the full value is always at hand as a title.

const scales = [
  [1e12, "trillion", "tn"],
  [1e9, "billion", "bn"],
  [1e6, "million", "M"],
  [1e3, "thousand", "k"],
];

/// Three significant digits without an exponent.
function digits(value, count = 3) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return value.toExponential(count - 1).replace("e+", "e");
  const decimals = Math.max(0, count - 1 - Math.floor(Math.log10(size)));
  const text = value.toFixed(Math.min(decimals, 12));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/// "USD/tok" of tiny prices as "USD/Mtok".
function rescale(value, unit) {
  const parts = /^([^/]+)\/([^/]+)$/.exec(unit ?? "");
  return parts && Math.abs(value) < 1e-3 && value !== 0 ? [value * 1e6, `${parts[1]}/M${parts[2]}`] : [value, unit];
}

function scaled(value, word) {
  const size = Math.abs(value);
  const scale = scales.find(([from]) => size >= 0.9995 * from);
  // Thousands are written out: "12,300", not "12.3 thousand".
  if (!scale || (word === 1 && scale[0] === 1e3))
    return size >= 1000 ? Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",") : digits(value);
  return `${digits(value / scale[0])} ${scale[word]}`;
}

const minus = (text) => text.replace(/^-/, "−");

/// A part as a percentage; what is next to nothing says so.
const percent = (part) => (part !== 0 && Math.abs(part) < 5e-5 ? "< 0.01 %" : `${digits(100 * part)} %`);

/// "331 million USD", "13.2 %".
function amount(value, unit) {
  if (value === null || value === undefined) return "undefined";
  if (!unit || unit === "1") return minus(percent(value));
  const [number, of] = rescale(value, unit);
  return minus(`${scaled(number, 1)} ${of}`);
}

/// The same of a difference, with its sign; of parts in points.
function change(value, unit) {
  if (value === null || value === undefined) return "undefined";
  const text = !unit || unit === "1" ? `${digits(100 * value)} points` : amount(value, unit);
  return value > 0 ? `+${text}` : minus(text);
}

/// How exactly a difference is known: of parts in points.
const within = (value, unit) => `± ${change(Math.abs(value), unit).replace(/^\+/, "")}`;

/// For axes: "300 M".
function tick(value, unit) {
  if (!unit || unit === "1") return minus(percent(value));
  return minus(scaled(rescale(value, unit)[0], 2));
}

/// What an axis counts: "%", "USD".
const axisUnit = (unit, most) => (!unit || unit === "1" ? "" : rescale(most, unit)[1]);

/// A number as text with its full value behind it.
const exact = (value, text) => h("data", { value: String(value), title: String(value) }, text);
const exactAmount = (value, unit) =>
  value === null || value === undefined ? "–" : exact(value, amount(value, unit));
