// How to make the same again: command, seed, program, and the hashes of everything that went in and came out.

function reproduce() {
  const made = data.provenance;
  if (!made) return null;
  const size = (bytes) => (bytes === undefined ? "" : `${bytes} bytes`);
  const files = (title, rows) => rows.length > 0 && h("details", { class: "numbers" }, h("summary", {}, title),
    table(title, ["File", "Size", "SHA-256"], rows.map((row) => [row.file, size(row.bytes), h("code", { class: "hash" }, row.sha256)])));
  return section("How to reproduce it", "The same command with the same program gives the same bytes.",
    h("pre", { tabindex: "0", "aria-label": "Command" }, h("code", {}, made.command)),
    h("dl", {}, [["Program", made.program], ["Seed", made.seed], ["Random numbers", made.random_numbers], ["Uncertainties", made.uncertainties], ["Page made by", data.program]]
      .filter(([, value]) => value).map(([term, value]) => [h("dt", {}, term), h("dd", {}, value)])),
    files("What went in", made.inputs), files("What came out", made.outputs), source("manifest.json"));
}
