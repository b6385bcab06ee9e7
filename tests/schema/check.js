// Judges files by the program's JSON Schemas with an independent validator, ajv, and compares with what the reader says.
//
//   NODE_PATH=/usr/share/nodejs node tests/schema/check.js PROGRAM
//
// Each check prints a line; the last line is "N passed, M failed".
"use strict";
const Ajv = require("ajv");
const yaml = require("js-yaml");
const { execFileSync, spawnSync } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");

const program = path.resolve(process.argv[2]);
const root = path.resolve(__dirname, "../..");
process.chdir(root);

let passed = 0;
let failed = 0;
function check(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    console.log(`passed  ${name}`);
    return;
  }
  failed += 1;
  console.log(`FAILED  ${name}`);
  for (const problem of problems) console.log(`          ${String(problem).slice(0, 200)}`);
}

// --- Files as an editor sees them, and merged as the program does it ---------------------------------------------------

// YAML 1.2, in which 2024-07-09 and yes are texts, and << merges: as editors read it.
const dialect = yaml.CORE_SCHEMA.extend({ implicit: [yaml.types.merge] });
const load = (file) => yaml.load(fs.readFileSync(file, "utf8"), { schema: dialect });
const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function mergeOnto(base, over) {
  if (!isMap(base) || !isMap(over)) return over;
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = key in base ? mergeOnto(base[key], value) : value;
  return merged;
}

function removeFrom(tree, steps) {
  if (!isMap(tree) && !Array.isArray(tree)) return;
  if (steps.length > 1) removeFrom(tree[steps[0]], steps.slice(1));
  else if (Array.isArray(tree)) tree.splice(Number(steps[0]), 1);
  else delete tree[steps[0]];
}

// Without its `extends`; throws when it leads nowhere.
function merged(file, depth = 0) {
  if (depth > 16) throw new Error("a circle");
  const { extends: base, remove, ...own } = load(file);
  if (base === undefined) return remove === undefined ? own : { remove, ...own };
  const result = structuredClone(merged(path.join(path.dirname(file), base), depth + 1));
  for (const each of remove || []) removeFrom(result, String(each).split("."));
  return mergeOnto(result, own);
}

// --- The schemas ---------------------------------------------------------------------------------------------------------

const kinds = ["scenario", "study", "observations"];
const schemas = Object.fromEntries(kinds.map((kind) => [kind, JSON.parse(execFileSync(program, ["schema", kind]))]));
const seen = new Set(); // keys that some file has used
const keys = new Set(); // keys that there are
const base = (id) => id.replace(/-of-[a-z_]+/, "").replace(/-part$/, "");
const validators = {};
for (const kind of kinds) {
  const schema = structuredClone(schemas[kind]);
  for (const [id, definition] of Object.entries(schema.definitions))
    for (const [key, property] of Object.entries(definition.properties || {}))
      if (!property.$ref) {
        property["x-key"] = `${base(id)}.${key}`;
        keys.add(property["x-key"]);
      }
  const ajv = new Ajv({ allErrors: true, extendRefs: "fail" });
  ajv.addKeyword("x-key", { validate: (key) => Boolean(seen.add(key)) });
  validators[kind] = ajv.compile(schema);
}

function complaints(kind, value) {
  const validate = validators[kind];
  return validate(value) ? [] : validate.errors.map((error) => `${error.dataPath} ${error.message}`);
}

const yamlIn = (folder) =>
  fs.readdirSync(folder).filter((name) => name.endsWith(".yaml")).sort().map((name) => path.join(folder, name));

function kindOf(file) {
  const text = fs.readFileSync(file, "utf8");
  if (/^observations:/m.test(text)) return "observations";
  return /^(scenarios|design):/m.test(text) ? "study" : "scenario";
}

// --- What must pass ------------------------------------------------------------------------------------------------------

const cases = fs.readdirSync("scenarios").filter((name) => name !== "schema").map((name) => path.join("scenarios", name));
const shipped = cases.flatMap((folder) => [
  ...yamlIn(folder),
  ...(fs.existsSync(path.join(folder, "studies")) ? yamlIn(path.join(folder, "studies")) : []),
]);
const maximal = yamlIn("tests/schema/every-key");
const starter = fs.mkdtempSync(path.join(os.tmpdir(), "loophole-schema-"));
let started = [];
if (spawnSync(program, ["new", path.join(starter, "case")]).status === 0) started = yamlIn(path.join(starter, "case"));

