// What the page shows: the data block that the program wrote into it. Everything in it came from files, so it is only
// ever shown as text.

const data = JSON.parse(document.getElementById("data").textContent);

const arms = data.arms.map((arm) => arm.name);
const baseArm = arms[0];
const isEnsemble = data.kind !== "run";

/// The part of a section that is of one arm, or nothing.
const ofArm = (section, arm) => (section && Object.hasOwn(section.arms, arm) ? section.arms[arm] : undefined);
/// A member of a map of names; names come from YAML, so `constructor` may be one.
const entry = (map, name) => (map && Object.hasOwn(map, name) ? map[name] : undefined);
