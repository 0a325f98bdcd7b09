using System.Buffers;
using System.Text;
using BpfMaps.Metadata;
using BpfMaps.Metrics.Names;
using BpfMaps.Metrics.Series;

namespace BpfMaps.Metrics.Text;

/// <summary>Writes metrics as Prometheus or OpenMetrics text. Series that were written before need no allocations.</summary>
internal ref struct PrometheusWriter(IBufferWriter<byte> writer, BpfMetricsFormat format)
{
    private Utf8Buffer _text = new(writer);

    public void WriteFamily(MetricFamily family)
    {
        WriteHeader(family.Name, TypeOf(family.Kind), family.UnitWord, family.Description);
        foreach (FamilyMember member in family.Members)
        {
            ReadOnlySpan<byte> map = family.NamesMap(member) ? member.MapLabel : default;
            SeriesTable series = member.Reader.Series;
            for (int i = 0; i < series.Count; i++)
            {
                if (member.Reader.IsExported(i))
                    WriteSeries(family, member, new(map, series.TextOf(i)), series.TotalsOf(i));
            }
            if (member.Reader is { IsRead: true, HasOverflow: true })
                WriteSeries(family, member, new(map, OverflowLabel), member.Reader.OverflowTotals);
        }
    }

    /// <summary>Writes the lines that precede the samples of a family.</summary>
    public void WriteHeader(string name, ReadOnlySpan<byte> type, string? unit, string description)
    {
        bool isOpenMetrics = format == BpfMetricsFormat.OpenMetrics;
        // Headers of counters have the suffix of samples in Prometheus text, but not in OpenMetrics.
        string full = !isOpenMetrics && type.SequenceEqual("counter"u8) ? name + "_total" : name;
        WriteLine("# HELP "u8, full, Escape(description, isOpenMetrics));
        WriteLine("# TYPE "u8, full, Encoding.UTF8.GetString(type));
        if (isOpenMetrics && unit is not null)
            WriteLine("# UNIT "u8, full, unit);
    }

    /// <summary>Writes a sample of a metric that is not declared.</summary>
    public void WriteSample(ReadOnlySpan<byte> name, ReadOnlySpan<byte> labels, double value)
    {
        WriteName(name, default, new(labels, default));
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
            _text.Write((long)value);
        else
            _text.Write(value);
        _text.Write((byte)'\n');
    }

    public void Finish()
    {
        if (format == BpfMetricsFormat.OpenMetrics)
            _text.Write("# EOF\n"u8);
        _text.Flush();
    }

    private static ReadOnlySpan<byte> OverflowLabel => "bpfmaps_overflow=\"true\""u8;

    private static ReadOnlySpan<byte> TypeOf(BpfMetricKind kind) =>
        kind switch
        {
            BpfMetricKind.Counter => "counter"u8,
            BpfMetricKind.Gauge => "gauge"u8,
            _ => "histogram"u8,
        };

    private void WriteSeries(MetricFamily family, FamilyMember member, Labels labels, ReadOnlySpan<ulong> totals)
    {
        if (family.Kind == BpfMetricKind.Histogram)
        {
            WriteHistogram(family, member, labels, totals);
            return;
        }
        WriteName(family.NameBytes, family.Kind == BpfMetricKind.Counter ? "_total"u8 : default, labels);
        WriteNumber(member.Number, member.Metric.Schema.Scale, totals[member.Metric.First]);
    }

    private void WriteHistogram(MetricFamily family, FamilyMember member, Labels labels, ReadOnlySpan<ulong> totals)
    {
        byte[][] bounds = member.BoundLabels(format);
        ulong count = 0;
        // The last bucket is +Inf. It includes values above the last bound, if they are counted.
        for (int bucket = 0; bucket < bounds.Length; bucket++)
        {
            if (bucket < member.Metric.Count)
                count += totals[member.Metric.First + bucket];
            WriteName(family.NameBytes, "_bucket"u8, labels with { Bound = bounds[bucket] });
            _text.Write(count);
            _text.Write((byte)'\n');
        }
        if (member.Sum is { } sum)
        {
            WriteName(family.NameBytes, "_sum"u8, labels);
            WriteNumber(sum, member.Metric.Schema.Scale, totals[member.Metric.Sum]);
        }
        // OpenMetrics allows a count only together with a sum.
        if (format == BpfMetricsFormat.OpenMetrics && member.Sum is null)
            return;
        WriteName(family.NameBytes, "_count"u8, labels);
        _text.Write(count);
        _text.Write((byte)'\n');
    }

    private void WriteName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix, Labels labels)
    {
        _text.Write(name);
        _text.Write(suffix);
        bool isFirst = true;
        WriteLabel(labels.Map, ref isFirst);
        WriteLabel(labels.Series, ref isFirst);
        WriteLabel(labels.Bound, ref isFirst);
        if (!isFirst)
            _text.Write((byte)'}');
        _text.Write((byte)' ');
    }

    private void WriteLabel(ReadOnlySpan<byte> label, ref bool isFirst)
    {
        if (label.IsEmpty)
            return;
        _text.Write(isFirst ? (byte)'{' : (byte)',');
        _text.Write(label);
        isFirst = false;
    }

    private void WriteNumber(MetricSlot slot, double scale, ulong bits)
    {
        if (slot.IsFloat)
            _text.Write(BitConverter.UInt64BitsToDouble(bits) * scale);
        else if (scale != 1)
            _text.Write(slot.Field.Kind == BpfTypeKind.Signed ? NumberText.Scale((long)bits, scale) : NumberText.Scale(bits, scale));
        else if (slot.Field.Kind == BpfTypeKind.Signed)
            _text.Write((long)bits);
        else
            _text.Write(bits);
        _text.Write((byte)'\n');
    }

    private void WriteLine(ReadOnlySpan<byte> start, string name, string rest)
    {
        _text.Write(start);
        _text.Write(Encoding.UTF8.GetBytes($"{name} {rest}\n"));
    }

    private static string Escape(string description, bool isOpenMetrics)
    {
        string escaped = description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return isOpenMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    /// <summary>The labels of a sample in text.</summary>
    private ref struct Labels(ReadOnlySpan<byte> map, ReadOnlySpan<byte> series)
    {
        public readonly ReadOnlySpan<byte> Map = map;
        public readonly ReadOnlySpan<byte> Series = series;

        public ReadOnlySpan<byte> Bound { get; init; }
    }
}
