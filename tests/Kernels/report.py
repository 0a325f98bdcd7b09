#!/usr/bin/env python3
"""report.py RESULTS PAGE VERSION...: prints what the tour and the suites found on each kernel, and writes the table of the page.

Exits with 1 if a step or a test failed, or a run has no result."""
import collections
import datetime
import pathlib
import re
import sys
import xml.etree.ElementTree

HEADING = "### Tour on other kernels"


def tour(folder):
    """The release of the kernel, the version of libbpf, and the steps as (result, name, reason)."""
    text = (folder / "console.log").read_text(errors="replace")
    guest = re.search(r"GUEST (\S+), possible CPUs (\S+)", text)
    libbpf = re.search(r"TOUR Linux \S+, libbpf v(\S+),", text)
    steps = re.findall(r"^(OK|SKIP|FAIL) +([^:\n]+(?:: [^:\n]+)?)(?:: (.*))?$", text, re.M)
    if not guest or not libbpf or text.count("TOUR passed") + text.count("steps failed") != 2:
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


def main():
    results, page, versions = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    rows, failed = [], False
    for version in versions:
        release, libbpf, steps = tour(results / f"{version}-tour")
        number = collections.Counter(result for result, _, _ in steps)
        failed |= number["FAIL"] > 0
        print(f"## {release}, libbpf {libbpf}: tour {dict(number)}")
        for result, name, reason in steps:
            if result != "OK":
                print(f"  {result} {name}: {reason}")
        row = [release, libbpf, f"{number['OK']} of {number['OK'] + number['FAIL']}", str(number["SKIP"])]
        if (results / f"{version}-suites").is_dir():
            counts, failures, skips = suites(results / f"{version}-suites")
            failed |= bool(failures) or not counts
            print(f"   suites {dict(counts)}")
            for failure in failures:
                print(f"  FAIL {failure}")
            for reason, count in skips.most_common():
                print(f"  SKIP {count}: {reason}")
            row += [str(counts["Pass"]), str(len(failures)), str(counts["Skip"])]
        rows.append(row)
    has_tests = any(len(row) > 4 for row in rows)
    table = [
        "| Kernel | libbpf | Passed steps | Skipped steps |" + (" Passed tests | Failed tests | Skipped tests |" if has_tests else ""),
        "|---|---|--:|--:|" + ("--:|--:|--:|" if has_tests else ""),
        *("| " + " | ".join(row + ["-"] * (3 if has_tests and len(row) == 4 else 0)) + " |" for row in rows),
    ]
    text = page.read_text()
    if HEADING in text:
        # The section: its text up to the table, the table, and the next heading.
        head, section = text.split(HEADING, 1)
        section, following = re.match(r"(.*?)(\n## .*)", section, re.S).groups()
        introduction = re.split(r"\nRun on |\n\|", section)[0].strip()
        page.write_text(f"{head}{HEADING}\n\n{introduction}\n\nRun on {datetime.date.today()}:\n\n" + "\n".join(table) + "\n" + following)
    print("\n".join(table))
    sys.exit(1 if failed else 0)


main()
