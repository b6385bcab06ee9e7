// Who can reach what: the state of every path at every date, as the chart, the map and the list of loopholes see it.

const statuses = ["gap", "leak", "licensed", "closed", "not offered"];
const binding = ["leak", "licensed", "closed"];
const statusWords = {
  gap: "open: no rule in force binds it",
  leak: "bound by a rule, but not fully enforced",
  licensed: "bound, some have a licence",
  closed: "bound, and nobody gets through",
  "not offered": "the seller does not offer it",
};
const statusSigns = { gap: "○", leak: "◐", licensed: "◔", closed: "●", "not offered": "–" };

/// The steps of one arm's paths, ready to be asked.
function accessOf(arm) {
  const found = ofArm(data.access, arm);
  if (!found) return null;
  const times = data.access.dates.map(timeOf);
  const paths = new Map();
  for (const path of found) paths.set(`${path.channel} ${path.segment}`, path.steps);
  const stateAt = (channel, segment, time) => {
    const steps = paths.get(`${channel} ${segment}`);
    let state = null;
    for (const [index, available, counts, rule] of steps ?? []) {
      if (times[index] > time) break;
      state = { available, counts, rule };
    }
    if (!state) return null;
    const most = mostOf(state.counts);
    return { ...state, status: statuses[most], part: state.counts[most] / state.counts.reduce((a, b) => a + b, 0) };
  };
  const channels = inOrder("channels", new Set(found.map((path) => path.channel)));
  const segments = inOrder("segments", new Set(found.map((path) => path.segment)));
  return { times, channels, segments, stateAt, stepsOf: (channel, segment) => paths.get(`${channel} ${segment}`) ?? [] };
}

const mostOf = (counts) => counts.indexOf(Math.max(...counts));

/// The paths that no rule in force binds, to products that a rule in force keeps from the same segment on another path,
/// with the words by which each such rule misses: [{ channel, segments: [{ segment, rules: [[rule, why]] }] }].
function loopholesAt(access, arm, time) {
  const product = (channel) => entry(data.names.channels, channel)?.product;
  const developer = (channel) => entry(data.names.channels, channel)?.developer;
  const found = [];
  for (const channel of access.channels) {
    const open = [];
    for (const segment of access.segments) {
      if (access.stateAt(channel, segment, time)?.status !== "gap") continue;
      const rules = new Set();
      for (const other of access.channels) {
        const state = other === channel ? null : access.stateAt(other, segment, time);
        const isKin = product(other) !== undefined && (product(other) === product(channel) || developer(other) === developer(channel));
        if (state && isKin && binding.includes(state.status) && state.rule) rules.add(state.rule);
      }
      if (rules.size > 0)
        open.push({ segment, rules: [...rules].map((rule) => [rule, entry(entry(entry(entry(data.misses, arm), rule), channel), segment) ?? ""]) });
    }
    if (open.length > 0) found.push({ channel, segments: open });
  }
  return found;
}
