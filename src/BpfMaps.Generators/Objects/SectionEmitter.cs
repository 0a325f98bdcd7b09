using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>Writes the class of a section of variables.</summary>
internal static class SectionEmitter
{
    public static void Emit(SourceWriter writer, SectionMember section)
    {
        string name = DocText.Xml(section.Section.Name);
        string summary = section.IsConstant
            ? $"The constants in <c>{name}</c>. They can be set before the object is loaded, and read at any time."
            : $"The variables in <c>{name}</c>. Before the object is loaded, these are the initial values; afterwards, the variables in memory.";
        writer.WriteLine(
            $"""
            /// <summary>{summary}</summary>
            {GeneratedFile.Mark}
            public sealed class {section.ClassName} : global::BpfMaps.BpfVariableSection
            """
        );
        writer.OpenBlock();
        writer.WriteLine($"internal {section.ClassName}(global::BpfMaps.BpfTypedObject owner)");
        // An array instead of separate arguments, because params spans require C# 13.
        string[] places =
        [
            .. section.Variables.Select(static v =>
                $"\n            ({DocText.Literal(v.Variable.Name)}, {v.Variable.Offset.Text()}, {v.Size.Text()})"
            ),
        ];
        writer.WriteLine("    : base(");
        writer.WriteLine(
            $"        owner, {DocText.Literal(section.Section.Name)}, {section.Section.Size.Text()}, new (string, int, int)[]"
        );
        writer.WriteLine("        {" + string.Join(",", places));
        writer.WriteLine("        })");
        writer.OpenBlock();
        writer.CloseBlock();
        foreach (VariableMember variable in section.Variables)
        {
            if (variable.Type is not null)
                EmitProperty(writer, section, variable, variable.Type);
            if (variable.Resizable is { } resizable)
                EmitResize(writer, variable, resizable);
        }
        if (!section.IsConstant)
            EmitView(writer, section);
        writer.CloseBlock();
    }

    private static void EmitProperty(SourceWriter writer, SectionMember section, VariableMember variable, string type)
    {
        string offset = variable.Variable.Offset.Text();
        bool isFlag = type == "bool";
        string get = isFlag ? $"Read<byte>({offset}) != 0" : $"Read<{type}>({offset})";
        string set = $"{(section.IsConstant ? "WriteConstant" : "Write")}({offset}, {(isFlag ? "(byte)(value ? 1 : 0)" : "value")})";
        string exception = section.IsConstant
            ? "\n/// <exception cref=\"global::System.InvalidOperationException\">It is set after the object was loaded.</exception>"
            : "";
        writer.WriteLine(
            $$"""

            /// <summary>{{Describe(variable)}}.</summary>{{exception}}
            public {{type}} {{variable.Name}}
            {
                get => {{get}};
                set => {{set}};
            }
            """
        );
    }

    private static void EmitResize(SourceWriter writer, VariableMember variable, ResizableArray array) =>
        writer.WriteLine(
            $"""

            /// <summary>Sets the number of elements of <c>{DocText.Xml(
                variable.Variable.Name
            )}</c>, before the object is loaded (libbpf 1.3).</summary>
            /// <param name="length">The number of elements, at least 1.</param>
            /// <returns>The initial values, which can be set until the object is loaded. New elements are 0.</returns>
            /// <exception cref="global::System.InvalidOperationException">The object is already loaded.</exception>
            /// <exception cref="global::BpfMaps.BpfNotSupportedException">libbpf is older than 1.3.</exception>
            public global::System.Span<{array.Element}> {array.ResizeName}(int length) => ResizeArray<{array.Element}>({variable.Variable.Offset.Text()}, length);
            """
        );

    private static void EmitView(SourceWriter writer, SectionMember section)
    {
        bool hasArray = section.Variables.Any(static variable => variable.Resizable is not null);
        writer.WriteLine(
            $$"""

            /// <summary>Maps the loaded section for reading and writing in place (mmap, Linux 5.5).</summary>
            /// <returns>A view, which must be disposed. References into it cannot outlive it.</returns>
            /// <exception cref="global::System.InvalidOperationException">The object is not loaded yet.</exception>
            public View Map() => new(MapMemory(){{(hasArray ? ", SectionSize" : "")}});

            /// <summary>
            /// The variables in memory, which programs may change at any time. The memory stays mapped until the view is disposed.
            /// </summary>
            public readonly ref struct View
            {
                private readonly global::BpfMaps.BpfMemoryView _memory;
            """
        );
        writer.WriteLine(
            hasArray
                ? """
                    private readonly int _size;

                    internal View(global::BpfMaps.BpfMemoryView memory, int size)
                    {
                        _memory = memory;
                        _size = size;
                    }
                """
                : """

                    internal View(global::BpfMaps.BpfMemoryView memory) => _memory = memory;
                """
        );
        writer.Indent();
        foreach (VariableMember variable in section.Variables)
        {
            string slice = $"_memory.Slice({variable.Variable.Offset.Text()}, {variable.Size.Text()})";
            string member = variable.Type is { } type
                ? $"ref {type} {variable.Name} => ref global::System.Runtime.InteropServices.MemoryMarshal.AsRef<{type}>({slice});"
                : $"global::System.Span<{variable.Element}> {variable.Name} => global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {variable.Element}>({slice});";
            writer.WriteLine(
                $"""

                /// <summary>{Describe(variable)}, in place.</summary>
                [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
                public {member}
                """
            );
            if (variable.Resizable is { } array)
                EmitAll(writer, variable, array);
        }
        writer.WriteLine(
            """

            /// <summary>Releases the mapping. Safe to call more than once.</summary>
            public void Dispose() => _memory.Dispose();
            """
        );
        writer.CloseBlock();
    }

    private static void EmitAll(SourceWriter writer, VariableMember variable, ResizableArray array)
    {
        string offset = variable.Variable.Offset.Text();
        writer.WriteLine(
            $"""

            /// <summary>All elements of <c>{DocText.Xml(
                variable.Variable.Name
            )}</c>, as many as were set before the object was loaded, in place.</summary>
            [global::System.Diagnostics.CodeAnalysis.UnscopedRef]
            public global::System.Span<{array.Element}> {array.AllName} => global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {array.Element}>(_memory.Slice({offset}, _size - {offset}));
            """
        );
    }

    private static string Describe(VariableMember variable)
    {
        string type = variable.Variable.CName is { } known ? $" (<c>{DocText.Xml(known)}</c>)" : "";
        return $"<c>{DocText.Xml(variable.Variable.Name)}</c>{type}{(variable.Variable.IsStatic ? ", static" : "")}";
    }
}
