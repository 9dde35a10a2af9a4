"""What an argument of the command line must be to be taken, and what is said of one that is not."""

import argparse
from pathlib import Path

__all__ = ["folder", "port", "seconds"]

LONGEST = 1_000_000  # seconds
LAST_PORT = 65535


def folder(text: str) -> Path:
    """Read the name of a folder."""
    if not text:
        raise argparse.ArgumentTypeError("no folder is named")
    return Path(text)


def port(text: str) -> int:
    """Read a port of TCP; 0 means any that is free."""
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no port from 0 to {LAST_PORT}")
    return int(text)


def seconds(text: str) -> float:
    """Read a number of seconds."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < LONGEST:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds above 0 and below {LONGEST:,}")
    return number
