"""`python -m gateway`."""

from gateway.entry import main

main()
