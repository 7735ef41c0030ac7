"""Time of `required_agents`, one call for each load from 1 to 2,000 erlang, and of a peer.

Run `python bench/erlang.py`; with pyworkforce installed it prints the ratio as well.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.stats.erlang_a import erlang_a  # noqa: E402 - the checkout, not an installed copy
from cstrain.stats.staffing import required_agents  # noqa: E402

LOADS = range(1, 2001)
AHT_S, TARGET, TARGET_S, SHRINKAGE = 300, 0.8, 20, 0.3


def main() -> None:
    """Print the times, and the ratio to pyworkforce where it can be imported."""
    ours = _times(_ours, LOADS)
    _report("required_agents", ours)
    _report("required_agents, occupancy at most .85", _times(_with_occupancy, LOADS))
    _report("erlang_a, patience 180 s", _times(_with_patience, LOADS))
    try:
        from pyworkforce.queuing import ErlangC  # noqa: PLC0415 - the peer may be absent
    except ImportError:
        print("pyworkforce is not installed: no ratio")
        return
    peer = lambda load: _peer(ErlangC, load)  # noqa: E731 - one line says it
    some = LOADS[::100]
    theirs = _times(peer, some)
    _report("pyworkforce, every 100th load", theirs)
    ratios = [theirs[load] / ours[load] for load in some]
    print(f"  pyworkforce / ours: median {statistics.median(ratios):.1f}, max {max(ratios):.1f}")
    apart = [(load, peer(load), _ours(load)) for load in some if peer(load) != _ours(load)]
    print(f"  different answers (load, theirs, ours): {apart or 'none'}")


def _times(call: Callable[[int], object], loads: range) -> dict[int, float]:
    """Return the best of three times of each call, in ms."""
    found = {}
    for load in loads:
        best = float("inf")
        for _ in range(3):
            started = time.perf_counter()
            call(load)
            best = min(best, time.perf_counter() - started)
        found[load] = best * 1000
    return found


def _report(name: str, times: dict[int, float]) -> None:
    slowest = max(times, key=times.__getitem__)
    middle = statistics.median(times.values())
    print(f"{name}: median {middle:.3f} ms, slowest {times[slowest]:.3f} ms at {slowest} erlang")


def _ours(load: int) -> int:
    found = required_agents(
        load, aht_s=AHT_S, target=TARGET, target_s=TARGET_S, shrinkage=SHRINKAGE
    )
    return found.agents


def _with_occupancy(load: int) -> int:
    return required_agents(load, aht_s=AHT_S, max_occupancy=0.85, shrinkage=SHRINKAGE).agents


def _with_patience(load: int) -> object:
    return erlang_a(load, load + 5, aht_s=AHT_S, patience_s=180)


def _peer(erlang_c: Callable[..., object], load: int) -> int:
    # transactions in 30 minutes that make this load, all times in minutes
    queue = erlang_c(
        transactions=load * 1800 / AHT_S,
        aht=AHT_S / 60,
        asa=TARGET_S / 60,
        interval=30,
        shrinkage=SHRINKAGE,
    )
    return queue.required_positions(service_level=TARGET, max_occupancy=1.0)["raw_positions"]


if __name__ == "__main__":
    main()
