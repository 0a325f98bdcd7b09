#!/usr/bin/env bash
# Draws what 'guardctl' shows into guard.svg: Guard filters one end of a pair of interfaces, and packets come from the other. Needs root, what
# record.sh needs, and ping; build samples/Guard in Release first.
set -euo pipefail
cd "$(dirname "$0")/../.."
guard=$PWD/samples/Guard/Guard/bin/Release/net10.0/guard.dll
control=$PWD/samples/Guard/GuardCtl/bin/Release/net10.0/guardctl.dll
pins=/sys/fs/bpf/guard-picture
sources=guard-sources
folder=$(mktemp -d)
clean() {
    kill "$daemon" 2>/dev/null || true
    dotnet "$control" --pins "$pins" remove >/dev/null 2>&1 || true
    ip netns delete "$sources" 2>/dev/null || true
    rm -rf "$folder"
}
daemon=
trap clean EXIT

ip netns add "$sources"
ip link add eth-guard type veth peer name eth0 netns "$sources"
ip address add 192.0.2.1/24 dev eth-guard
ip link set eth-guard up
ip -n "$sources" link set eth0 up
for number in 7 8 9; do
    ip -n "$sources" address add "192.0.2.$number/24" dev eth0
done

printf '192.0.2.8   # a scanner\n198.51.100.0/24\n2001:db8::/32\n192.0.2.9 limit 5\n' >"$folder/blocklist"
dotnet "$guard" --interface eth-guard --blocklist "$folder/blocklist" --pins "$pins" >"$folder/log" 2>&1 &
daemon=$!
sleep 5
for number in 7 8 9; do
    ip netns exec "$sources" ping -q -c 40 -i 0.01 -W 1 -I "192.0.2.$number" 192.0.2.1 >/dev/null || true
done
cat >"$folder/show" <<END
for command in status list top; do
    printf '\033[1m# guardctl %s\033[0m\n' "\$command"
    dotnet "$control" --pins "$pins" "\$command"
done
sleep 60
END
WIDTH=104 LINES=22 docs/images/record.sh docs/images/guard.svg "guardctl" 10 bash "$folder/show"
