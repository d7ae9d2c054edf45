"""Asks CloudFormation Guard: templates on standard input, the rules in the file that is named; answers in JSON."""

import json
import re
import sys

# The function beneath run_checks, which cannot read its own report when a clause fails on a long value.
from cfn_guard_rs.cfn_guard_rs import run_checks_rs

with open(sys.argv[1], encoding="utf-8") as file:
    DEFINITIONS, *RULES = re.split(r"^(?=rule )", file.read(), flags=re.MULTILINE)


def verdict(template, rule):
    """PASS, FAIL or SKIP. Each rule is asked alone, so that a report that cannot be read tells which one failed."""
    try:
        return json.loads(run_checks_rs(json.dumps(template), DEFINITIONS + rule, False))["status"]
    except json.JSONDecodeError:
        return "FAIL"


answers = {}
for name, template in json.load(sys.stdin).items():
    verdicts = {rule.split()[1]: verdict(template, rule) for rule in RULES}
    answers[name] = {
        "compliant": [rule for rule, status in verdicts.items() if status == "PASS"],
        "failed": [rule for rule, status in verdicts.items() if status == "FAIL"],
    }
json.dump(answers, sys.stdout)
