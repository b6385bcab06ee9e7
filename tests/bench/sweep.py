#!/usr/bin/env python3
"""Sweeps from the shell, as users run them: time, processor time and memory of 10^5 and of 10^6 runs to merged tables.

usage: tests/bench/sweep.py PROGRAM [RUNS...]

The study is the baseline and four what-ifs of the first case at Sobol points of all uncertainties, 20 replications each,
outcomes only. Prints a line a sweep and the ratios of the larger to the smaller one: time grows with the number of runs,
memory does not.
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

SCENARIOS = ["baseline", "no-azure", "notice-90", "deepseek-earlier", "enforce-enacted"]
REPLICATIONS = 20


def write_study(path, points):
    case = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "openai-china"
    path.write_text(
        "schema: 1\ntitle: A large sweep\nscenarios:\n"
        + "".join(f"  - {os.path.relpath(case / name, path.parent)}.yaml\n" for name in SCENARIOS)
        + f"design: {{ method: sobol, points: {points}, factors: uncertainties }}\nreplications: {REPLICATIONS}\n"
    )


def run(command):
    """Seconds, processor seconds and peak memory in MB of a command that must succeed."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {child.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(program, sizes):
    rows = []
    print(f"{'runs':>10} {'seconds':>9} {'processor':>10} {'µs a run':>9} {'MB at most':>11} {'merge alone':>12} {'MB':>6} {'on disk':>9}")
    for runs in sizes:
        points = runs // (len(SCENARIOS) * REPLICATIONS)
        with tempfile.TemporaryDirectory(dir=".") as folder:
            study = pathlib.Path(folder) / "large.yaml"
            write_study(study, points)
            out = str(pathlib.Path(folder) / "out")
            seconds, processor, memory = run([program, "sweep", str(study), "--out", out])
            merging, _, merge_memory = run([program, "merge", out])
            disk = sum(file.stat().st_size for file in pathlib.Path(out).rglob("*") if file.is_file())
        done = points * len(SCENARIOS) * REPLICATIONS
        rows.append((done, seconds, memory))
        print(
            f"{done:>10} {seconds:>9.1f} {processor:>10.1f} {processor / done * 1e6:>9.0f} {memory:>11.0f}"
            f" {merging:>10.1f} s {merge_memory:>6.0f} {disk / 1e6:>6.0f} MB",
            flush=True,
        )
    for small, large in zip(rows, rows[1:]):
        print(
            f"{large[0] / small[0]:.0f} times the runs: {large[1] / small[1]:.1f} times the time,"
            f" {large[2] / small[2]:.2f} times the memory"
        )


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [100_000, 1_000_000])
