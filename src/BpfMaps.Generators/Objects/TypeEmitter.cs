using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the C# types of an object.</summary>
/// <param name="attributes">Further attributes of fields, by the token of the struct and the C name of the field.</param>
internal sealed class TypeEmitter(
    SourceWriter writer,
    ObjectTypePlanner types,
    AggregationPlanner aggregation,
    IReadOnlyDictionary<(string Struct, string Field), string>? attributes = null
)
{
    private readonly string _layouts = types.Style.System.Length == 0 ? "" : types.Style.System + "Runtime.InteropServices.";
    private readonly BitfieldEmitter _bitfields = new(writer, types);
    private readonly string _compiler = types.Style.System.Length == 0 ? "" : types.Style.System + "Runtime.CompilerServices.";

    public void EmitAll()
    {
        bool isFirst = true;
        // Aggregation requests no new types, so the list is complete.
        foreach (object plan in types.InOrder)
        {
            if (!isFirst)
                writer.WriteLine();
            isFirst = false;
            switch (plan)
            {
                case StructPlan type:
                    Emit(type);
                    break;
                case EnumPlan type:
                    Emit(type);
                    break;
                case ArrayPlan type:
                    Emit(type);
                    break;
            }
        }
    }

    private void Emit(ArrayPlan array) =>
        writer.WriteLine(
            $$"""
            /// <summary>An array of {{array.Count.Text()}} elements.</summary>
            [{{_compiler}}InlineArray({{array.Count.Text()}})]
            public struct {{array.Name}}
            {
                private {{array.ElementType}} _first;
            }
            """
        );

    private void Emit(EnumPlan plan)
    {
        bool isSigned = plan.Layout.Kind == BpfTypeKind.SignedEnum;
        string number = (isSigned, plan.Layout.Size) switch
        {
            (false, 1) => "byte",
            (true, 1) => "sbyte",
            (false, 2) => "ushort",
            (true, 2) => "short",
            (false, 4) => "uint",
            (true, 4) => "int",
            (false, _) => "ulong",
            _ => "long",
        };
        LayoutConstant[] constants = [.. plan.Layout.Constants.Where(c => Fits(c.Value, plan.Layout.Size, isSigned))];
        writer.WriteLine($"/// <summary><c>{DocText.Xml(CName(plan.Layout))}</c>.</summary>");
        string?[] remarks =
        [
            plan.Layout.Remark is { } remark ? $"Warning: {remark}." : null,
            constants.Length < plan.Layout.Constants.Count ? LeftOut(plan.Layout, isSigned) : null,
        ];
        if (remarks.Any(static r => r is not null))
            writer.WriteLine($"/// <remarks>{DocText.Xml(string.Join(" ", remarks.OfType<string>()))}</remarks>");
        writer.WriteLine($"public enum {plan.Name} : {number}");
        writer.OpenBlock();
        NameScope names = new(NameScope.OfObject);
        for (int index = 0; index < constants.Length; index++)
        {
            if (index > 0)
                writer.WriteLine();
            string value = isSigned ? constants[index].Value.Text() : unchecked((ulong)constants[index].Value).Text();
            writer.WriteLine($"/// <summary><c>{DocText.Xml(constants[index].Name)}</c>.</summary>");
            writer.WriteLine($"{names.Take(CSharpNames.Pascal(constants[index].Name, "Value"), "")} = {value},");
        }
        writer.CloseBlock();
    }

    /// <summary>Gets whether a value fits an enumeration of this size. Compilers ensure it, but BTF may contain any value.</summary>
    private static bool Fits(long value, int size, bool isSigned)
    {
        if (size == 8)
            return true;
        int bits = size * 8;
        return isSigned ? value >= -(1L << (bits - 1)) && value < 1L << (bits - 1) : value >= 0 && value < 1L << bits;
    }

    private static string LeftOut(LayoutType type, bool isSigned)
    {
        LayoutConstant[] impossible = [.. type.Constants.Where(c => !Fits(c.Value, type.Size, isSigned))];
        string first = $"'{impossible[0].Name}' ({impossible[0].Value.Text()})";
        return (impossible.Length == 1 ? first + " is" : $"{first} and {(impossible.Length - 1).Text()} more constants are")
            + $" omitted: the enumeration has {LayoutDescription.Bytes(type.Size)}.";
    }

    private void Emit(StructPlan plan)
    {
        writer.WriteLine($"/// <summary><c>{DocText.Xml(CName(plan.Layout))}</c>: {LayoutDescription.Bytes(plan.Layout.Size)}.</summary>");
        if (plan.Omitted.Count > 0)
            writer.WriteLine($"/// <remarks>{DocText.Xml(string.Join(" ", plan.Omitted))}</remarks>");
        string pack = plan.Pack == 0 ? "" : $", Pack = {plan.Pack.Text()}";
        writer.WriteLine($"[{_layouts}StructLayout({_layouts}LayoutKind.Explicit, Size = {plan.Layout.Size.Text()}{pack})]");
        writer.WriteLine($"public partial struct {plan.Name}");
        writer.OpenBlock();
        List<(int Offset, string Type, string Name)> hidden = [.. plan.Storage.Select(static s => (s.Offset, s.Type, s.Name))];
        if (types.IsPaddingNamed(plan) && plan.Bytes is null)
            hidden.AddRange(PaddingOf(plan));
        if (plan.Bytes is { } bytes)
            hidden.Add((0, bytes, "_bytes"));
        foreach ((int offset, string type, string name) in hidden)
            writer.WriteLine($"[{_layouts}FieldOffset({offset.Text()})] private {type} {name};");
        bool isFirst = hidden.Count == 0;
        foreach (MemberPlan member in plan.Members)
        {
            if (!isFirst)
                writer.WriteLine();
            isFirst = false;
            string cType = member.CType is { } known ? $" (<c>{DocText.Xml(known)}</c>)" : "";
            string bits = member is { Bits: { } place, Type: not "bool" }
                ? $", {place.Count.Text()} {(place.Count == 1 ? "bit" : "bits")}"
                : "";
            writer.WriteLine($"/// <summary><c>{DocText.Xml(member.CName)}</c>{cType}{bits}.</summary>");
            if (attributes is not null && attributes.TryGetValue((plan.Layout.Token, member.CName), out string? attribute))
                writer.WriteLine(attribute);
            if (member.Bits is null)
                writer.WriteLine($"[{_layouts}FieldOffset({member.Offset.Text()})] public {member.Type} {member.Name};");
            else
                _bitfields.Emit(member, member.Bits);
        }
        if (aggregation.OwnStepsOf(plan) is { } own)
            EmitAccumulate(plan, own);
        writer.CloseBlock();
    }

    private IEnumerable<(int Offset, string Type, string Name)> PaddingOf(StructPlan plan)
    {
        IEnumerable<(int, int, string)> fields = plan
            .Members.Where(static m => m.Bits is null)
            .Select(m => (m.Offset, m.Offset + types.SizeOf(m.Use), m.Name))
            .Concat(plan.Storage.Select(static s => (s.Offset, s.Offset + s.Size, s.Name)));
        HashSet<string> names = [];
        foreach (
            (int offset, int size) in Padding
                .Between(fields, plan.Layout.Size)
                .SelectMany(gap => PaddingFields.Fill(gap.Offset, gap.Length, plan.Layout.Alignment))
        )
            yield return (offset, PaddingFields.TypeOf(size, types.Style.Runtime), PaddingFields.TakeName(names.Add));
    }

    private void EmitAccumulate(StructPlan plan, AccumulatePlan own)
    {
        string type = types.Style.Own + plan.Name;
        writer.WriteLine();
        writer.WriteLine("/// <summary>Adds the value of one CPU to the total.</summary>");
        if (own.Kept.Count > 0)
            writer.WriteLine(
                $"/// <remarks>These members cannot be added up and keep the values of the first CPU: {string.Join(", ", own.Kept.Select(static k => $"<see cref=\"{k}\"/>"))}.</remarks>"
            );
        writer.WriteLine("/// <param name=\"total\">The total so far.</param>");
        writer.WriteLine("/// <param name=\"value\">The value to add.</param>");
        writer.WriteLine($"public static void Accumulate(ref {type} total, in {type} value)");
        AccumulateEmitter.EmitBody(writer, type, own.Steps);
    }

    private static string CName(LayoutType type) => type.Token.Substring(0, type.Token.IndexOf(':')) + " " + type.Name;
}
