"""`python -m capisce` is the `capisce` command."""

from capisce.cli import main

raise SystemExit(main())
