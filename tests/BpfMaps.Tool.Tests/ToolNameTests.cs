using System.Text;

namespace BpfMaps.Tests;

/// <summary>Tests that every command escapes names from outside on the terminal, and that no command ends with a stack trace.</summary>
public sealed class ToolNameTests : IDisposable
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        enum enum_esc { CONSTANT_ESC = 1 };
        struct value_esc { __u32 field_esc; enum enum_esc other_esc; };
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, struct value_esc); } map_esc SEC(".maps");
        __u32 variable_esc;
        SEC("raw_tp/esc") int program_esc(void *ctx) { return variable_esc; }
        char LICENSE[] SEC("license") = "GPL";
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_names_");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <param name="name">Three bytes that take the place of "esc" in every name.</param>
    [Theory]
    [InlineData("1b5b6d")]
    [InlineData("610a62")]
    [InlineData("0d0708")]
    [InlineData("e280ae")]
    [InlineData("e281a6")]
    [InlineData("c28578")]
    [InlineData("e280a8")]
    [InlineData("226024")]
    [InlineData("7f7f7f")]
    [InlineData("fffe80")]
    [InlineData("3c263e")]
    public void NamesInObjects_ReachTheTerminalEscaped(string name)
    {
        Require.Clang();
        string path = Path.Combine(_folder.FullName, "x.bpf.o");
        File.WriteAllBytes(path, Replace(ClangCompiler.CompileText(Source), "esc"u8, Convert.FromHexString(name)));

        foreach (string command in new[] { "show", "layout", "generate" })
        {
            (int exitCode, string output, string errors) = Programs.RunTool(command, path);
            Assert.InRange(exitCode, 0, 1);
            AssertPlain(output);
            AssertPlain(errors);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.True(exitCode == 0 ? errors.Length == 0 : errors.TrimEnd('\n').Split('\n').Length == 1, errors);
        }
    }

    [Theory]
    [InlineData("a\nb.bpf.o")]
    [InlineData("a\u001b[31m.bpf.o")]
    [InlineData("a\u202e\u2066.bpf.o")]
    [InlineData("a`id`$(id);\"'.bpf.o")]
    public void NamesOfFiles_ReachCodeAndTerminalEscaped(string name)
    {
        Require.Clang();
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, ClangCompiler.CompileText(Source));

        (int exitCode, string output, _) = Programs.RunTool("generate", path);

        Assert.Equal(0, exitCode);
        AssertPlain(output);
        Assert.StartsWith("// Declarations of the maps of a", output, StringComparison.Ordinal);
        Assert.Equal("using System;", output.Split('\n')[1]);
        (_, _, string errors) = Programs.RunTool("show", path + "\u001b.missing.o");
        AssertPlain(errors);
        Assert.StartsWith("bpfmaps: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesOfPins_ReachTheTerminalEscaped()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = "namestest",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 1,
            }
        );
        string path = pins["p\u001b[31m\n\u202ered"];
        map.Pin(path);

        string output = Programs.RunTool("list").Output;
        string shown = Programs.RunTool("show", path).Output;

        AssertPlain(output);
        Assert.Contains("p\\u001b[31m\\u000a\\u202ered", output, StringComparison.Ordinal);
        AssertPlain(shown);
        AssertPlain(Programs.RunTool("dump", path + "\u001b").Errors);
        AssertPlain(Programs.RunTool("no\u001bcommand").Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a;b")]
    [InlineData("a\nclass X;")]
    public void WhatIsNoNamespace_IsRefusedWithASentence(string space)
    {
        (int exitCode, string output, string errors) = Programs.RunTool(
            "generate",
            Programs.SampleFile("SyscallTop/bpf/syscalls.bpf.o"),
            "--namespace",
            space
        );

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("bpfmaps: '", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    private static void AssertPlain(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            Assert.False(
                rune.Value != '\n'
                    && (
                        Rune.IsControl(rune)
                        || Rune.GetUnicodeCategory(rune)
                            is System.Globalization.UnicodeCategory.Format
                                or System.Globalization.UnicodeCategory.LineSeparator
                    ),
                $"U+{rune.Value:X4} in {text}"
            );
    }

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> from, byte[] to)
    {
        for (int index = 0; index + from.Length <= bytes.Length; index++)
        {
            if (bytes.AsSpan(index, from.Length).SequenceEqual(from))
                to.CopyTo(bytes.AsSpan(index));
        }
        return bytes;
    }
}
