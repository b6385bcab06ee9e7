#!/usr/bin/python3
"""Measures the simulator and others in turns, and prints the medians and how many times as long the others take.

Usage: compare.py FOLDER [ROUNDS]     FOLDER: build/PRESET/tests/bench, with everything else built too

Others are those installed: SimPy (Debian: python3-simpy3; the whole model also python3-numpy python3-yaml), ns-3
(libns3-dev) and SystemC (libsystemc-dev). Processor time, nanoseconds; one thread each.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
BASELINE = HERE.parents[2] / "scenarios/openai-china/baseline.yaml"
SIZES = (10, 1_000, 100_000, 1_000_000)
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def output(*command) -> list[str]:
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=ENVIRONMENT).stdout.split()


def ours(executable: pathlib.Path, benchmark: str) -> float:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        output(executable, f"--benchmark_filter=^{benchmark}$", "--benchmark_min_time=0.2",
               f"--benchmark_out={report.name}", "--benchmark_out_format=json")
        result = json.load(report)["benchmarks"][0]
        return result["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[result["time_unit"]]


def has(*modules: str) -> bool:
    return subprocess.run([sys.executable, "-c", "import " + ", ".join(modules)], stderr=subprocess.DEVNULL,
                          check=False).returncode == 0


def table(rows, rounds: int) -> None:
    """Each row: what it is, and a function for each who runs it; ours is the first."""
    names = list(dict.fromkeys(name for _, runs in rows for name in runs))
    print(f"\n{'ns (times ours)':24}" + "".join(f"{name:>21}" for name in names))
    for what, runs in rows:
        times = {name: [] for name in runs}
        for _ in range(rounds):
            for name, run in runs.items():
                times[name].append(run())
        medians = {name: statistics.median(of) for name, of in times.items()}
        first = next(iter(medians.values()))
        cells = (f"{medians[name]:13,.0f} ({medians[name] / first:.3g})" if name in medians else "-" for name in names)
        print(f"{what:24}" + "".join(f"{cell:>21}" for cell in cells), flush=True)


def kernels(folder: pathlib.Path):
    others = {}
    if has("simpy"):
        others["SimPy"] = (sys.executable, HERE / "simpy_models.py")
    for name, title in (("ns3", "ns-3"), ("systemc", "SystemC")):
        if (folder / f"peer_{name}").exists():
            others[title] = (folder / f"peer_{name}",)

    def run(program, *model):
        return lambda: float(output(*program, *model)[0])

    for size in SIZES:
        runs = {"loophole": lambda size=size: ours(folder / "bench_hold", f"simulator/{size}")}
        # A million processes take SystemC minutes to set up.
        runs |= {name: run(program, "hold", str(size)) for name, program in others.items()
                 if name != "SystemC" or size < 1_000_000}
        yield f"HOLD, {size:,} pending", runs
    runs = {"loophole": lambda: ours(folder / "bench_mm1", "simulator")}
    yield "M/M/1, a customer", runs | {name: run(program, "mm1") for name, program in others.items()}


def whole_model(run: str) -> float:
    difference, seconds = map(float, output(sys.executable, HERE / "simpy_baseline.py", run))
    if not difference <= 1e-6:
        sys.exit(f"the model in SimPy is not the same: its outcomes differ by {difference}")
    return seconds * 1e9


def main() -> None:
    folder = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    table(list(kernels(folder)), rounds)
    if not has("simpy", "numpy", "yaml"):
        return
    with tempfile.TemporaryDirectory() as run:
        output(folder.parents[1] / "sim/cli/loophole", "run", BASELINE, "--seed", "1", "--no-fsync", "--out", f"{run}/1")
        table([("a replication, baseline",
                {"loophole": lambda: ours(folder / "bench_replications", "outcomes_only"),
                 "SimPy": lambda: whole_model(f"{run}/1")})], rounds)


if __name__ == "__main__":
    main()
