"""The model of scenarios/openai-china/baseline.yaml as one writes it with SimPy and numpy, to compare speeds honestly.

Usage: simpy_baseline.py FOLDER [SECONDS]     FOLDER: of `loophole run baseline.yaml --out FOLDER`

It prints the largest relative difference of an outcome from the folder's outcomes.csv, then the seconds of one
replication. Everything that moves firms and money is here: reviews, switching costs, rank classes of leaks, notice,
stranding, offers with allowances, demand, contracts, outcomes. The numbers come from the YAML. Left out, all to SimPy's
advantage: drawing what is random (its dates come from the folder's events.csv), working out from the rules' predicates
which channel they bind (written down below), the log of events with their causes, and the check that money is
conserved. Shares move by uniformization with numpy, all rank classes of one choice set at once, which is several times
as fast here as scipy's expm.
"""
import csv
import datetime
import math
import pathlib
import re
import sys
import time

import numpy as np
import simpy
import yaml

BASELINE = pathlib.Path(__file__).parents[3] / "scenarios/openai-china/baseline.yaml"
MONTH = 30.436875  # days
TO_USD = {"USD": 1.0, "CNY": 0.138}


def number(text) -> float:
    """The number in '58 % @F36' or '5 CNY/Mtok', in parts or in dollars."""
    words = str(text).split()
    value = float(words[0])
    if len(words) > 1 and words[1].startswith("%"):
        value /= 100
    if len(words) > 1 and words[1][:3] in TO_USD:
        value *= TO_USD[words[1][:3]]
    return value


def days(date) -> float:
    """Since the start, of a date or a time of events.csv."""
    at = datetime.datetime.fromisoformat(str(date).replace("Z", "+00:00"))
    at = at.replace(tzinfo=at.tzinfo or datetime.timezone.utc)
    return (at - datetime.datetime(2024, 6, 1, tzinfo=datetime.timezone.utc)).total_seconds() / 86400


def per_day(a_month: float) -> float:
    return math.log1p(a_month) / MONTH


class Case:
    """What does not change between replications: the scenario's numbers, and the constants calibrated from them."""

    def __init__(self, path: pathlib.Path):
        self.data = data = yaml.safe_load(path.read_text())
        nominal = {name: number(entry["nominal"]) for name, entry in data["uncertainties"].items()}
        self.growth = [(days(at), per_day(nominal["later_growth"] if "$" in str(value) else number(value)))
                       for at, entry in data["x-same-for-all"]["growth"].items()
                       for value in [entry["value"] if isinstance(entry, dict) else entry]]
        self.search, self.elasticity = nominal["search"], nominal["elasticity"]
        self.price_taste, self.quality_taste = nominal["price_sensitivity"], nominal["quality_taste"]
        self.price, self.quality, self.seller, self.developer, self.is_vpn = {}, {}, {}, {}, {}
        for name, channel in data["channels"].items():
            channel = {**data["channels"].get(channel.get("like"), {}), **channel}
            price = channel["price"]
            self.price[name] = (3 * number(price["in"]) + number(price["out"])) / 4 if isinstance(price, dict) \
                else number(price)
            product = data["products"][channel["product"]]
            self.quality[name], self.developer[name] = number(product["quality"]), product["developer"]
            self.seller[name], self.is_vpn[name] = channel["path"][-1], "vpn" in channel.get("tags", [])
        self.domestic = {c for c, d in self.developer.items() if data["actors"][d]["jurisdiction"] == "CN"}
        effect = data["events"]["cut-off"]["effects"][0]["set"]
        self.leaks = {}  # by segment: the dates and levels of what gets through by VPN
        for name in data["segments"]:
            entry = next(e for e in effect["enforcement"] if e.get("where", {}).get("segment") in (name, None))
            self.leaks[name] = [1 - number(entry["is"])] + [1 - number(v) for v in entry["then"].values()]
            self.leak_dates = [days(at) for at in entry["then"]]
        self.segments = {name: Calibrated(self, entry) for name, entry in data["segments"].items()}


