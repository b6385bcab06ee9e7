#!/usr/bin/python3
"""Measures the kernel and SimPy in turns, and prints the medians and their ratios.

Usage: compare.py FOLDER [ROUNDS]     FOLDER holds bench_hold and bench_mm1; Debian: python3-simpy3
"""
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

MODELS = pathlib.Path(__file__).with_name("simpy_models.py")
SIZES = (10, 1_000, 100_000, 1_000_000)


def kernel(folder: pathlib.Path, executable: str, benchmark: str) -> float:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([folder / executable, f"--benchmark_filter=^{benchmark}$", "--benchmark_min_time=0.2",
                        f"--benchmark_out={report.name}", "--benchmark_out_format=json"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return json.load(report)["benchmarks"][0]["cpu_time"]


def simpy(*model: str) -> float:
    return float(subprocess.run([sys.executable, MODELS, *model], check=True, text=True, stdout=subprocess.PIPE).stdout)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rows = [(f"hold, {size:,} pending", ("bench_hold", f"simulator/{size}"), ("hold", str(size))) for size in SIZES]
    rows.append(("M/M/1, a customer", ("bench_mm1", "simulator"), ("mm1",)))
    print(f"{'':28}{'loophole ns':>12}{'SimPy ns':>12}{'ratio':>8}")
    for name, ours, theirs in rows:
        pairs = [(kernel(folder, *ours), simpy(*theirs)) for _ in range(rounds)]
        mine, peer = (statistics.median(times) for times in zip(*pairs))
        print(f"{name:28}{mine:12.1f}{peer:12.1f}{peer / mine:8.1f}", flush=True)


if __name__ == "__main__":
    main()
