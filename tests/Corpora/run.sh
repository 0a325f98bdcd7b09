#!/bin/bash
# Holds the tool and the generated code against BPF objects of others. CONTRIBUTING.md describes it; it is not a part of .ci/run.
#
#   tests/Corpora/run.sh FOLDER [OUTPUT]
#
# FOLDER is searched for BPF sources (*.bpf.c, and *.c in a folder that is named for BPF programs: progs) and for objects (*.o). OUTPUT (by default a new
# folder in /tmp) gets the objects, what the tool writes for each, and report.md: a line for each object, and the sums.
#
# CFLAGS are more options for clang, such as -I for the headers of the corpus. The tool must be built: dotnet build src/BpfMaps.Tool -c Release.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${1:?usage: run.sh FOLDER [OUTPUT]}
output=${2:-$(mktemp -d /tmp/bpfmaps-corpora-XXXXXX)}
tool="$root/src/BpfMaps.Tool/bin/Release/net10.0/bpfmaps.dll"
[ -f "$tool" ] || { echo "build the tool first: dotnet build src/BpfMaps.Tool -c Release" >&2; exit 2; }
mkdir -p "$output/objects" "$output/declared"

machine=$(uname -m)
case $machine in x86_64) target_arch=x86 ;; aarch64) target_arch=arm64 ;; riscv64) target_arch=riscv ;; s390x) target_arch=s390 ;; *) target_arch=$machine ;; esac

# Objects get numbers in front of their names: sources of one name are in several folders.
number=0
: > "$output/not-compiled.txt"
while IFS= read -r -d '' file; do
    number=$((number + 1))
    name=$(printf '%04d-%s' "$number" "$(basename "$file" | tr -c 'A-Za-z0-9._\n-' '_')")
    case $file in
    *.c)
        clang -g -O2 -target bpf "-D__TARGET_ARCH_$target_arch" -I "/usr/include/$machine-linux-gnu" ${CFLAGS:-} -c "$file" -o "$output/objects/${name%.c}.o" \
            2> "$output/clang.log" || { echo "$file: $(grep -m1 error "$output/clang.log")" >> "$output/not-compiled.txt"; rm -f "$output/objects/${name%.c}.o"; }
        ;;
    *) cp "$file" "$output/objects/$name" ;;
    esac
done < <(find "$folder" -type f \( -name '*.bpf.c' -o -path '*/progs/*.c' -o -name '*.o' \) -not -path '*/obj/*' -not -path '*/bin/*' -print0 | sort -z)

# Each command is a process of its own with the bounds that hostile objects are held to: 2 s of processor time, 256 MB.
run() { # NAME COMMAND OUTPUT [OPTION...]
    /usr/bin/env time -f '%U %S %M' -o "$output/cost" dotnet "$tool" "$2" "$output/objects/$1" "${@:4}" > "$3" 2> "$3.errors"
    local code=$?
    read -r user system kilobytes < <(tail -1 "$output/cost")
    printf '%s\t%s\t%d\t%s\t%s\n' "$1" "$2" "$code" "$(awk "BEGIN { print $user + $system }")" "$kilobytes" >> "$output/runs.tsv"
}
: > "$output/runs.tsv"
for object in "$output"/objects/*.o; do
    name=$(basename "$object")
    run "$name" layout "$output/declared/${name%.o}.layout"
    run "$name" show "$output/declared/${name%.o}.show"
    run "$name" generate "$output/declared/${name%.o}.cs" --namespace "Corpus.N$(printf %s "${name%.o}" | tr -c 'A-Za-z0-9' '_')"
    bpftool -j btf dump file "$object" > "$output/declared/${name%.o}.btf.json" 2> /dev/null
done

# All declarations are compiled in one project, each in a namespace of its own, with the analyzers and the layouts.
mkdir -p "$output/project"
python3 "$here/report.py" project "$root" "$output"
dotnet build "$output/project/corpus.csproj" -c Release -v q -nologo > "$output/build.log" 2>&1
python3 "$here/report.py" report "$root" "$output"
echo "$output/report.md"
