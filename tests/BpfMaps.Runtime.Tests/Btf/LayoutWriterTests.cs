using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class LayoutWriterTests
{
    [Theory]
    [InlineData("maps")]
    [InlineData("structs")]
    [InlineData("members")]
    public void Object_IsDescribed(string fixture)
    {
        string text = LayoutWriter.Write(Fixture.Open(fixture));
        Assert.Equal(File.ReadAllText(ClangCompiler.FixturePath($"{fixture}.layout")), text);
    }

    [Fact]
    public void SameObject_GivesTheSameText() =>
        Assert.Equal(LayoutWriter.Write(Fixture.Open("structs")), LayoutWriter.Write(Fixture.Open("structs")));

    [Fact]
    public void OtherByteOrder_ChangesOnlyTheLineOfTheObject()
    {
        string[] little = LayoutWriter.Write(Fixture.Open("structs")).Split('\n');
        string[] big = LayoutWriter.Write(Fixture.Open("structs", Fixture.BigEndian)).Split('\n');
        Assert.Equal("object byte-order=big license=GPL", big[1]);
        Assert.Equal(little[2..], big[2..]);
    }

    [Theory]
    [InlineData("tracepoint/syscalls/sys_enter_openat", "tracepoint/syscalls/sys_enter_openat")]
    [InlineData("Dual MIT/GPL", "Dual%20MIT/GPL")]
    [InlineData("100%", "100%25")]
    [InlineData("a=b[1]", "a%3Db%5B1%5D")]
    [InlineData("größe\n", "gr%C3%B6%C3%9Fe%0A")]
    public void Word_IsEncodedIfNecessary(string text, string expected) => Assert.Equal(expected, LayoutText.Encode(text));

    [Fact]
    public void EmptyName_IsADash() => Assert.Equal(["-", "%2D", "x"], ((string[])["", "-", "x"]).Select(LayoutText.EncodeName));
}
