"""What every answer says to browsers, and how a fault is told: as problem details (RFC 9457)."""

import json
from http import HTTPStatus

__all__ = ["NOTHING", "PROBLEM", "SECURITY", "problem"]

NOTHING = "default-src 'none'; frame-ancestors 'none'"
PROBLEM = "application/problem+json"
SECURITY = {
    "content-security-policy": NOTHING,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
LATER = {HTTPStatus.SERVICE_UNAVAILABLE: {"retry-after": "2"}}  # seconds


def problem(status: int, detail: str) -> tuple[bytes, dict[str, str]]:
    """Tell a fault: the body, and the header fields that go with it.

    Args:
        status: Of HTTP; RFC 9457, 4.2.1: with the type `about:blank` its phrase is the title.
        detail: What is wrong with this request, and how to mend it.
    """
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(said).encode() + b"\n"
    fields = {"content-type": PROBLEM, "content-length": str(len(body)), "access-control-allow-origin": "*"}
    return body, fields | {"cache-control": "no-store"} | LATER.get(HTTPStatus(status), {})
