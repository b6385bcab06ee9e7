// Names and what they are called.

const longest = 26;

/// What a scenario calls something; its name where it has no label.
function full(kind, name) {
  const known = entry(data.names[kind], name);
  return (typeof known === "string" ? known : known?.label) || name;
}

/// The names in the order in which the scenario has them.
function inOrder(kind, names) {
  const known = Object.keys(data.names[kind]);
  const place = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
  return [...names].sort((a, b) => place(a) - place(b));
}

/// For charts and headings of columns: the label if it is short, else the name.
function brief(kind, name) {
  if (name === "outside") return "no channel";
  const label = full(kind, name);
  return label.length <= longest ? label : name;
}

/// A name that shows its label when it differs.
function named(kind, name) {
  const text = brief(kind, name);
  const title = full(kind, name);
  return h("span", { title: title === text ? (text === name ? undefined : name) : title }, text);
}

const list = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const percentOf = (count, all) => `${digits((100 * count) / all, 2)} %`;

/// Text that fits a number of characters.
const cut = (text, most) => (text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`);

/// By whom a channel is sold, and what: "gpt-4o, sold by Microsoft, operated by 21Vianet, hosted in SG".
function route(channel) {
  const known = entry(data.names.channels, channel);
  if (!known) return "";
  const parts = [full("products", known.product), `sold by ${full("actors", known.seller)}`];
  if (known.developer !== known.seller) parts.push(`developed by ${full("actors", known.developer)}`);
  if (known.operated_by) parts.push(`operated by ${full("actors", known.operated_by)}`);
  if (known.hosted_in.length) parts.push(`hosted in ${known.hosted_in.join(", ")}`);
  return parts.join(", ");
}
