#pragma warning disable BPFMAP110, BPFMAP111, BPFMAP112, BPFMAP113, BPFMAP114, BPFMAP115, BPFMAP116 // They are what the cases are about.

namespace BpfMaps.Tests;

/// <summary>
/// Queries that cannot be translated. The test of queries runs them, and the test of the analyzer reads this file: both must refuse the
/// same part for the same reason.
/// </summary>
internal static class UntranslatableCases
{
    private const string Operation = "the operation has no translation.";
    private const string Method = "methods cannot be called in the kernel.";
    private const string Checked = "checked arithmetic cannot be translated: use unchecked(...).";

    private static readonly List<byte> s_list = [1];
    private static readonly byte[] s_array = [1];
    private static readonly Func<byte, bool> s_function = static number => number > 1;
    private static readonly ulong? s_nullable = 1;
    private static readonly object s_object = new();

    public static UntranslatableCase[] Of(BpfQuery<Flow.Key, Flow> query, BpfQuery<int, LongText> texts) =>
        [
            // Methods and operators.
            new("BPFMAP110", "IsInteresting(flow.Value)", Method, () => query.Where(flow => IsInteresting(flow.Value))),
            new(
                "BPFMAP110",
                "s_list.Contains(flow.Value.Hops)",
                Method,
                () => query.Where(flow => s_list.Contains(flow.Value.Hops)),
                "UntranslatableCases.s_list.Contains(flow.Value.Hops)"
            ),
            new(
                "BPFMAP110",
                "flow.Value.Name.ToString() == \"x\"",
                "the operator of String is a method.",
                () => query.Where(flow => flow.Value.Name.ToString() == "x")
            ),
            new(
                "BPFMAP110",
                "flow.Value.Name.ToString()",
                Method,
                () => query.Where(flow => flow.Value.Hops == 1 || flow.Value.Name.ToString().Length > 3)
            ),
            new(
                "BPFMAP110",
                "flow.Value.Name.Equals((object)\"x\")",
                Method,
                () => query.Where(flow => !flow.Value.Name.Equals((object)"x")),
                "flow.Value.Name.Equals(Convert(\"x\", Object))"
            ),
            new(
                "BPFMAP110",
                "Math.Max(flow.Value.Hops, flow.Value.Retries)",
                Method,
                () => query.Where(flow => Math.Max(flow.Value.Hops, flow.Value.Retries) > 3),
                "Max(flow.Value.Hops, flow.Value.Retries)"
            ),
            new(
                "BPFMAP110",
                "s_list[flow.Value.Hops]",
                Method,
                () => query.Where(flow => s_list[flow.Value.Hops] > 3),
                "UntranslatableCases.s_list.get_Item(Convert(flow.Value.Hops, Int32))"
            ),
            new(
                "BPFMAP110",
                "flow.Value.Bytes > 1.5m",
                "the operator of Decimal is a method.",
                () => query.Where(flow => flow.Value.Bytes > 1.5m),
                "(Convert(flow.Value.Bytes, Decimal) > 1.5)"
            ),
            new(
                "BPFMAP110",
                "new DateTime((long)flow.Value.LastSeen()) > DateTime.UnixEpoch",
                "the operator of DateTime is a method.",
                () => query.Where(flow => new DateTime((long)flow.Value.LastSeen()) > DateTime.UnixEpoch),
                "(new DateTime(Convert(flow.Value.LastSeen(), Int64)) > DateTime.UnixEpoch)"
            ),
            // Operations.
            new("BPFMAP110", "flow.Value.IsLarge", Operation, () => query.Where(flow => flow.Value.IsLarge)),
            new(
                "BPFMAP110",
                "flow.Value.Hops > 1 ? flow.Value.Bytes : 0",
                Operation,
                () => query.Where(flow => (flow.Value.Hops > 1 ? flow.Value.Bytes : 0) > 2),
                "IIF((Convert(flow.Value.Hops, Int32) > 1), flow.Value.Bytes, 0)"
            ),
            new(
                "BPFMAP110",
                "s_array[flow.Value.Hops]",
                Operation,
                () => query.Where(flow => s_array[flow.Value.Hops] > 1),
                "UntranslatableCases.s_array[Convert(flow.Value.Hops, Int32)]"
            ),
            new(
                "BPFMAP110",
                "s_function(flow.Value.Hops)",
                Operation,
                () => query.Where(flow => s_function(flow.Value.Hops)),
                "Invoke(UntranslatableCases.s_function, flow.Value.Hops)"
            ),
            // Checked arithmetic.
            new("BPFMAP110", "flow.Value.Bytes + 1", Checked, () => query.Where(flow => checked(flow.Value.Bytes + 1) > 1)),
            new("BPFMAP110", "-flow.Value.Balance", Checked, () => query.Where(flow => checked(-flow.Value.Balance) > 1)),
            new(
                "BPFMAP110",
                "(int)flow.Value.Bytes",
                Checked,
                () => query.Where(flow => checked((int)flow.Value.Bytes) > 1),
                "ConvertChecked(flow.Value.Bytes, Int32)"
            ),
            new(
                "BPFMAP110",
                "(ulong)flow.Value.Balance",
                Checked,
                () => query.Where(flow => checked((ulong)flow.Value.Balance) > 1),
                "ConvertChecked(flow.Value.Balance, UInt64)"
            ),
            // Types.
            new(
                "BPFMAP111",
                "flow.Value.Bytes * 1.5",
                "Double is not an integer.",
                () => query.Where(flow => flow.Value.Bytes * 1.5 > 2),
                "(Convert(flow.Value.Bytes, Double) * 1.5)"
            ),
            new(
                "BPFMAP111",
                "(ulong)(flow.Value.Bytes * 1.5)",
                "Double cannot be converted to an integer in a query.",
                () => query.Where(flow => (ulong)(flow.Value.Bytes * 1.5) > 2),
                "Convert((Convert(flow.Value.Bytes, Double) * 1.5), UInt64)"
            ),
            new(
                "BPFMAP111",
                "flow.Value.Bytes",
                "Nullable`1 is not an integer.",
                () => query.Where(flow => flow.Value.Bytes > s_nullable),
                "Convert(flow.Value.Bytes, Nullable`1)"
            ),
            new(
                "BPFMAP111",
                "(object)flow.Value.Hops",
                "Object is not an integer.",
                () => query.Where(flow => (object)flow.Value.Hops == s_object),
                "Convert(flow.Value.Hops, Object)"
            ),
            // Fields.
            new(
                "BPFMAP112",
                "flow.Value.Total",
                "'Total' is not a field: only fields can be used, not computed properties.",
                () => query.Where(flow => flow.Value.Total > 2)
            ),
            new(
                "BPFMAP112",
                "flow.Value.Name.ByteLength",
                "'ByteLength' is not a field: only fields can be used, not computed properties.",
                () => query.Where(flow => flow.Value.Name.ByteLength > 2)
            ),
            new(
                "BPFMAP112",
                "((Be32)flow.Value.Inner.Hits).NetworkOrder",
                "'NetworkOrder' has no translation.",
                () => query.Where(flow => ((Be32)flow.Value.Inner.Hits).NetworkOrder > 2),
                "Convert(flow.Value.Inner.Hits, Be32).NetworkOrder"
            ),
            new(
                "BPFMAP112",
                "new Counter { Hits = flow.Value.Hops }",
                "it is not a field of the key or the value.",
                () => query.Where(flow => new Counter { Hits = flow.Value.Hops }.Hits > 2),
                "new Counter() {Hits = Convert(flow.Value.Hops, UInt32)}"
            ),
            // Divisors.
            new(
                "BPFMAP113",
                "flow.Value.Packets",
                "the divisor depends on the element, and could be 0.",
                () => query.Where(flow => flow.Value.Bytes / flow.Value.Packets > 1)
            ),
            new("BPFMAP113", "-2", "the divisor is negative.", () => query.Where(flow => flow.Value.Balance % -2 == 1)),
            // Texts.
            new(
                "BPFMAP114",
                "flow.Value.Name",
                "texts can be compared with constants and captured variables.",
                () => query.Where(flow => flow.Value.Name == flow.Value.Name)
            ),
            new(
                "BPFMAP114",
                "flow.Value.Name.ToString()",
                "texts can be compared with constants and captured variables.",
                () => query.Where(flow => flow.Value.Name.StartsWith(flow.Value.Name.ToString()))
            ),
            // Elements of inline arrays.
            new(
                "BPFMAP115",
                "BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, 4)",
                "the index is 4, but the array has 4 elements.",
                () => query.Where(flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, 4) > 0),
                "ElementAt(Convert(flow.Value.Slots, ValueType), 4)"
            ),
            new(
                "BPFMAP115",
                "BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, -1)",
                "the index is -1, but the array has 4 elements.",
                () => query.Where(flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, -1) > 0),
                "ElementAt(Convert(flow.Value.Slots, ValueType), -1)"
            ),
            new(
                "BPFMAP115",
                "BpfInlineArray.ElementAt<ulong>(flow.Value.Inner, 0)",
                "the field is not an inline array.",
                () => query.Where(flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Inner, 0) > 0),
                "ElementAt(Convert(flow.Value.Inner, ValueType), 0)"
            ),
            new(
                "BPFMAP115",
                "BpfInlineArray.ElementAt<uint>(flow.Value.Slots, 0)",
                "the field has 8 bytes, but UInt32 has 4.",
                () => query.Where(flow => BpfInlineArray.ElementAt<uint>(flow.Value.Slots, 0) > 0),
                "ElementAt(Convert(flow.Value.Slots, ValueType), 0)"
            ),
            new(
                "BPFMAP115",
                "BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, flow.Value.Hops)",
                "the index depends on the element.",
                () => query.Where(flow => BpfInlineArray.ElementAt<ulong>(flow.Value.Slots, flow.Value.Hops) > 0),
                "ElementAt(Convert(flow.Value.Slots, ValueType), Convert(flow.Value.Hops, Int32))"
            ),
            // Variables.
            new(
                "BPFMAP116",
                "text.Value.Text",
                "with it, the captured variables need more than 2048 bytes.",
                () =>
                    texts.Where(text =>
                        text.Value.Text == "a" || text.Value.Text == "b" || text.Value.Text == "c" || text.Value.Text.StartsWith("d")
                    )
            ),
            // Numbers instead of conditions.
            new(
                "BPFMAP112",
                "flow.Value.Total",
                "'Total' is not a field: only fields can be used, not computed properties.",
                () => query.Sum(flow => (long)flow.Value.Total)
            ),
            new(
                "BPFMAP112",
                "flow.Value.Total",
                "'Total' is not a field: only fields can be used, not computed properties.",
                () => query.Where(flow => flow.Value.Hops > 1).Max(flow => flow.Value.Total)
            ),
            new(
                "BPFMAP113",
                "flow.Value.Packets",
                "the divisor depends on the element, and could be 0.",
                () => query.Top(3, flow => flow.Value.Bytes / flow.Value.Packets)
            ),
            new("BPFMAP110", "flow.Value.LastSeen()", Method, () => query.Min(flow => flow.Value.LastSeen())),
        ];

    private static bool IsInteresting(Flow flow) => flow.Bytes > 0;
}
