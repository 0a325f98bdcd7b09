#!/usr/bin/env python3
"""report.py [--page PAGE] RESULTS VERSION...: prints what the tour and the suites found on each kernel, and writes the table of the page.

Exits with 1 if a step or a test failed, or a run has no result."""
import argparse
import collections
import datetime
import pathlib
import re
import sys
import xml.etree.ElementTree

HEADING = "### Tour on other kernels"
VARIATIONS = {"tour": "", "cpus": ", 64 possible CPUs", "lockdown": ", locked down (confidentiality)"}


def tour(folder):
    """The release of the kernel, the version of libbpf, and the steps as (result, name, reason)."""
    text = (folder / "console.log").read_text(errors="replace")
    guest = re.search(r"GUEST (\S+), possible CPUs (\S+)", text)
    libbpf = re.search(r"TOUR \S+: Linux \S+, libbpf v(\S+),", text)
    expected = re.search(r"^TOURS (\d+)", text, re.M)
    steps = re.findall(r"^(OK|SKIP|FAIL) +([^:\n]+(?:: [^:\n]+)?)(?:: (.*))?$", text, re.M)
    ended = text.count("TOUR passed") + text.count("steps failed")
    if not guest or not libbpf or not expected or ended != int(expected.group(1)):
        steps.append(("FAIL", "tour", "it did not run to the end"))
    return guest.group(1) if guest else "?", libbpf.group(1) if libbpf else "?", steps


def suites(folder):
    """The counts, the failed tests with their messages, and the reasons of skipped tests with their numbers."""
    counts, failures, skips = collections.Counter(), [], collections.Counter()
    for path in sorted(folder.glob("*.xml")):
        for test in xml.etree.ElementTree.parse(path).getroot().iter("test"):
            result = test.get("result")
            counts[result] += 1
            if result == "Fail":
                message = test.findtext("failure/message") or ""
                failures.append(f"{test.get('name')}: {message.strip()[:300]}")
            elif result == "Skip":
                skips[(test.findtext("reason") or "no reason").strip()] += 1
    missing = [line for line in (folder / "console.log").read_text(errors="replace").splitlines() if re.match(r"SUITE .* status=(?!0|1)", line)]
    return counts, failures + missing, skips


def row_of(results, version, variation):
    """The cells of a run, and whether something failed in it."""
    release, libbpf, steps = tour(results / f"{version}-{variation}")
    number = collections.Counter(result for result, _, _ in steps)
    failed = number["FAIL"] > 0
    print(f"## {release}{VARIATIONS[variation]}, libbpf {libbpf}: tour {dict(number)}")
    for result, name, reason in steps:
        if result != "OK":
            print(f"  {result} {name}: {reason}")
    row = [release + VARIATIONS[variation], libbpf, f"{number['OK']} of {number['OK'] + number['FAIL']}", str(number["SKIP"])]
    if variation == "tour" and (results / f"{version}-suites").is_dir():
        counts, failures, skips = suites(results / f"{version}-suites")
        failed |= bool(failures) or not counts
        print(f"   suites {dict(counts)}")
        for failure in failures:
            print(f"  FAIL {failure}")
        for reason, count in skips.most_common():
            print(f"  SKIP {count}: {reason}")
        row += [str(counts["Pass"]), str(len(failures)), str(counts["Skip"])]
    return row, failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--page", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("versions", nargs="+")
    arguments = parser.parse_args()
    results, page, versions = arguments.results, arguments.page, arguments.versions
    rows, failed = [], False
    for version in versions:
        for variation in VARIATIONS:
            if (results / f"{version}-{variation}").is_dir():
                row, has_failed = row_of(results, version, variation)
                rows.append(row)
                failed |= has_failed
    has_tests = any(len(row) > 4 for row in rows)
    table = [
        "| Kernel | libbpf | Passed steps | Skipped steps |" + (" Passed tests | Failed tests | Skipped tests |" if has_tests else ""),
        "|---|---|--:|--:|" + ("--:|--:|--:|" if has_tests else ""),
        *("| " + " | ".join(row + ["-"] * (3 if has_tests and len(row) == 4 else 0)) + " |" for row in rows),
    ]
    if page:
        # The section: its text up to the table, the table, and the next heading.
        text = page.read_text()
        head, section = text.split(HEADING, 1)
        section, following = re.match(r"(.*?)(\n## .*)", section, re.S).groups()
        introduction = re.split(r"\nRun on |\n\|", section)[0].strip()
        page.write_text(f"{head}{HEADING}\n\n{introduction}\n\nRun on {datetime.date.today()}:\n\n" + "\n".join(table) + "\n" + following)
    print("\n".join(table))
    sys.exit(1 if failed else 0)


main()
