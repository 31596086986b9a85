"""`policy test`: files of cases, coverage and mutation score."""
