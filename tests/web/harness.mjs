// Tests by name, one after the other; the last line says how many passed.
import assert from "node:assert/strict";

const tests = [];
export const test = (name, run) => tests.push([name, run]);
export { assert };

export async function runAll(filters) {
  const chosen = tests.filter(([name]) => filters.every((filter) => name.includes(filter)));
  let failed = 0;
  for (const [name, run] of chosen) {
    try {
      await run();
      console.log(`ok      ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
    }
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
}
