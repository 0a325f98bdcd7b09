#!/usr/bin/env bash
# Draws a terminal program as it looks after some seconds into an SVG file. Needs Debian's tmux and python3-rich.
# Usage: record.sh OUTPUT.svg TITLE SECONDS COMMAND...     as root where the program needs it; WIDTH and LINES set the size
set -euo pipefail
output=$1 title=$2 seconds=$3
shift 3
session=record-$$
export WIDTH=${WIDTH:-96}

tmux -L "$session" -f /dev/null new-session -d -s "$session" -x "$WIDTH" -y "${LINES:-30}" "$@"
trap 'tmux -L "$session" kill-server 2>/dev/null || true' EXIT
sleep "$seconds"
tmux -L "$session" capture-pane -e -p -t "$session" | /usr/bin/python3 -c '
import os, re, sys
from rich.console import Console
from rich.text import Text

console = Console(record=True, width=int(os.environ["WIDTH"]), force_terminal=True, color_system="truecolor", file=open("/dev/null", "w"))
console.print(Text.from_ansi(sys.stdin.read().rstrip()))
svg = console.export_svg(title=sys.argv[2], font_aspect_ratio=0.61)
svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)  # the fonts would be fetched from a server
svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
svg = svg.replace("Fira Code", "ui-monospace, Menlo, Consolas, monospace")
svg = "\n".join(line.rstrip() for line in svg.splitlines() if line.strip())
open(sys.argv[1], "w").write(svg + "\n")
' "$output" "$title"
