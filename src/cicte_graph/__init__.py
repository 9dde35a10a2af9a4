"""Which mandate justifies this activity? The CICTE work plans as one knowledge graph."""

__version__ = "0.1.0"
