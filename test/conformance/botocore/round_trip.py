"""Sends a random input of every operation through botocore's serializers, reads a random output with its parsers.

Arguments: the endpoint of the codec server (see codec-server.ts), a seed, and for each service, by botocore's name,
the operations that are left out, as JSON. Prints one JSON document: for every service how many operations were tried,
and what did not come through as it was.
"""

import json
import random
import socket
import sys
from io import BytesIO

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, create_request_object, prepare_request_dict
from botocore.httpsession import URLLib3Session
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

from random_shape import random_value
from values import normal, tagged, untagged

endpoint, seed, services = sys.argv[1:]
RUNS = 3
# The length of a body is what it is: HTTP derives it, and a random one leaves the server waiting.
# Sizes of pages are text to botocore and numbers to the SDK in CloudFront and Route 53. CloudFront's ContentType is
# that of every answer.
WITHOUT = {
    "cloudfront": {"MaxItems", "ContentType"},
    "route53": {"MaxItems", "MaxResults"},
    "s3": {"ContentLength"},
}

session = botocore.session.get_session()
# An answer whose end never comes is a failure of its operation, not of all of them.
# Without delay, as botocore's clients do: a body waits 40 ms for the acknowledgement of its head else.
http = URLLib3Session(timeout=20, socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)])


def exchange(output):
    """Tells the server what to answer next; the answer is what it decoded last."""
    body = json.dumps({"next": tagged(output)}).encode()
    headers = {"Content-Length": str(len(body))}
    answer = http.send(AWSPreparedRequest("POST", f"{endpoint}/_mcpgw/exchange", headers, body, False))
    return untagged(json.loads(answer.content))["seen"]


def send(service, operation, serializer, value):
    """botocore's own way from parameters to a response, without credentials: only the scope says which service."""
    request = serializer.serialize_to_request(value, operation)
    prepare_request_dict(request, endpoint_url=endpoint)
    scope = f"AKID/20260101/us-west-2/{service.signing_name}/aws4_request"
    request["headers"]["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}"
    response = http.send(create_request_object(request).prepare())
    return {"status_code": response.status_code, "headers": response.headers, "body": response.content}


def first_difference(expected, found, path=""):
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in [*expected, *found]:
            if expected.get(name) != found.get(name):
                return first_difference(expected.get(name), found.get(name), f"{path}.{name}")
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (left, right) in enumerate(zip(expected, found)):
            if left != right:
                return first_difference(left, right, f"{path}[{index}]")
    return f"{path or '.'} is {json.dumps(found)[:200]}, not {json.dumps(expected)[:200]}"


def difference(expected, found, loose):
    left, right = normal(expected, loose), normal(found, loose)
    return None if left == right else first_difference(left, right)


def round_trip(service, operation, serializer, parser, run):
    """What was changed on the way, or None."""
    source = random.Random(f"{seed} {service.service_name} {operation.name} {run}")
    without = WITHOUT.get(service.service_name, set())
    loose = "json" not in service.resolved_protocol
    given = random_value(operation.input_shape, source, without) or {}
    answered = random_value(operation.output_shape, source, without) or {}
    # S3 quotes an ETag in a header that has no quotes.
    if isinstance(answered.get("ETag"), str):
        answered["ETag"] = f'"{answered["ETag"]}"'
    exchange(answered)
    response = send(service, operation, serializer, given)
    seen = exchange({}) or {}
    # As a client does: bodies that may be long are handed on unread.
    if operation.has_streaming_output and response["status_code"] < 300:
        response["body"] = BytesIO(response["body"])
    parsed = parser.parse(response, operation.output_shape)
    parsed = {name: value.read() if isinstance(value, BytesIO) else value for name, value in parsed.items()}
    metadata = parsed.pop("ResponseMetadata", {})
    for value in (seen, parsed):
        for name in without:
            value.pop(name, None)
    if response["status_code"] >= 300:
        return f"answer: {metadata} {parsed}"
    sent = difference(given, seen, loose)
    read = difference(answered, parsed, loose)
    return (sent and f"input{sent}") or (read and f"output{read}")


def tried(name, left_out):
    service = session.get_service_model(name)
    protocol = service.resolved_protocol
    serializer = create_serializer(protocol, include_validation=False)
    parser = create_parser(protocol)
    result = {"tried": 0, "failures": {}}
    for operation in map(service.operation_model, service.operation_names):
        if operation.name in left_out:
            continue
        result["tried"] += 1
        for run in range(RUNS):
            try:
                failure = round_trip(service, operation, serializer, parser, run)
            except Exception as error:
                failure = f"{type(error).__name__}: {error}"
            if failure:
                result["failures"].setdefault(operation.name, failure)
    return result


json.dump({name: tried(name, left_out) for name, left_out in json.loads(services).items()}, sys.stdout)
