"""The benchmarks' models as one writes them in SimPy; prints the nanoseconds of one event or customer.

Usage: simpy_models.py hold N | mm1
"""
import random
import sys
import time

import simpy


def hold(jobs: int) -> float:
    """HOLD: each of the jobs waits an exponential time, again and again."""
    draw = random.Random(1).expovariate
    env = simpy.Environment()

    def job():
        while True:
            yield env.timeout(draw(1.0))

    for _ in range(jobs):
        env.process(job())
    for _ in range(2 * jobs):
        env.step()
    events = max(100_000, jobs)
    start = time.process_time_ns()
    for _ in range(events):
        env.step()
    return (time.process_time_ns() - start) / events


def mm1() -> float:
    """One server at 90 % load; a process per customer, a resource for the server."""
    draw = random.Random(1).expovariate
    env = simpy.Environment()
    server = simpy.Resource(env)
    served = 0

    def customer():
        nonlocal served
        with server.request() as request:
            yield request
            yield env.timeout(draw(1.0))
        served += 1

    def arrivals():
        while True:
            yield env.timeout(draw(0.9))
            env.process(customer())

    env.process(arrivals())
    start = time.process_time_ns()
    env.run(until=50_000)
    return (time.process_time_ns() - start) / served


if __name__ == "__main__":
    print(hold(int(sys.argv[2])) if sys.argv[1] == "hold" else mm1())
