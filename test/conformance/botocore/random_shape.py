"""Random values of any shape of a botocore model, as far as the wire can carry them."""

from datetime import datetime, timedelta, timezone

WORD = "abcdefghijklmnopqrstuvwxyz0123456789"
# Markup, separators of every protocol, white space that parsers like to lose, two- to four-byte characters.
TEXT = WORD + " <>&\"'=+%;,.:/?#{}[]\\|`~!@$^*()-_\t\n\u0085\u2028éß漢字😀"
EPOCH = datetime(2018, 1, 1, tzinfo=timezone.utc)


def text(source, alphabet, least, most):
    return "".join(source.choice(alphabet) for _ in range(source.randint(least, most)))


def scalar(shape, source):
    kind = shape.type_name
    if kind == "boolean":
        return source.random() < 0.5
    if kind in ("integer", "long"):
        return source.randrange(1_000_000)
    if kind in ("float", "double"):
        return source.randrange(4_000) / 4
    if kind == "blob":
        return source.randbytes(source.randint(1, 40))
    if kind == "timestamp":
        # Whole seconds: botocore writes no fractions into JSON and headers.
        return EPOCH + timedelta(seconds=source.randrange(300_000_000))
    if shape.enum:
        return source.choice(shape.enum)
    # In headers, paths and XML attributes only what needs no quoting; elsewhere a letter among whatever else.
    if shape.serialization.keys() & {"location", "xmlAttribute"}:
        return text(source, WORD, 3, 12)
    return text(source, TEXT, 0, 6) + source.choice(WORD) + text(source, TEXT, 0, 6)


def structure(shape, source, without, depth):
    if getattr(shape, "is_document_type", False):
        return {"text": text(source, WORD, 1, 5), "list": [1, True]}
    members = [(name, member) for name, member in shape.members.items() if name not in without]
    if getattr(shape, "is_tagged_union", False):
        members = [source.choice(members)]
    share = 0.1 if depth > 3 else 0.3 if len(members) > 25 else 0.6
    result = {}
    for name, member in members:
        needed = name in shape.required_members or len(members) == 1
        if not needed and (depth > 6 or source.random() > share):
            continue
        # The status is the server's to say.
        if member.serialization.get("location") != "statusCode":
            result[name] = random_value(member, source, without, depth + 1)
    return result


def random_value(shape, source, without, depth=0):
    """A random value of the shape, or None for no shape; `without` names members that are left out everywhere."""
    if shape is None:
        return None
    if shape.type_name == "structure":
        return structure(shape, source, without, depth)
    size = source.randint(1, 3) if depth < 5 else source.randint(0, 1)
    # What is in a header or in the query is as plain inside a list or a map as it is alone.
    plain = "location" in shape.serialization

    def item(of):
        if plain and of.type_name == "string" and not of.enum:
            return text(source, WORD, 3, 12)
        return random_value(of, source, without, depth + 1)

    def key():
        return source.choice(shape.key.enum) if shape.key.enum else text(source, WORD, 1, 8)

    if shape.type_name == "list":
        return [item(shape.member) for _ in range(size)]
    if shape.type_name == "map":
        return {key(): item(shape.value) for _ in range(size)}
    return scalar(shape, source)
