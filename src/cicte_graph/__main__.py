"""Run the command line as `python -m cicte_graph`."""

import sys

from cicte_graph.cli import main

sys.exit(main())