class Calibrated:
    """A segment: its alternatives, and the constants at which its initial shares are stationary."""

    def __init__(self, case: Case, entry: dict):
        given = {c: number(v) for c, v in entry["shares"].items() if c not in ("of", "outside")}
        self.channels = [c for c in case.price if c in given or c in entry["constants"]]
        self.firms = number(entry["firms"])
        self.compliance = number(entry["tastes"]["compliance"])
        self.price = np.array([case.price[c] for c in self.channels])
        self.reference, self.offset = 7.5, 0.5
        self.unit_use = self.use(case, self.price)
        shares = np.array([given.get(c, 0.0) for c in self.channels]) / (self.unit_use * self.price)
        self.shares = x = shares / shares.sum()
        spend = re.match(r"[\d.]+", str(entry["initial_spend"]))
        self.base_use = float(spend[0]) * 1e6 / MONTH / self.firms / (x * self.unit_use * self.price).sum()
        # All weights of entry e sum to 1; x_i y = e_i (s_i + 1 - e_i) with s = e exp(kappa) (docs/model.md).
        churn = number(entry["switching"]["voluntary"]) * 12

        def entries(kappa):
            low, high = 0.0, 1e3
            for _ in range(200):
                y = (low + high) / 2
                e = 2 * x * y / (1 + np.sqrt(1 + 4 * math.expm1(kappa) * x * y))
                low, high = (y, high) if e.sum() < 1 else (low, y)
            return e, (e * (1 - e)).sum() / y

        low, high = 0.0, 20.0
        for _ in range(100):
            self.kappa = (low + high) / 2
            e, moved = entries(self.kappa)
            low, high = (self.kappa, high) if moved > churn else (low, self.kappa)
        with np.errstate(divide="ignore"):
            utility = np.log(e) + self.kappa
        quality = np.array([case.quality[c] for c in self.channels])
        self.plain = case.quality_taste * quality  # without the price
        is_leak = np.array([case.seller[c] == "openai" for c in self.channels])
        constant = utility - self.plain - case.price_taste * np.log(self.price + self.offset) - self.compliance * is_leak
        for channel, like in entry["constants"].items():
            constant[self.channels.index(channel)] = constant[self.channels.index(like["like"])]
        self.plain = self.plain + constant

    def use(self, case: Case, price):
        return ((price + self.offset) / (self.reference + self.offset)) ** case.elasticity


def weights(rate: float, growth: float, time: float):
    """Of the powers of the uniformized matrix: for the state, for its integral, for that of state x e^{gt}."""
    mean = rate * time
    state = [math.exp(-mean)]
    while len(state) <= mean or state[-1] > 1e-17:
        state.append(state[-1] * mean / len(state))
    plain, grown = [0.0] * len(state), [0.0] * len(state)
    top, mu = math.exp(growth * time), rate - growth
    sum_plain = sum_grown = 0.0  # beyond the last power there is next to nothing
    for k in reversed(range(len(state))):
        sum_plain = plain[k] = sum_plain + state[k + 1] / rate if k + 1 < len(state) else state[k] * time / (k + 1)
        sum_grown = grown[k] = (mu * sum_grown + top * state[k + 1]) / rate if k + 1 < len(state) \
            else top * state[k] * time / (k + 1)
    return np.array([state, plain, grown])


