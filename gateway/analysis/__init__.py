"""Floor 5, lower half: what a record says. Summaries, phases, causes and audits, folded from events; reports and the policy lifecycle show them."""
