"""JUnit, which every CI reads: a suite for each column, a case for each verdict."""

from __future__ import annotations

import io
import re
from typing import Final, assert_never

from junitparser import (
    Attr,
    Error,
    Failure,
    IntAttr,
    JUnitXml,
    Properties,
    Property,
    Skipped,
    TestCase,
    TestSuite,
)

from checker.formats.outcome import Check, Outcome
from checker.formats.places import Root

_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Case(TestCase):
    """A case that says where it stands, as pytest's do."""

    file = Attr()
    line = IntAttr()


def junit_of(outcome: Outcome, root: Root) -> str:
    """Return an outcome as JUnit: what is not as it should be failed, what has no answer is an error, and
    what was left out is skipped.
    """
    suites = JUnitXml(f"redline {outcome.command}")
    for group in dict.fromkeys(each.group for each in outcome.checks):
        suite = TestSuite(_xml(group))
        suite.add_testcases([_case(each, outcome, root) for each in outcome.checks if each.group == group])
        suites.add_testsuite(suite)
    suites.update_statistics()
    written = io.BytesIO()
    suites.write(written)
    return f"{written.getvalue().decode('utf-8').rstrip()}\n"


def _case(check: Check, outcome: Outcome, root: Root) -> TestCase:
    case = _Case(_xml(check.name), classname=f"redline.{outcome.command}", time=check.seconds)
    if check.place is not None:
        case.file, case.line = _xml(root.name(check.place.file)), check.place.line
    message, details = _xml(check.message), _xml(check.details)
    match check.judged:
        case "failed":
            case.result = [_told(Failure(message, "not as expected"), details)]
        case "no answer":
            case.result = [_told(Error(message, "no answer"), details)]
        case "left out":
            case.result = [Skipped(message)]
        case "passed":
            if details:
                case.system_out = details
        case _:
            assert_never(check.judged)
    if check.about:
        properties = Properties()
        for name, value in check.about:
            properties.add_property(Property(_xml(name), _xml(value)))
        TestCase.append(case, properties)
    return case


def _told(result: Failure | Error, details: str) -> Failure | Error:
    if details:
        result.text = details
    return result


def _xml(text: str) -> str:
    """Return a text without what no XML document can have."""
    return _NOT_XML.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
