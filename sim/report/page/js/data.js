// What the page shows: the data block that the program wrote into it. Everything in it came from files, so it is only
// ever shown as text.

const data = JSON.parse(document.getElementById("data").textContent);

const arms = data.arms.map((arm) => arm.name);
const isEnsemble = data.kind !== "run";

/// The part of a section that is of one arm, or nothing.
const ofArm = (section, arm) => (section && Object.hasOwn(section.arms, arm) ? section.arms[arm] : undefined);
/// The scenarios that a section tells of, the base first.
const armsIn = (section) => arms.filter((arm) => Object.hasOwn(section.arms, arm));
/// A member of a map of names; names come from YAML, so `constructor` may be one.
const entry = (map, name) => (map && Object.hasOwn(map, name) ? map[name] : undefined);
