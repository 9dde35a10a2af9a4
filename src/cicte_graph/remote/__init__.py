"""The graph where another program keeps it: asked over the SPARQL Protocol, and sent there."""
