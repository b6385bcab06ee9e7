import { close } from "./browser.mjs";
import { runAll } from "./harness.mjs";
import "./sections_test.mjs";
import "./use_test.mjs";
import "./hostile_test.mjs";
import "./layout_test.mjs";
import "./limits_test.mjs";

try {
  await runAll(process.argv.slice(3));
} finally {
  await close();
}
