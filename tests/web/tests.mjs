import { runAll } from "./harness.mjs";
import "./sections_test.mjs";
import "./use_test.mjs";
import "./hostile_test.mjs";
import "./layout_test.mjs";
import "./limits_test.mjs";

await runAll(process.argv.slice(3));
