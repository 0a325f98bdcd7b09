using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>Random structs as sources of both languages, with the layouts of the generator.</summary>
internal sealed class StructBatch
{
    private readonly List<RenderedField[]> _fields = [];
    private readonly List<(bool IsC, bool IsArrayElement)> _known = [];
    private readonly StructDeclaration[] _structs;
    private readonly CSharpCompilation _compilation;

    public StructBatch(StructDeclaration[] structs)
    {
        _structs = structs;
        for (int i = 0; i < structs.Length; i++)
        {
            RenderedField[] fields = [.. structs[i].Fields.Select((f, index) => FieldRenderer.Render(i, index, f, _known))];
            _fields.Add(fields);
            _known.Add((structs[i].IsC && fields.All(static f => f.C is not null), structs[i].IsArrayElement));
        }
        CSharp = RenderCSharp();
        _compilation = CSharpCompilation.Create(
            "Structs",
            [CSharpSyntaxTree.ParseText(CSharp, Generation.ParseOptions)],
            References.All,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true
            )
        );
    }

    public string CSharp { get; }

    /// <summary>The size, the offset and size of every field, and the gaps, as the generator computes them.</summary>
    public string[] Computed()
    {
        List<Diagnostic> reported = [];
        INamedTypeSymbol lpmKey = _compilation.GetTypeByMetadataName("BpfMaps.LpmKey`1")!;
        LayoutParser parser = new(
            lpmKey.ContainingAssembly,
            new Reporter(_compilation, Location.None, reported.Add),
            CancellationToken.None
        );
        return
        [
            .. Enumerable
                .Range(0, _structs.Length)
                .Select(i =>
                {
                    TypeLayout? layout = parser.Parse(_compilation.GetTypeByMetadataName("S" + i)!, Location.None);
                    Assert.True(layout is not null, string.Join('\n', reported) + "\n" + CSharp);
                    return Describe(
                        layout.Size,
                        layout.Fields.Select(static f => (f.Offset, f.Size)),
                        string.Join(",", Padding.Own(layout).Select(static g => $"{g.Offset}+{g.Length}"))
                    );
                }),
        ];
    }

    /// <summary>The same layout in the runtime library.</summary>
    public string[] AtRunTime()
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _compilation.Emit(image);
        Assert.True(
            result.Success,
            string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)) + "\n" + CSharp
        );
        AssemblyLoadContext context = new("Structs", isCollectible: true);
        try
        {
            image.Position = 0;
            Assembly assembly = context.LoadFromStream(image);
            return
            [
                .. Enumerable
                    .Range(0, _structs.Length)
                    .Select(i =>
                    {
                        int[] numbers = (int[])assembly.GetType("Probe")!.GetMethod("S" + i)!.Invoke(null, null)!;
                        (int Offset, int Size)[] fields = [.. numbers.Skip(1).Chunk(2).Select(static p => (p[0], p[1]))];
                        return Describe(numbers[0], fields, Gaps(numbers[0], fields));
                    }),
            ];
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>A C file that clang accepts only if its structs have the layouts that the generator computes.</summary>
    public string C()
    {
        string[] computed = Computed();
        StringBuilder text = new("#define offsetof(t, f) __builtin_offsetof(t, f)\n");
        for (int i = 0; i < _structs.Length; i++)
        {
            if (!_known[i].IsC)
                continue;
            StructDeclaration declaration = _structs[i];
            string kind =
                declaration.Arrangement == Arrangement.Union ? "struct S{0} {{ union {{ {1} }}; }};\n" : "struct S{0} {{ {1} }};\n";
            text.Append(string.Concat(_fields[i].Select(static f => f.CExtra))).Append('\n');
            if (declaration.Arrangement == Arrangement.Packed)
                text.Append($"#pragma pack(push, {declaration.Pack})\n");
            text.AppendFormat(null, kind, i, string.Join(' ', _fields[i].Select(static f => f.C)));
            if (declaration.Arrangement == Arrangement.Packed)
                text.Append("#pragma pack(pop)\n");
            string[] parts = computed[i].Split(' ');
            text.Append($"_Static_assert(sizeof(struct S{i}) == {parts[0]}, \"size of S{i}\");\n");
            for (int f = 0; f < _fields[i].Length; f++)
                text.Append($"_Static_assert(offsetof(struct S{i}, f{f}) == {parts[f + 1].Split('+')[0]}, \"f{f} of S{i}\");\n");
        }
        return text.ToString();
    }

    private static string Describe(int size, IEnumerable<(int Offset, int Size)> fields, string gaps) =>
        $"{size} {string.Join(' ', fields.Select(static f => $"{f.Offset}+{f.Size}"))} gaps:{gaps}";

    private static string Gaps(int size, (int Offset, int Size)[] fields)
    {
        bool[] covered = new bool[size];
        foreach ((int offset, int length) in fields)
            covered.AsSpan(offset, length).Fill(true);
        List<string> gaps = [];
        for (int at = 0; at < size; at++)
        {
            int start = at;
            while (at < size && !covered[at])
                at++;
            if (at > start)
                gaps.Add($"{start}+{at - start}");
        }
        return string.Join(',', gaps);
    }

    private string RenderCSharp()
    {
        StringBuilder text = new(
            "using System; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using BpfMaps;\n"
        );
        StringBuilder probe = new("public static unsafe class Probe\n{\n");
        for (int i = 0; i < _structs.Length; i++)
        {
            StructDeclaration declaration = _structs[i];
            foreach (RenderedField field in _fields[i])
                text.Append(field.Extra).Append('\n');
            text.Append($"{declaration.Attribute}public unsafe struct S{i}\n{{\n");
            for (int f = 0; f < _fields[i].Length; f++)
            {
                string offset = declaration.IsExplicit ? $"[FieldOffset({declaration.OffsetOf(declaration.Fields[f])})] " : "";
                text.Append($"    {offset}{_fields[i][f].CSharp}\n");
            }
            text.Append("}\n");
            string fields = string.Concat(
                _fields[i]
                    .Select(f =>
                        f.IsPointer
                            ? $", (int)((byte*)v.{f.Name} - (byte*)&v), {BufferSize(f)}"
                            : $", (int)((byte*)&v.{f.Name} - (byte*)&v), sizeof({f.CSharp.Split(' ')[1]})"
                    )
            );
            probe.Append($"    public static int[] S{i}() {{ S{i} v; return [Unsafe.SizeOf<S{i}>(){fields}]; }}\n");
        }
        return text.Append(probe).Append("}\n").ToString();
    }

    // "public fixed uint f0[3];" holds 3 * sizeof(uint) bytes.
    private static string BufferSize(RenderedField field)
    {
        string[] words = field.CSharp.Split(' ', '[', ']');
        return $"{words[4]} * sizeof({words[2]})";
    }
}
