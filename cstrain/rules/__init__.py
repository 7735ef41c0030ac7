"""Rules turn a learner's plain values into rulings; RULES in `cstrain.rules.table` names them."""
