"""Values of botocore as JSON, the way codec-server.ts reads and writes them, and in one form to compare."""

import base64
from datetime import datetime, timezone


def moment(value):
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def tagged(value):
    if isinstance(value, dict):
        return {name: tagged(item) for name, item in value.items()}
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    return {"$date": moment(value)} if isinstance(value, datetime) else value


def untagged(value):
    if isinstance(value, list):
        return [untagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$bytes"}:
        return base64.b64decode(value["$bytes"])
    if value.keys() == {"$date"}:
        return datetime.fromisoformat(value["$date"].replace("Z", "+00:00"))
    return {name: untagged(item) for name, item in value.items()}


def normal(value, loose):
    """Bytes and dates as text. With `loose`, what is empty counts as absent: Query has no empty structure, flattened
    XML no empty list, HTTP no body that is not there."""
    if loose and value in ({}, [], "", b""):
        return None
    if isinstance(value, (bytes, bytearray)):
        return f"bytes:{value.hex()}"
    if isinstance(value, datetime):
        return f"date:{moment(value)}"
    if isinstance(value, list):
        items = [normal(item, loose) for item in value]
        return [item for item in items if item is not None] or None if loose else items
    if isinstance(value, dict):
        items = {name: normal(item, loose) for name, item in value.items()}
        return {name: item for name, item in items.items() if item is not None} or (None if loose else {})
    # 2.0 and 2 are one number in JSON and in JavaScript.
    return int(value) if isinstance(value, float) and value.is_integer() else value
