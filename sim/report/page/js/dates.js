// Dates are UTC, and written without the reader's locale: the same page everywhere.

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

const timeOf = (text) => Date.parse(text.length > 10 ? text : `${text}T00:00:00Z`);
const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/// "9 July 2024".
function longDate(text) {
  const date = new Date(timeOf(text));
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const timeElement = (text) => h("time", { datetime: text, title: text }, longDate(text));

/// The last index whose date is not after `time`; -1 before the first.
function indexAt(times, time) {
  let low = -1;
  let high = times.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return low;
}
