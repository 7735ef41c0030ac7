"""Case C, Tuohe Appliances: the numbers behind the rows, as the curriculum plants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plan:
    """Counts, shares, seconds; a share is a probability, an effect is added to one."""

    contacts: int = 18_000  # before repeats
    customers: int = 40_000
    s2: float = 0.40
    new_agents_s2: float = 0.60
    new_agents_s1: float = 0.08
    chat_x2: float = 0.62
    chat_others: float = 0.20
    fault_x2: float = 0.70
    fault_others: float = 0.35
    e7_of_x2_faults: float = 0.75
    resolved: float = 0.83
    resolved_e7: float = 0.36
    resolved_e7_article: float = 0.78
    resolved_s2_policy: float = -0.10
    transferred: float = 0.11
    transferred_e7: float = 0.42
    aht_s: float = 300.0
    aht_sigma: float = 0.45
    aht_e7: float = 1.25
    aht_s2_policy: float = 0.80
    repeat_unresolved: float = 0.85
    repeat_resolved: float = 0.02
    follow_up_solved: float = 0.75
    follow_up_repeat: float = 0.60
    follow_ups: int = 3
    mark_resolved: float = 0.98
    mark_unresolved: float = 0.50
    mark_unresolved_s2_policy: float = 0.75
    csat_answered: float = 0.40
    csat_solved: float = 4.4
    csat_unsolved: float = 3.0
    csat_s2_policy: float = -0.15
    csat_sd: float = 0.7
    wait_summer: float = 1.6
    occupancy: float = 0.72
    occupancy_summer: float = 0.12
    occupancy_sd: float = 0.05
    field_job: float = 0.66  # share of the faults' first contacts that need a visit
    recorded: float = 0.85
    recorded_e7: float = 0.25
    on_hand_recorded: float = 0.88
    on_hand_unrecorded: float = 0.52
    offered_a_day: float = 900.0
    staffed_usual: float = 0.72
    staffed_summer: float = 0.84
    agent_fcr: float = 0.84
    agent_fcr_s2_policy: float = -0.10
    agent_aht_s: float = 335.0
    agent_csat: float = 4.1
    agent_qa: float = 90.0
    agent_attendance: float = 0.97
    month_noise: float = 1 / 3  # of the spread between agents


@dataclass(frozen=True)
class Kpis:
    """What an agent shows on average over some months."""

    qa: float
    fcr: float
    aht_s: float
    csat: float
    attendance: float
    overtime_h: int = 9


PLAN: Final = Plan()
SUMMER: Final = frozenset({7, 8})
VOLUME: Final = {4: 0.80, 5: 0.85, 6: 1.15, 7: 1.40, 8: 1.35, 9: 0.90}
X2_SHARE: Final = {4: 0.0, 5: 0.05, 6: 0.20, 7: 0.32, 8: 0.30, 9: 0.22}
DAYS_OF_MAY, X2_DAYS_OF_MAY = 31, 12  # May's share stands for the month, the launch is on the 20th
OTHER_PRODUCTS: Final = (("AC", "fridge", "washer", "kitchen"), (0.40, 0.25, 0.20, 0.15))
OTHER_REASONS: Final = (("how_to", "install", "order", "complaint"), (0.35, 0.25, 0.28, 0.12))
OTHER_CHANNELS: Final = (("phone", "wechat", "mail"), (0.75, 0.20, 0.05))
# Error codes of a product's faults; AC-X2 shows E7 besides, since June.
ERROR_CODES: Final = {
    "AC-X2": ("E1", "E2", "E3", "E4"),
    "AC": ("E1", "E2", "E3", "E4", "E5", "E6"),
    "fridge": ("F1", "F2", "F3", "F4", "F5"),
    "washer": ("W1", "W2", "W3", "W4", "W5"),
    "kitchen": ("H1", "H2", "H3", "H4"),
}
CODED: Final = 0.70  # share of the other faults whose display shows a code
# Median and sigma of the waits; on the telephone they grow in July and August.
WAITS_S: Final = {"phone": (10, 0.9), "chat": (25, 0.8), "wechat": (70, 0.8), "mail": (5_400, 0.6)}
CURVE: Final = (
    *(20, 28, 36, 44, 48, 46, 40, 34, 30, 30, 34, 36, 36, 34),
    *(32, 32, 34, 36, 38, 40, 44, 48, 50, 46, 38, 30, 22, 16),
)
CITIES: Final = tuple(f"Y{place:02d}" for place in range(1, 13))
PARTS: Final = {
    "AC-X2": ("sensor", "valve", "control_board", "fan_motor"),
    "AC": ("capacitor", "fan_motor", "control_board", "sensor"),
    "fridge": ("door_seal", "thermostat", "compressor_relay", "fan_motor"),
    "washer": ("drain_pump", "door_lock", "belt", "control_board"),
    "kitchen": ("igniter", "filter", "heating_element", "switch"),
}
DOOR_STANDARDS: Final = {"card": 0.97, "shoes": 0.94, "mat": 0.86, "cloth": 0.89, "check": 0.81}

# Staff: S2 are the numbers with rest 0 or 3 by five; posts of the eight of N13 are fixed.
TEAM_SIZES: Final = {
    "S1": {"phone": 18, "online": 15, "mail": 3},
    "S2": {"phone": 12, "online": 10, "mail": 2},
}
NEW_AGENTS: Final = {
    "S1": {"phone": 1, "online": 1, "mail": 1},
    "S2": {"phone": 6, "online": 5, "mail": 1},
}
LATE_HIRE: Final = "E11"
POSTS: Final = {
    "E02": "phone",
    "E05": "phone",
    "E11": "online",
    "E14": "online",
    "E21": "phone",
    "E27": "online",
    "E33": "phone",
    "E40": "online",
}
# Means of April to June and of July to September; E11 has been there since August. Totals of the
# later months on the scorecard of the agent's site are those of F11, as the recipe checks.
NAMED: Final = {
    "E02": (Kpis(95, 0.860, 329, 4.32, 0.972, 10), Kpis(95, 0.860, 330, 4.30, 0.970, 38)),
    "E05": (Kpis(91, 0.830, 340, 4.05, 0.972), Kpis(91, 0.690, 262, 3.90, 0.972)),
    "E11": (None, Kpis(82, 0.797, 345, 4.20, 0.980)),
    "E14": (Kpis(93, 0.855, 337, 4.17, 0.976), Kpis(93, 0.860, 335, 4.18, 0.976)),
    "E21": (Kpis(91, 0.842, 327, 4.15, 0.972), Kpis(91, 0.840, 325, 4.14, 0.971)),
    "E27": (Kpis(92, 0.832, 340, 4.16, 0.979), Kpis(92, 0.830, 342, 4.15, 0.980)),
    "E33": (Kpis(84, 0.790, 374, 3.95, 0.966), Kpis(84, 0.690, 300, 3.80, 0.965)),
    "E40": (Kpis(96, 0.880, 330, 4.40, 0.990), Kpis(96, 0.820, 262, 4.31, 0.990)),
}
STEPS: Final = Kpis(0.4, 0.004, 2, 0.01, 0.002, -1)  # a named agent's first month, last negated
E11_PARTS: Final = (95.0, 61.0)  # attitude and knowledge within QA
SCORECARD_TOTALS: Final = {
    "E02": 107.4,
    "E05": 96.2,
    "E11": 91.0,
    "E14": 103.5,
    "E21": 100.0,
    "E27": 99.9,
    "E33": 88.7,
    "E40": 112.3,
}
# Weights of the scorecard, S2's since July, and its minimum, target and excellent values.
WEIGHTS: Final = {"CSAT": 0.30, "FCR": 0.30, "QA": 0.20, "AHT": 0.10, "attendance": 0.10}
WEIGHTS_S2: Final = {
    name: 0.40 if name == "AHT" else weight * 2 / 3 for name, weight in WEIGHTS.items()
}
MARKS: Final = {
    "CSAT": (3.8, 4.3, 4.6),
    "FCR": (0.65, 0.80, 0.88),
    "QA": (80.0, 90.0, 97.0),
    "AHT": (420.0, 330.0, 290.0),
    "attendance": (0.90, 0.97, 1.0),
}
