#!/usr/bin/python3
"""Analyses of large tables from the shell: time and memory, and the same by Python tools where they are installed.

usage: tests/bench/analysis.py PROGRAM [SMALLER]

Sobol's indices from 10^6 rows of 12 inputs (a Saltelli design of first order, 100 resamples), and PRIM on 10^5 rows of 20
inputs without and with 100 resamples. The tables are written first, which is not timed. With SMALLER the tables are
that many times smaller. OpenTURNS (Debian: python3-openturns) computes the same indices from the same table; SALib and
the EMA Workbench are measured if this Python finds them.
"""
import os
import pathlib
import sys
import tempfile
import time

from sweep import run

FACTORS, PRIM_INPUTS, RESAMPLES = 12, 20, 100


def g_function(x):
    """Sobol's g-function with a_i = i."""
    import numpy

    a = numpy.arange(x.shape[1])
    return numpy.prod((numpy.abs(4 * x - 2) + a) / (1 + a), axis=1)


def write(path, names, columns):
    import numpy

    table = numpy.column_stack(columns)
    formats = ["%d"] + ["%.17g"] * (len(names) - 1)
    numpy.savetxt(path, table, delimiter=",", header=",".join(names), comments="", fmt=formats)


def write_saltelli(folder, base):
    """A, A with each column of B, B, point by point: the order of our design."""
    import numpy

    random = numpy.random.default_rng(1)
    a, b = random.random((base, FACTORS)), random.random((base, FACTORS))
    rows = numpy.repeat(a, FACTORS + 2, axis=0).reshape(base, FACTORS + 2, FACTORS)
    for i in range(FACTORS):
        rows[:, 1 + i, i] = b[:, i]
    rows[:, FACTORS + 1] = b
    rows = rows.reshape(-1, FACTORS)
    ids = numpy.arange(len(rows))
    write(folder / "x.csv", ["design_id"] + [f"x{i}" for i in range(FACTORS)], [ids, rows])
    write(folder / "y.csv", ["design_id", "y"], [ids, g_function(rows)])


def write_box(folder, count):
    """Cases of interest in a box of three inputs of 20, and noise."""
    import numpy

    random = numpy.random.default_rng(2)
    x = random.random((count, PRIM_INPUTS))
    inside = (x[:, 0] > 0.6) & (x[:, 1] > 0.2) & (x[:, 1] < 0.7) & (x[:, 2] < 0.5)
    y = numpy.where(inside, 1.0, 0.0) + 0.2 * (random.random(len(x)) - 0.5)
    ids = numpy.arange(len(x))
    write(folder / "x.csv", ["design_id"] + [f"x{i}" for i in range(PRIM_INPUTS)], [ids, x])
    write(folder / "y.csv", ["design_id", "y"], [ids, y])


def show(what, rows, seconds, processor, memory):
    print(f"{what:<46} {rows:>9} {seconds:>8.2f} {processor:>9.2f} {memory:>7.0f}", flush=True)


def in_a_child(function):
    """Seconds, processor seconds and peak memory of a function in a process of its own; none where a module lacks.

    This process stays small: what it needs in memory would be counted as its children's.
    """
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            function()
            os._exit(0)
        except ImportError:
            os._exit(3)
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 3:
        return None
    if code != 0:
        sys.exit(f"a peer failed: {code}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def openturns(folder, base):
    import numpy
    import openturns

    inputs = numpy.loadtxt(folder / "x.csv", delimiter=",", skiprows=1)[:, 1:].reshape(base, FACTORS + 2, FACTORS)
    outputs = numpy.loadtxt(folder / "y.csv", delimiter=",", skiprows=1)[:, 1].reshape(base, FACTORS + 2)
    # Its order: A, B, and then the mixed matrices one by one.
    order = [0, FACTORS + 1] + list(range(1, FACTORS + 1))
    design = openturns.Sample(numpy.concatenate([inputs[:, i] for i in order]))
    values = openturns.Sample(numpy.concatenate([outputs[:, i] for i in order]).reshape(-1, 1))
    indices = openturns.SaltelliSensitivityAlgorithm(design, values, base)
    indices.setUseAsymptoticDistribution(False)
    indices.setBootstrapSize(RESAMPLES)
    indices.getFirstOrderIndicesInterval()
    indices.getTotalOrderIndicesInterval()


def salib(folder, base):
    import numpy
    from SALib.analyze import sobol

    outputs = numpy.loadtxt(folder / "y.csv", delimiter=",", skiprows=1)[:, 1]
    problem = {"num_vars": FACTORS, "names": [f"x{i}" for i in range(FACTORS)], "bounds": [[0, 1]] * FACTORS}
    sobol.analyze(problem, outputs, calc_second_order=False, num_resamples=RESAMPLES)


def ema(folder):
    import pandas
    from ema_workbench.analysis import prim

    x = pandas.read_csv(folder / "x.csv").iloc[:, 1:]
    y = pandas.read_csv(folder / "y.csv").iloc[:, 1]
    prim.Prim(x, (y > 0.9).to_numpy(), threshold=0.8).find_box()


def main(program, smaller):
    print(f"{'':<46} {'rows':>9} {'seconds':>8} {'processor':>9} {'MB':>7}")
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = pathlib.Path(name)
        tables = ["--inputs", str(folder / "x.csv"), "--outcomes", str(folder / "y.csv")]

        base = 1_000_000 // (FACTORS + 2) // smaller + 1
        count = base * (FACTORS + 2)
        in_a_child(lambda: write_saltelli(folder, base))
        analyze = [program, "analyze", "sobol", *tables, "--order", "first", "--resamples", str(RESAMPLES)]
        show("Sobol's indices, 12 inputs", count, *run(analyze))
        for peer, function in (("OpenTURNS", openturns), ("SALib", salib)):
            measured = in_a_child(lambda: function(folder, base))
            if measured:
                show(f"  the same by {peer}", count, *measured)
            else:
                print(f"  {peer} is not installed")

        count = 100_000 // smaller
        in_a_child(lambda: write_box(folder, count))
        for resamples in (0, RESAMPLES):
            analyze = [program, "analyze", "prim", *tables, "--above", "0.9", "--resamples", str(resamples)]
            show(f"PRIM, 20 inputs, {resamples} resamples", count, *run(analyze))
        measured = in_a_child(lambda: ema(folder))
        if measured:
            show("  the first box by the EMA Workbench", count, *measured)
        else:
            print("  the EMA Workbench is not installed")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 1)