for (const file of [...shipped, ...maximal, "tests/wrong/valid.yaml", "tests/golden/record/cut-off.yaml", ...started]) {
  const kind = kindOf(file);
  check(`valid as ${kind}, as written and merged: ${path.relative(root, file)}`, [
    ...complaints(kind, load(file)),
    ...complaints(kind, merged(file)).map((problem) => `merged: ${problem}`),
  ]);
}

check(
  "shipped files name their schema in the first line",
  [...shipped, ...started].filter((file) => {
    const line = fs.readFileSync(file, "utf8").split("\n")[0];
    const named = line.match(/^# yaml-language-server: \$schema=(\S+)$/);
    if (!named) return true;
    const target = path.join(path.dirname(file), named[1]);
    return path.basename(target) !== `${kindOf(file)}.json` || !fs.existsSync(target);
  }),
);

check("every key of the schemas is used in a file of tests/schema/every-key or a shipped one", [
  ...[...keys].filter((key) => !seen.has(key)),
]);

const refused = [];
for (const file of maximal.filter((each) => kindOf(each) !== "observations"))
  if (spawnSync(program, ["validate", file]).status !== 0) refused.push(file);
const scored = spawnSync(program, ["run", "tests/schema/every-key/scenario.yaml", "--out", path.join(starter, "out"),
  "--score", "tests/schema/every-key/observations.yaml", "--as-of", "2025-05-01"]);
if (scored.status !== 0) refused.push(`observations.yaml: ${scored.stderr}`);
check("the reader takes the files of tests/schema/every-key", refused);
fs.rmSync(starter, { recursive: true });

// --- Examples and descriptions ---------------------------------------------------------------------------------------------

for (const kind of kinds) {
  const ajv = new Ajv({ allErrors: true });
  ajv.addSchema(schemas[kind], "schema");
  const problems = [];
  for (const [id, definition] of Object.entries(schemas[kind].definitions))
    for (const [key, property] of Object.entries(definition.properties || {}))
      (property.examples || []).forEach((example) => {
        if (JSON.stringify(example).includes("…")) return; // something to fill in
        const place = `${id}/properties/${key}`.replace(/~/g, "~0");
        const ok = ajv.validate({ $ref: `schema#/definitions/${place}` }, example);
        if (!ok) problems.push(`${id}.${key}: ${JSON.stringify(example)}: ${ajv.errorsText()}`);
      });
  check(`every example fits its own schema: ${kind}`, problems);
}

// --- What must fail --------------------------------------------------------------------------------------------------------

const known = new Set(
  fs.readFileSync("tests/schema/only-the-reader.txt", "utf8").split("\n").filter((line) => line && !line.startsWith("#")),
);
const wrong = {
  scenario: yamlIn("tests/wrong").filter((file) => !file.endsWith("/valid.yaml")),
  study: yamlIn("tests/wrong/studies"),
  observations: yamlIn("tests/wrong/observations"),
};
function passes(kind, file) {
  let value;
  try {
    value = load(file);
  } catch (error) {
    return false; // no YAML
  }
  if (complaints(kind, value).length > 0) return false;
  try {
    return complaints(kind, merged(file)).length === 0;
  } catch (error) {
    return true; // it extends what is not there, which a schema cannot see
  }
}
for (const [kind, files] of Object.entries(wrong)) {
  const through = files.filter((file) => passes(kind, file)).map((file) => path.relative("tests/wrong", file));
  const names = files.map((file) => path.relative("tests/wrong", file));
  check(`wrong files are refused, but for what only the reader can know: ${kind}`, through.filter((f) => !known.has(f)));
  check(`what only the reader can know passes the schema: ${kind}`,
    [...known].filter((file) => names.includes(file) && !through.includes(file)));
}
check("only-the-reader.txt names files that are there",
  [...known].filter((file) => !fs.existsSync(path.join("tests/wrong", file))));

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
