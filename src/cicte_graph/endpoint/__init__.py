"""The SPARQL 1.1 endpoint: read-only, and fit for strangers.

A request is read (`protocol`, `formats`), asked of a process that can be ended (`pool`), and answered (`routes`).
"""