class Segment:
    """A segment in one replication. States: users of each channel, users within its allowance, the stranded."""

    def __init__(self, world, fixed: Calibrated):
        self.world, self.fixed = world, fixed
        self.n = n = len(fixed.channels)
        self.at, self.demand, self.is_stale = 0.0, 1.0, True
        self.available = np.array([0.0 if c in ("claude-direct", "deepseek-r1") else 1.0 for c in fixed.channels])
        self.foreseen = np.ones(n)
        self.switching, self.free, self.has_offer = np.ones(n), np.zeros(n), np.zeros(n, bool)
        self.is_leak = np.array([world.case.seller[c] == "openai" for c in fixed.channels])
        self.spend, self.use, self.stranded_days = np.zeros(n), np.zeros(n), 0.0
        self.uppers = [1.0]
        self.x = np.zeros((1, 2 * n + 1))
        self.x[0, :n] = fixed.shares

    def prepare(self):
        """Rank classes, the stranded, and a matrix for each choice set."""
        n, fixed, case = self.n, self.fixed, self.world.case
        ended = ~self.has_offer
        self.x[:, :n][:, ended] += self.x[:, n:2 * n][:, ended]
        self.x[:, n:2 * n][:, ended] = 0
        foreseen = np.minimum(self.available, self.foreseen)
        for level in sorted({*self.available, *foreseen} - {0.0, 1.0, *self.uppers}):
            place = int(np.searchsorted(self.uppers, level))
            self.uppers.insert(place, level)
            self.x = np.insert(self.x, place, self.x[place], axis=0)
        upper = np.array(self.uppers)[:, None]
        self.width = np.diff([0.0, *self.uppers])
        is_closed, is_open = upper > self.available, upper <= foreseen
        closed_states = np.hstack([is_closed, is_closed, np.zeros((len(upper), 1), bool)])
        self.x[:, -1] += np.where(closed_states, self.x, 0).sum(axis=1)
        self.x[closed_states] = 0
        joined_price = fixed.price * (1 - self.free)
        risk = fixed.plain + fixed.compliance * self.is_leak
        self.prices = np.concatenate([fixed.price, joined_price])
        self.per_firm = fixed.base_use * fixed.use(case, self.prices)
        utility = np.concatenate([risk, risk]) + case.price_taste * np.log(self.prices + fixed.offset)
        stay, entry = np.exp(utility), np.exp(utility[n:] - fixed.kappa * self.switching)
        self.groups = []
        alike = {}  # the rank classes of each choice set
        for c in range(len(self.uppers)):
            alike.setdefault((is_closed[c].tobytes(), is_open[c].tobytes()), []).append(c)
        destination = np.where(self.has_offer, np.arange(n, 2 * n), np.arange(n))
        for members in alike.values():
            c = members[0]
            to = np.where(is_open[c], entry, 0)
            noticed = ~is_open[c] & ~is_closed[c]
            q = np.zeros((2 * n + 1, 2 * n + 1))
            for half in (0, n):
                rest = to.sum() - to
                own = np.where(is_open[c], stay[half:half + n] + rest, to.sum())
                rate = np.where(noticed, 1 / 14, 1 / (12 * MONTH))
                rows = np.where(is_closed[c], 0, rate / np.where(own > 0, own, 1))[:, None] * to[None, :]
                np.fill_diagonal(rows, 0)
                q[half:half + n, destination] = rows
            q[-1, destination] = to / to.sum() * 0.42 / case.search
            inhabited = self.x[members].any(axis=0)
            exits = q.sum(axis=1)
            rate = exits[inhabited].max()
            q /= rate
            q[np.diag_indices_from(q)] = 1 - exits / rate
            self.groups.append((members, rate, q))
        self.is_stale = False

    def advance(self, now: float):
        """Moves firms and money to now."""
        time = now - self.at
        if time <= 0:
            return
        if self.is_stale:
            self.prepare()
        growth = self.world.growth
        plain, grown = np.zeros(2 * self.n + 1), np.zeros(2 * self.n + 1)
        for members, rate, matrix in self.groups:
            pieces = max(1, math.ceil(rate * time / 16))
            for piece in range(pieces):
                step = time / pieces
                key = (rate, growth, step)
                if key not in self.world.weights:
                    self.world.weights[key] = weights(*key)
                w = self.world.weights[key]
                rows = np.empty((w.shape[1], len(members), matrix.shape[0]))
                rows[0] = self.x[members]
                for k in range(1, len(rows)):
                    np.matmul(rows[k - 1], matrix, out=rows[k])
                sums = (w @ rows.reshape(len(rows), -1)).reshape(3, len(members), -1)
                self.x[members] = sums[0]
                plain += self.width[members] @ sums[1]
                grown += self.width[members] @ sums[2] * math.exp(growth * step * piece)
        n = self.n
        used = self.demand * self.fixed.firms * grown[:-1] * self.per_firm
        paid = used * self.prices
        self.use += used[:n] + used[n:]
        self.spend += paid[:n] + paid[n:]
        self.stranded_days += plain[-1]
        self.demand *= math.exp(growth * time)
        self.at = now


