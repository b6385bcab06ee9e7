// Tables that somebody put together by hand, without a manifest; every name in them tries to be markup.
import { mkdirSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const write = (name, rows) => writeFileSync(`${folder}/${name}`, rows.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",")).join("\n") + "\n");
const arm = "</script><script>window.hacked=40</script>";
const segment = "<img src=x onerror=window.hacked=41>";
const channel = "<svg/onload=window.hacked=42>";
write("timeseries.csv", [["scenario", "design_id", "replication", "time", "segment", "channel", "actor", "metric", "unit", "value"],
  ...["2024-01-01", "2024-01-08", "2024-01-15"].flatMap((date, i) => [[arm, 0, 0, date, segment, channel, "", "share", "1", 0.25 + i / 10],
    [arm, 0, 0, date, segment, "__proto__", "", "share", "1", 0.75 - i / 10], [arm, 0, 0, date, "", "", channel, "<b>metric</b>", "<i>", 1e7 * i]])]);
write("availability.csv", [["scenario", "design_id", "replication", "time", "segment", "channel", "availability", "status", "rule", "cause_id"],
  [arm, 0, 0, "2024-01-01", segment, channel, 1, "gap", "", ""], [arm, 0, 0, "2024-01-09", segment, channel, 0, "closed", "<script>window.hacked=43</script>", 0]]);
write("events.csv", [["scenario", "design_id", "replication", "id", "time", "event", "kind", "cause_id", "detail"],
  [arm, 0, 0, 0, "2024-01-09", "<script>window.hacked=44</script>", "event", "", "<img src=x onerror=window.hacked=45>"]]);
write("flows.csv", [["scenario", "design_id", "replication", "period_start", "period_end", "payer", "payee", "contract", "channel", "segment", "amount", "unit"],
  [arm, 0, 0, "2024-01-01", "2024-01-08", segment, channel, "sale", channel, segment, 5, "<b>USD</b>"],
  [arm, 0, 0, "2024-01-01", "2024-01-08", channel, "constructor", "<u>", channel, segment, 2, "<b>USD</b>"],
  [arm, 0, 0, "2024-01-01", "2024-01-08", "constructor", channel, "<u>back", channel, segment, 1, "<b>USD</b>"]]);
write("values.csv", [["path", "value", "unit", "source", "confidence", "file", "line"], ["<b>p", "<i>1", "<u>", "javascript:window.hacked=46", "<script>window.hacked=47</script>", "<f>", "1"]]);
