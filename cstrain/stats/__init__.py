"""Statistics for service figures, by the standard library: no KPI is known here."""
