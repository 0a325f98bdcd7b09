"""The parts of run.sh that compare and count.

report.py project ROOT OUTPUT   writes the project that compiles all declarations
report.py report ROOT OUTPUT    writes report.md
"""

import collections
import json
import pathlib
import re
import sys

SECONDS, KILOBYTES = 2.0, 256 * 1024


def word(text):
    """A name as .layout has it."""
    return "".join(c if re.match(r"[A-Za-z0-9_.,:;/@~#+*-]", c) else "".join("%%%02X" % b for b in c.encode()) for c in text)


def project(root, output):
    """Declarations that could not be written are empty files, and compile."""
    folder = output / "project"
    layouts = []
    for source in sorted((output / "declared").glob("*.cs")):
        # The declarations name their object by its file, which is unique here.
        (folder / source.name).write_bytes(source.read_bytes())
        layouts.append(output / "declared" / (source.stem + ".layout"))
    files = "\n".join('    <AdditionalFiles Include="%s" />' % path for path in layouts)
    (folder / "corpus.csproj").write_text(f"""<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <GenerateDocumentationFile>true</GenerateDocumentationFile>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="{root}/src/BpfMaps.Runtime/BpfMaps.Runtime.csproj" />
    <ProjectReference Include="{root}/src/BpfMaps.Generators/BpfMaps.Generators.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
{files}
  </ItemGroup>
</Project>
""")
    (folder / "Directory.Build.props").write_text("<Project />\n")
    (folder / "Directory.Build.targets").write_text("<Project />\n")
    (folder / "Directory.Packages.props").write_text("<Project />\n")


def layout_types(path):
    """Structs and unions of a .layout by their words: size, and the bit at which each named field begins."""
    types, current = {}, None
    for line in path.read_text().splitlines():
        words = line.split()
        if line.startswith("type ") and words[1].startswith(("struct:", "union:")):
            current = types[words[1]] = (int(re.search(r" size=(\d+)", line).group(1)), {})
        elif line.startswith("  field ") and current is not None:
            bits = re.search(r" bits=(\d+):", line)
            if words[3] != "-":
                current[1][words[3]] = int(words[1]) * 8 + (int(bits.group(1)) if bits else 0)
        elif not line.startswith(" "):
            current = None
    return types


def compare(layout, btf):
    """Counts types and fields, and those that bpftool reads otherwise."""
    mine = layout_types(layout)
    theirs = collections.defaultdict(list)
    for entry in json.loads(btf.read_text()).get("types", []):
        if entry["kind"] in ("STRUCT", "UNION") and entry["name"] != "(anon)":
            fields = {word(m["name"]): m["bits_offset"] for m in entry["members"] if m["name"] != "(anon)"}
            theirs[entry["kind"].lower() + ":" + word(entry["name"])].append((entry["size"], fields))
    types = fields = differences = 0
    for token, (size, own) in mine.items():
        candidates = theirs.get(token.split("~")[0])
        if not candidates:
            continue  # Without a name of its own: bpftool has none to find it by.
        types += 1
        fields += len(own)
        # A field of no bytes is none in a .layout.
        if not any(size == s and all(other.get(name) == bit for name, bit in own.items()) for s, other in candidates):
            differences += 1
    return types, fields, differences


def report(root, output):
    runs = collections.defaultdict(dict)
    for line in (output / "runs.tsv").read_text().splitlines():
        name, command, code, seconds, kilobytes = line.split("\t")
        runs[name][command] = (int(code), float(seconds), int(kilobytes))
    problems = collections.defaultdict(list)
    for line in (output / "build.log").read_text(errors="replace").splitlines():
        found = re.search(r"([^/\\\s]+)\.cs\((\d+),.*?(error|warning) ([A-Z]+[0-9]+): (.*)", line)
        # BPFMAP058 is about padding in the keys of the C source, which no declaration can avoid.
        if found and found.group(4) != "BPFMAP058" and found.group(0) not in problems[found.group(1)]:
            problems[found.group(1)].append(found.group(0))
    broken = "error MSB" in (output / "build.log").read_text(errors="replace")
    rows, sums = [], collections.Counter()
    for name, commands in sorted(runs.items()):
        stem = name[: -len(".o")]
        source, layout, btf = (output / "declared" / (stem + end) for end in (".cs", ".layout", ".btf.json"))
        maps = sum(line.startswith("map ") for line in layout.read_text(errors="replace").splitlines())
        declared = source.read_text(errors="replace")
        types = fields = differences = 0
        if commands["layout"][0] == 0 and btf.stat().st_size > 2:
            types, fields, differences = compare(layout, btf)
        ok = {command: result[0] == 0 for command, result in commands.items()}
        costly = any(result[1] > SECONDS or result[2] > KILOBYTES for result in commands.values())
        undeclared = declared.count("cannot be declared")
        sums.update(objects=1, layout=ok["layout"], show=ok["show"], generate=ok["generate"], maps=maps, undeclared=undeclared, types=types, fields=fields,
                    differences=differences, problems=len(problems[stem]), compiled=ok["generate"] and not problems[stem], costly=costly)
        rows.append("| {} | {} | {} | {} | {} | {} | {} | {} | {} |".format(
            name, *("yes" if ok[c] else "no" for c in ("layout", "show", "generate")), maps, undeclared, len(problems[stem]), f"{types} ({fields})", differences))
    with (output / "report.md").open("w") as out:
        out.write("| Object | layout | show | generate | Maps | Without declaration | Errors and warnings | Types (fields) compared | Different |\n|---|---|---|---|---|---|---|---|---|\n")
        out.write("\n".join(rows) + "\n\n")
        for key in ("objects", "layout", "show", "generate", "compiled", "maps", "undeclared", "problems", "types", "fields", "differences", "costly"):
            out.write(f"- {key}: {sums[key]}\n")
        out.write(f"- not compiled by clang: {len((output / 'not-compiled.txt').read_text().splitlines())}\n")
        if broken:
            out.write("- THE PROJECT DID NOT BUILD: see build.log\n")
        for stem, lines in sorted(problems.items()):
            out.writelines(f"\n    {line}" for line in lines)
        for name, commands in sorted(runs.items()):
            for command, (code, seconds, kilobytes) in commands.items():
                if code != 0 or seconds > SECONDS or kilobytes > KILOBYTES:
                    errors = (output / "declared" / (name[:-2] + {"layout": ".layout", "show": ".show", "generate": ".cs"}[command] + ".errors")).read_text(errors="replace")
                    out.write(f"\n    {name} {command}: code {code}, {seconds} s, {kilobytes // 1024} MB: {errors.strip()[:300]}")
        out.write("\n")


{"project": project, "report": report}[sys.argv[1]](pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
