using System.Globalization;
using System.Text;
using BpfMaps.Generators.Emission;
using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Objects;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>Untrusted names in objects and file names, with all special characters, never become code or control characters.</summary>
public sealed class OutsideNamesTests
{
    /// <summary>Every control character, and every one that changes the direction of text or cannot be seen.</summary>
    private static readonly char[] s_characters =
    [
        .. Enumerable
            .Range(0, 0x10000)
            .Select(static code => (char)code)
            .Where(static c =>
                !char.IsSurrogate(c)
                && CharUnicodeInfo.GetUnicodeCategory(c)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
            ),
    ];

    private static readonly string s_all = string.Concat(s_characters) + "\"\\'`$(){}<>&;*/\n#error\r\n#endif\u2028}";

    [Theory]
    [InlineData(null)]
    [InlineData("Acme")]
    public void Declarations_AreNoOtherCodeThanThatOfPlainNames(string? space)
    {
        foreach (string name in Names())
        {
            string code = DeclarationEmitter.Emit(Layout(name), "x" + name + "\npublic class Injected;\n//.bpf.o", space);

            AssertPlain(code);
            CSharpCompilation compilation = Generation.Compile(code);
            Assert.Empty(compilation.GetDiagnostics(Ct).Where(static d => d.Severity == DiagnosticSeverity.Error));
            Assert.Equal(CountOfTypes(DeclarationEmitter.Emit(Layout(""), "x.bpf.o", space)), CountOfTypes(code));
        }
    }

    [Fact]
    public void ObjectClasses_AreNoOtherCodeThanThatOfPlainNames()
    {
        foreach (string name in Names())
        {
            string code = "namespace Acme { [BpfMaps.BpfObject(\"x.bpf.o\")] public sealed partial class X; }";
            GeneratorDriver driver = Generation
                .CreateDriver(new TextFile("/x.bpf.layout", Text(name)))
                .RunGeneratorsAndUpdateCompilation(Generation.Compile(code), out Compilation output, out _, Ct);

            Assert.Empty(output.GetDiagnostics(Ct).Where(static d => d.Severity == DiagnosticSeverity.Error));
            foreach (Microsoft.CodeAnalysis.GeneratedSourceResult source in driver.Sources())
                AssertPlain(source.SourceText.ToString());
        }
    }

    [Fact]
    public void Literals_MeanTheTextThatTheyAreOf()
    {
        foreach (string name in Names())
        {
            LiteralExpressionSyntax literal = (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(DocText.Literal(name));
            Assert.Equal(name, literal.Token.ValueText);
            AssertPlain(literal.ToString());
        }
    }

    [Fact]
    public void EscapedText_IsOneLineOfPlainCharacters()
    {
        foreach (char c in s_characters)
            Assert.Equal($"a\\u{(int)c:x4}b", OutsideText.Escape($"a{c}b"));
        Assert.Equal("größe 10 €", OutsideText.Escape("größe 10 €"));
        AssertPlain(OutsideText.Escape(s_all));
    }

    [Theory]
    [InlineData("Acme.Bpf", "Acme.Bpf")]
    [InlineData("my.event", "my.@event")]
    [InlineData("_a1.B", "_a1.B")]
    [InlineData("", null)]
    [InlineData("1a", null)]
    [InlineData("a..b", null)]
    [InlineData("a;b", null)]
    [InlineData("a{}\nclass X", null)]
    [InlineData("a.b ", null)]
    public void Namespaces_AreThoseOfCSharp(string text, string? expected) => Assert.Equal(expected, CSharpNames.Namespace(text));

    private static IEnumerable<string> Names() => s_characters.Select(static c => c.ToString()).Append(s_all);

    private static void AssertPlain(string code)
    {
        foreach (char c in code)
            Assert.True(c is '\n' || OutsideText.IsPlain(c), $"U+{(int)c:X4} in {code}");
    }

    private static int CountOfTypes(string code) =>
        CSharpSyntaxTree
            .ParseText(code, Generation.ParseOptions, cancellationToken: Ct)
            .GetRoot(Ct)
            .DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>()
            .Count();

    private static LayoutFile Layout(string name)
    {
        LayoutFile layout = LayoutFileParser.Parse(Text(name), out LayoutFileError? error)!;
        Assert.Null(error);
        return layout;
    }

    /// <summary>An object in which every name contains a text.</summary>
    private static string Text(string name)
    {
        string word = string.Concat(Encoding.UTF8.GetBytes(name).Select(static b => $"%{b:X2}"));
        return $"""
            bpf-layout 1
            object byte-order=little license=GPL{word}
            map flows{word} type=Hash key=struct:key{word} key-size=8 value=struct:value{word} value-size=16 max-entries=1
            map other{word} type=Hash key-size=4 value-size=4 max-entries=1
              problem value a problem{word} in it
            section .bss{word} size=4 flags=0x400
              var 0 u32 count{word}
            program run{word} section=xdp{word}
            type enum:mode{word} base=u16
              value ON{word} 1
              value OFF{word} 70000
            type struct:key{word} size=8 align=4
              field 0 u32 id{word} as=pid{word}
              field 4 enum:mode{word} mode{word}
            type struct:value{word} size=16 align=4
              field 0 u32 low{word} bits=0:3
              field 4 union:value{word}.1 -
              field 8 char[8] text{word}
            type union:value{word}.1 size=4 align=4
              field 0 u32 word{word}
              field 0 f32 real{word}

            """;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
