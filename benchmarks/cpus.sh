#!/usr/bin/env bash
# cpus.sh [CPUS...]: how the totals of a per-CPU hash grow with the number of possible CPUs, by default 2, 8, 32 and 64. Boots the newest
# kernel of tests/Kernels in QEMU with 2 CPUs online, which emulates them: only the ratios mean something. Prints a table.
set -euo pipefail
cd "$(dirname "$0")/.."
source tests/Kernels/common.sh
numbers=("$@")
[ $# -gt 0 ] || numbers=(2 8 32 64)

./tests/Kernels/root.sh
./tests/Kernels/fetch.sh newest
./benchmarks/run.sh --build
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -a artifacts/benchmarks/managed "$folder/Benchmarks"
image_of "$folder" "$CACHE/benchmarks.img"
echo "| Possible CPUs | Batches copy | A query writes | Time of the query, of that of C with batches |"
echo "|--:|--:|--:|--:|"
for cpus in "${numbers[@]}"; do
    NAME=benchmark-$cpus CPUS=2,maxcpus=$cpus PAYLOAD=$CACHE/benchmarks.img LIMIT=1200 ./tests/Kernels/boot.sh newest benchmark >/dev/null
    python3 - "$cpus" "$CACHE/results/newest-benchmark-$cpus/partial.json" <<'END'
import json, sys

cpus, results = int(sys.argv[1]), json.load(open(sys.argv[2]))["results"]
ratio = next(result["ratio"] for result in results if result["workload"].startswith("query: totals"))
# A key of 4 bytes and a value of 16 for each CPU; a pair of C# of 24 bytes.
print(f"| {cpus} | {4 + 16 * cpus} bytes an element | 24 bytes an element | {ratio:.2f} |")
END
done
