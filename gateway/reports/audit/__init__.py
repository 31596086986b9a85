"""`audit`: findings, and the formats that CI takes."""
