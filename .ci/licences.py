"""Reads `cargo metadata` on stdin and holds every licence expression to the list in the deny.toml that is named."""

import json
import re
import sys
import tomllib


def is_allowed(expression, allowed):
    """Whether the SPDX expression can be met by allowed licences alone: `OR` offers, `AND` demands."""
    tokens = re.findall(r"\(|\)|[^\s()/]+(?:\s+WITH\s+[^\s()]+)?|/", expression)

    def either():
        result = both()
        while tokens and tokens[0] in ("OR", "/"):
            tokens.pop(0)
            result = both() or result
        return result

    def both():
        result = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = one() and result
        return result

    def one():
        token = tokens.pop(0)
        if token == "(":
            result = either()
            tokens.pop(0)
            return result
        return token in allowed

    result = either()
    return result and not tokens


def main():
    with open(sys.argv[1], "rb") as file:
        allowed = set(tomllib.load(file)["licenses"]["allow"])
    packages = json.load(sys.stdin)["packages"]
    faults = [
        f"{package['name']} {package['version']}: {package['license'] or 'no licence'}"
        for package in packages
        if not (package["license"] and is_allowed(package["license"], allowed))
    ]
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    print(f"{len(packages)} packages, {len(faults)} without a licence of the list")
    return 1 if faults or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