class World:
    """One replication."""

    def __init__(self, case: Case, happened: dict):
        self.case, self.env, self.weights = case, simpy.Environment(), {}
        self.growth = case.growth[0][1]
        self.segments = {name: Segment(self, fixed) for name, fixed in case.segments.items()}
        self.receipts, self.rate, self.sold = 0.0, 0.2, 0.0
        self.views = {}
        self.licensing_is_near = False
        at = happened.__getitem__
        for process in (self.offer("ernie", at("baidu-offer"), 50), self.offer("qwen", at("alibaba-offer"), 22),
                        self.offer("glm", at("zhipu-offer"), 50), self.offer("hunyuan", at("tencent-offer"), 100, 36),
                        self.offer("azure-enterprise", at("wechat-campaign"), 0),
                        self.cut_off(at("announcement"), at("cut-off")),
                        self.accounts_end(days("2024-10-17"), at("individual-accounts-end")),
                        self.r1(at("deepseek-r1-released")), self.licensing(happened), self.grow(),
                        self.revenue_share(days("2026-04-27")), self.look()):
            self.env.process(process)

    def change(self, *channels):
        """The segments that consider one of these, brought up to now, and to be prepared anew."""
        for name, segment in self.segments.items():
            indices = [segment.fixed.channels.index(c) for c in channels if c in segment.fixed.channels]
            if not indices:
                continue
            segment.advance(self.env.now)
            segment.is_stale = True
            for i in indices:
                yield name, segment, i

    def offer(self, channel, start, free, length=90):
        yield self.env.timeout(start)
        for _, segment, i in self.change(channel):
            growth, fixed = self.growth, segment.fixed
            use = fixed.base_use * fixed.use(self.case, fixed.price[i]) * segment.demand * math.expm1(growth * length) / growth
            segment.switching[i] = 0.5
            segment.free[i], segment.has_offer[i] = min(1, free / use), free > 0
        yield self.env.timeout(length)
        for _, segment, i in self.change(channel):
            segment.switching[i], segment.free[i], segment.has_offer[i] = 1, 0, False

    def cut_off(self, announced, closes):
        yield self.env.timeout(announced)
        for name, segment, i in self.change("openai-direct", "openai-vpn"):
            segment.foreseen[i] = self.case.leaks[name][0] if "vpn" in segment.fixed.channels[i] else 0
        yield self.env.timeout(closes - announced)
        for name, segment, i in self.change("openai-direct", "openai-vpn"):
            segment.available[i] = segment.foreseen[i]
            segment.foreseen[i] = 1
            segment.is_leak[i] = segment.available[i] > 0
        for step, date in enumerate(self.case.leak_dates):
            yield self.env.timeout(date - self.env.now)
            for name, segment, i in self.change("openai-vpn"):
                segment.available[i] = self.case.leaks[name][step + 1]

    def accounts_end(self, announced, closes):
        yield self.env.timeout(announced)
        for _, segment, i in self.change("azure-individual"):
            segment.foreseen[i] = 0
        yield self.env.timeout(closes - announced)
        for _, segment, i in self.change("azure-individual"):
            segment.available[i] = 0

    def r1(self, released):
        yield self.env.timeout(released)
        for _, segment, i in self.change("deepseek-r1"):
            segment.available[i] = 1
        yield from self.offer("deepseek-r1", 0, 0)

    def licensing(self, happened):
        """The rule that a bill may bring: told when published, in force 120 days later unless rescinded before."""
        closed = [c for c, d in self.case.developer.items() if d in ("openai", "anthropic")]
        for bill in ("remote-access", "remote-access-118", "enforce"):
            published = happened.get(bill + ".rule-published")
            if published is None:
                continue
            yield self.env.timeout(published - self.env.now)
            for _, segment, i in self.change(*closed):
                segment.foreseen[i] = 0.1 * segment.available[i] if self.case.is_vpn[segment.fixed.channels[i]] else 0
            rescinded, in_force = (happened.get(f"{bill}.rule-{what}") for what in ("rescinded", "in-force"))
            if in_force is not None:
                sys.exit("this replication's rule comes into force: take another seed")
            if rescinded is not None:
                yield self.env.timeout(rescinded - self.env.now)
                for _, segment, i in self.change(*closed):
                    segment.foreseen[i] = 1

    def grow(self):
        for date, rate in self.case.growth[1:]:
            yield self.env.timeout(date - self.env.now)
            for segment in self.segments.values():
                segment.advance(self.env.now)
            self.growth = rate

    def revenue_share(self, ends):
        yield self.env.timeout(ends)
        self.settle()
        self.rate = 0.0

    def spend(self, chosen) -> float:
        return sum(segment.spend[i] for segment in self.segments.values() for i, c in enumerate(segment.fixed.channels)
                   if chosen(c))

    def settle(self):
        for segment in self.segments.values():
            segment.advance(self.env.now)
        sold = self.spend(lambda c: self.case.seller[c] == "microsoft")
        self.receipts += self.rate * (sold - self.sold)
        self.sold = sold

    def look(self):
        """What the outcomes need, at their dates."""
        for date in ("2024-06-25", "2024-07-09", "2025-01-01", "2028-01-01"):
            yield self.env.timeout(days(date) - self.env.now)
            self.settle()
            self.views[date] = {
                "openai-receipts": self.receipts,
                "openai-net": self.receipts + self.spend(lambda c: self.case.seller[c] == "openai"),
                "microsoft-sales": self.sold,
                "domestic": self.spend(lambda c: c in self.case.domestic),
                "all": self.spend(lambda c: True),
                "frontier-use": 1e6 * sum(s.use[i] for s in self.segments.values() for i, c in
                                          enumerate(s.fixed.channels)
                                          if c not in self.case.domestic and self.case.quality[c] > 1250),
                "stranded-start-ups": self.segments["start-ups"].stranded_days,
                "stranded-developers": self.segments["individual-developers"].stranded_days}

    def outcomes(self) -> dict:
        self.env.run()
        first, end = self.views["2024-07-09"], self.views["2028-01-01"]
        result = {name: end[name] - first[name] for name in ("openai-receipts", "openai-net", "microsoft-sales",
                                                             "frontier-use")}
        result["domestic-share"] = (end["domestic"] - first["domestic"]) / (end["all"] - first["all"])
        for name in ("stranded-start-ups", "stranded-developers"):
            result[name] = (self.views["2025-01-01"][name] - self.views["2024-06-25"][name]) / 190
        enterprise = self.segments["internet-giants"].fixed.channels.index("azure-enterprise")
        result["azure-open"] = self.segments["internet-giants"].available[enterprise]
        return result


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    with open(folder / "events.csv", newline="") as file:
        happened = {row["event"]: days(row["time"]) for row in csv.DictReader(file) if row["kind"] == "event"}
    with open(folder / "outcomes.csv", newline="") as file:
        wanted = next(csv.DictReader(file))
    case = Case(BASELINE)
    found = World(case, happened).outcomes()
    differences = {name: found[name] / float(wanted[name]) - 1 for name in found}
    if "-v" in sys.argv:
        print(found, differences, sep="\n", file=sys.stderr)
    print(max(abs(d) for d in differences.values()))
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        World(case, happened).outcomes()
        count += 1
    print((time.process_time() - start) / count)


if __name__ == "__main__":
    main()
