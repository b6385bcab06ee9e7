// The series: what was recorded of a metric, and its spread in an ensemble.

// A series that never changes comes as one number.
for (const arm of Object.values(data.series?.arms ?? {}))
  for (const row of arm.rows)
    for (const name of ["value", "mean", "q05", "q25", "q50", "q75", "q95"])
      if (Object.hasOwn(row, name) && !Array.isArray(row[name])) row[name] = Array(arm.dates.length).fill(row[name]);

/// Series of an arm, with its dates: { dates, times, rows }.
function seriesOf(arm) {
  const found = ofArm(data.series, arm);
  return found && { ...found, times: found.dates.map(timeOf) };
}

/// The line that stands for a series: the mean of an ensemble, else the value.
const lineOf = (row) => row.mean ?? row.value;

/// What a series is of: "glm, start-ups".
const whose = (row) =>
  [row.channel && brief("channels", row.channel), row.segment && brief("segments", row.segment), row.actor && brief("actors", row.actor)].filter(Boolean).join(", ") || "all together";

const metricTitle = (metric) => {
  const definition = entry(data.metrics, metric)?.definition ?? "";
  const own = entry(data.names.metrics, metric);
  return own || (definition && definition.length <= 60 ? definition : metric.replace(/[_-]/g, " "));
};
