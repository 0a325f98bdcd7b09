#!/usr/bin/env python3
"""Draws the dashboard of samples/KernelMetrics with data of this machine into an SVG file.

Runs the sample and a Prometheus server on loopback, makes some load, asks the queries of dashboard.json, and draws their answers.
Needs root, Debian's prometheus, and a built sample (dotnet build samples/KernelMetrics -c Release).
Usage: dashboard.py OUTPUT.svg [SECONDS]
"""
import html
import json
import math
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/KernelMetrics"
SCRAPE, STEP, RATE = 2, 4, "12s"
WIDTH, ROW, UNIT, GAP = 960, 20, 40, 8  # a dashboard has 24 columns
COLORS = ["#7eb26d", "#eab839", "#6ed0e0", "#ef843c", "#e24d42", "#1f78c1", "#ba43a9", "#705da0", "#508642", "#cca300"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(server, path, **parameters):
    with urllib.request.urlopen(f"{server}/api/v1/{path}?{urllib.parse.urlencode(parameters)}") as answer:
        return json.load(answer)["data"]["result"]


def collect(seconds):
    """Runs everything, and returns the panels of the dashboard with the answers to their queries."""
    panels = json.loads((SAMPLE / "dashboard.json").read_text())["panels"]
    processes = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            sample = subprocess.Popen(
                ["dotnet", SAMPLE / "bin/Release/net10.0/KernelMetrics.dll", "--port", "0"], stderr=subprocess.PIPE, text=True
            )
            processes.append(sample)
            target = sample.stderr.readline().split("//")[1].split("/")[0]
            configuration = pathlib.Path(folder, "prometheus.yml")
            configuration.write_text(
                f"global: {{ scrape_interval: {SCRAPE}s, scrape_timeout: {SCRAPE}s }}\n"
                f"scrape_configs: [ {{ job_name: kernel, static_configs: [ {{ targets: ['{target}'] }} ] }} ]\n"
            )
            server = f"http://127.0.0.1:{free_port()}"
            processes.append(
                subprocess.Popen(
                    ["prometheus", f"--config.file={configuration}", f"--storage.tsdb.path={folder}/data",
                     f"--web.listen-address={server[7:]}"],
                    stderr=subprocess.DEVNULL,
                )
            )
            begin = time.time()
            make_load(target, begin + seconds)
            end = time.time()
            for panel in panels:
                panel["answers"] = []
                for query in panel["targets"]:
                    text = query["expr"].replace("$__rate_interval", RATE).replace("$instance", ".*")
                    series = ask(server, "query_range", query=text, start=begin + 15, end=end, step=STEP)
                    panel["answers"].append((query["legendFormat"], series))
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait()
    return panels, begin + 15, end


def make_load(target, until):
    """Searches files, opens connections and sleeps, in turns, so that there is something to see."""
    turn = 0
    while time.time() < until:
        turn += 1
        if turn % 3 == 0:
            subprocess.run(["find", "/usr/share", "/proc/self", "-name", "nothing"], stderr=subprocess.DEVNULL, check=False)
        elif turn % 3 == 1:
            for _ in range(20):
                socket.create_connection(tuple([target.split(":")[0], int(target.split(":")[1])])).close()
        time.sleep(2)


def label(legend, series):
    text = legend
    for name, value in series["metric"].items():
        text = text.replace("{{" + name + "}}", value)
    return text


def number(value, unit):
    if math.isnan(value):
        return "–"
    if unit == "percentunit":
        return f"{value * 100:.3g} %"
    suffix = {"s": "s", "reqps": "/s", "cps": "/s"}.get(unit, "")
    for limit, factor, prefix in ((1e-6, 1e9, "n"), (1e-3, 1e6, "µ"), (1, 1e3, "m")):
        if unit == "s" and 0 < abs(value) < limit:
            return f"{value * factor:.3g} {prefix}s"
    return f"{value / 1000:.3g} k{suffix}" if abs(value) >= 1000 else f"{value:.3g} {suffix}".strip()


def text(x, y, content, size=11, color="#ccccdc", anchor="start"):
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{color}" text-anchor="{anchor}">{html.escape(content)}</text>'


def time_axis(x, y, width, begin, end):
    return [text(x, y + 12, "0 s", 9, "#8e8e8e"), text(x + width, y + 12, f"{end - begin:.0f} s", 9, "#8e8e8e", "end")]


def draw_lines(panel, unit, box, begin, end):
    x, y, w, h = box
    lines = [(label(legend, s), [(float(t), float(v)) for t, v in s["values"]]) for legend, all in panel["answers"] for s in all]
    lines = [(name, [(t, v) for t, v in points if not math.isnan(v)]) for name, points in lines]
    lines = sorted((l for l in lines if l[1]), key=lambda l: -max(v for _, v in l[1]))[: len(COLORS)]
    if not lines:
        return [text(x + w / 2, y + h / 2, "no data", anchor="middle", color="#8e8e8e")]
    top = max(v for _, points in lines for _, v in points) or 1
    legend = 190
    plot = w - legend - 55
    out = time_axis(x + 50, y + h, plot, begin, end)
    for part in (0, 0.5, 1):
        at = y + h - part * h
        out.append(f'<path d="M{x + 50:.0f} {at:.1f}h{plot:.0f}" stroke="#2c3235"/>')
        out.append(text(x + 46, at + 4, number(top * part, unit), 9, "#8e8e8e", "end"))
    for index, (name, points) in enumerate(lines):
        color = COLORS[index]
        path = " ".join(f"{x + 50 + (t - begin) / (end - begin) * plot:.1f},{y + h - v / top * h:.1f}" for t, v in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.3"/>')
        if index < 8:
            at = y + 8 + index * 15
            out.append(f'<path d="M{x + w - legend + 8:.0f} {at - 3:.0f}h10" stroke="{color}" stroke-width="3"/>')
            out.append(text(x + w - legend + 23, at, name if len(name) < 28 else name[:27] + "…", 9))
    return out


def draw_heat(panel, unit, box, begin, end):
    x, y, w, h = box
    series = sorted(panel["answers"][0][1], key=lambda s: float(s["metric"]["le"]))
    counts, below = [], {}
    for one in series:
        values = {t: float(v) for t, v in one["values"]}
        counts.append((float(one["metric"]["le"]), {t: v - below.get(t, 0) for t, v in values.items()}))
        below = values
    used = [i for i, (_, row) in enumerate(counts) if any(v > 0.5 for v in row.values())]
    if not used:
        return [text(x + w / 2, y + h / 2, "no data", anchor="middle", color="#8e8e8e")]
    counts = counts[used[0] : used[-1] + 1]
    top = max(v for _, row in counts for v in row.values())
    plot, high = w - 55, h / len(counts)
    out = time_axis(x + 50, y + h, plot, begin, end)
    for index, (bound, row) in enumerate(counts):
        at = y + h - (index + 1) * high
        if index % max(1, len(counts) // 6) == 0:
            out.append(text(x + 46, at + high, number(bound, unit), 9, "#8e8e8e", "end"))
        for t, v in row.items():
            if v > 0.5:
                # An answer is about the time before it.
                right = x + 50 + (t - begin) / (end - begin) * plot
                left = max(x + 50, right - plot * STEP / (end - begin))
                out.append(
                    f'<rect x="{left:.1f}" y="{at:.1f}" width="{right - left:.1f}" height="{high:.1f}" '
                    f'fill="#ef843c" fill-opacity="{0.1 + 0.9 * math.log1p(v) / math.log1p(top):.2f}"/>'
                )
    return out


def draw(panels, begin, end):
    height = max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in panels) * ROW + GAP
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + GAP} {height}" font-family="system-ui, sans-serif">',
        f'<rect width="{WIDTH + GAP}" height="{height}" fill="#111217"/>',
    ]
    for panel in panels:
        grid, unit = panel["gridPos"], panel["fieldConfig"]["defaults"]["unit"]
        x, y = GAP + grid["x"] * UNIT, GAP + grid["y"] * ROW
        w, h = grid["w"] * UNIT - GAP, grid["h"] * ROW - GAP
        out.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="3" fill="#181b1f" stroke="#25282c"/>')
        out.append(text(x + 8, y + 16, panel["title"], 11))
        box = (x + 6, y + 30, w - 16, h - 48)
        if panel["type"] == "stat":
            series = panel["answers"][0][1]
            value = float(series[0]["values"][-1][1]) if series else math.nan
            out.append(text(x + w / 2, y + h / 2 + 20, number(value, unit), 26, "#7eb26d", "middle"))
        else:
            out.extend((draw_heat if panel["type"] == "heatmap" else draw_lines)(panel, unit, box, begin, end))
    return "\n".join([*out, "</svg>"]) + "\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text(draw(*collect(int(sys.argv[2]) if len(sys.argv) > 2 else 150)))
