#!/usr/bin/env python3
"""libbpf.py RESULTS PAGE: prints what the suites found with each libbpf and clang, and writes the table of the page.

Exits with 1 if a test failed, or a suite has no result."""
import collections
import datetime
import pathlib
import re
import sys
import xml.etree.ElementTree

HEADING = "### Tested versions"
SUITES = ["Libbpf", "Streams", "Runtime", "Generators"]


def suites(folder):
    """The counts, the failed tests with their messages, and the reasons of skipped tests with their numbers."""
    counts, failures, skips = collections.Counter(), [], collections.Counter()
    for suite in SUITES:
        path = folder / f"{suite}.xml"
        if not path.is_file():
            failures.append(f"{suite}: no result, see {folder / suite}.log")
            continue
        for test in xml.etree.ElementTree.parse(path).getroot().iter("test"):
            result = test.get("result")
            counts[result] += 1
            if result == "Fail":
                failures.append(f"{test.get('name')}: {(test.findtext('failure/message') or '').strip()[:600]}")
            elif result == "Skip":
                skips[(test.findtext("reason") or "no reason").strip()] += 1
    return counts, failures, skips


def main():
    results, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    table = ["| libbpf | clang | Passed tests | Failed tests | Skipped tests |", "|---|---|--:|--:|--:|"]
    failed = False
    for folder in sorted(folder for folder in results.iterdir() if folder.is_dir()):
        libbpf, clang = ((folder / name).read_text().strip() for name in ("libbpf", "clang"))
        counts, failures, skips = suites(folder)
        failed |= bool(failures)
        print(f"## libbpf {libbpf}, clang {clang}: {dict(counts)}")
        for failure in failures:
            print(f"  FAIL {failure}")
        for reason, count in skips.most_common():
            print(f"  SKIP {count}: {reason}")
        table.append(f"| {libbpf} | {clang} | {counts['Pass']} | {len(failures)} | {counts['Skip']} |")
    text = page.read_text()
    # The section: its text up to the table, the table, and the next heading.
    head, section = text.split(HEADING, 1)
    section, following = re.match(r"(.*?)(\n##+ .*)", section, re.S).groups()
    introduction = re.split(r"\nRun on |\n\|", section)[0].strip()
    page.write_text(f"{head}{HEADING}\n\n{introduction}\n\nRun on {datetime.date.today()}:\n\n" + "\n".join(table) + "\n" + following)
    print("\n".join(table))
    sys.exit(1 if failed else 0)


main()
