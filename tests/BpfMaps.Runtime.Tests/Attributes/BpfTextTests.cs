using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;

namespace BpfMaps.Tests;

public class BpfTextTests
{
    // All types of UTF-8 sequences, one to four bytes long, and lone surrogates, which become U+FFFD.
    private static readonly Gen<string> s_text = Gen.OneOf(
            Gen.Char['a', 'z'].Select(char.ToString),
            Gen.Const("é"),
            Gen.Const("€"),
            Gen.Const("𝄞"),
            Gen.Const("\uD800"),
            Gen.Const("\uDC00")
        )
        .Array[0, 24]
        .Select(string.Concat);

    [InlineArray(3)]
    private struct ThreeBytes
    {
        private byte _first;
    }

    [InlineArray(4)]
    private struct FourShorts
    {
        private short _first;
    }

    [Fact]
    public void AnyText_ThatFits_ComesBack()
    {
        s_text.Sample(text =>
        {
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            BpfText<Bytes128> stored = new(text);
            Assert.Equal(expected, stored.ToString());
            Assert.Equal(Encoding.UTF8.GetByteCount(text), stored.AsSpan().Length);
            Assert.True(stored.Equals(expected));
            Assert.True(stored.Equals(Encoding.UTF8.GetBytes(text).AsSpan()));
            Assert.Equal(stored, new BpfText<Bytes128>(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(stored.GetHashCode(), new BpfText<Bytes128>(Encoding.UTF8.GetBytes(text)).GetHashCode());
            Assert.Equal(
                0,
                MemoryMarshal.AsBytes(new Span<BpfText<Bytes128>>(ref stored))[stored.AsSpan().Length..].IndexOfAnyExcept((byte)0) + 1
            );
        });
    }

    [Fact]
    public void EqualityWithAString_MatchesToString()
    {
        Gen.Select(Gen.Byte.Array[0, 16], s_text)
            .Sample(
                (bytes, text) =>
                {
                    BpfText<Bytes16> stored = new(bytes);
                    Assert.Equal(stored.ToString() == text, stored == text);
                    Assert.True(stored == stored.ToString());
                    Assert.False(stored == stored.ToString() + "x");
                }
            );
    }

    [Fact]
    public void LongText_IsComparedAcrossTheDecodingBuffer()
    {
        string text = string.Concat(Enumerable.Repeat("a€𝄞", 30));
        BpfText<Bytes256> stored = text;
        Assert.True(stored == text);
        Assert.False(stored == text[..^2] + "𝄢");
        Assert.False(stored == text[..^2]);
    }

    [Fact]
    public void Truncate_KeepsAsManyWholeCharactersAsFit()
    {
        s_text.Sample(text =>
        {
            BpfText<Bytes16> stored = BpfText<Bytes16>.Truncate(text);
            int bytes = 0;
            StringBuilder expected = new();
            foreach (Rune rune in text.EnumerateRunes())
            {
                bytes += rune.Utf8SequenceLength;
                if (bytes > 16)
                    break;
                expected.Append(rune);
            }
            Assert.Equal(expected.ToString(), stored.ToString());
            Assert.Equal(Encoding.UTF8.GetByteCount(text) <= 16, BpfText<Bytes16>.TryCreate(text, out BpfText<Bytes16> whole));
            Assert.True(whole.IsEmpty || whole == stored);
        });
    }

    [Fact]
    public void TooLongText_IsRejectedWithTheRequiredAndAvailableSize()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new BpfText<Bytes8>("größer als"));
        Assert.Contains("needs 12 bytes", problem.Message);
        Assert.Contains("8 fit", problem.Message);
        Assert.Throws<ArgumentException>(() => new BpfText<Bytes8>("123456789"u8));
        Assert.Throws<ArgumentException>(() =>
        {
            BpfText<Bytes8> text = "123456789";
        });
    }

    [Fact]
    public void TextThatFillsTheBuffer_NeedsNoNul()
    {
        BpfText<Bytes8> full = "12345678";
        Assert.Equal("12345678", full.ToString());
        Assert.Equal(8, full.AsSpan().Length);
    }

    [Fact]
    public void BytesAfterTheFirstNul_AreIgnored()
    {
        BpfText<Bytes8> fromBpf = default;
        "ab\0junk!"u8.CopyTo(MemoryMarshal.AsBytes(new Span<BpfText<Bytes8>>(ref fromBpf)));
        BpfText<Bytes8> clean = "ab";
        Assert.Equal(clean, fromBpf);
        Assert.Equal(clean.GetHashCode(), fromBpf.GetHashCode());
        Assert.True(fromBpf == "ab");
        Assert.True(fromBpf.Equals("ab"u8));
        Assert.Equal("ab", $"{fromBpf}");
        Assert.Equal(clean, new BpfText<Bytes8>("ab\0junk that is longer than eight"u8));
    }

    [Fact]
    public void NulInAString_ThrowsArgumentException()
    {
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => new BpfText<Bytes8>("a\0b")).Message);
        Assert.False(BpfText<Bytes8>.TryCreate("a\0b", out _));
        Assert.Equal("a", BpfText<Bytes8>.Truncate("a\0b").ToString());
    }

    [Fact]
    public void BufferThatIsNotAnInlineArrayOfBytes_IsRejectedWithAHint()
    {
        Assert.Contains("BpfText<Bytes16>", Assert.Throws<NotSupportedException>(() => new BpfText<Guid>("x")).Message);
        Assert.Contains("FourShorts", Assert.Throws<NotSupportedException>(() => default(BpfText<FourShorts>).ToString()).Message);
        Assert.Throws<NotSupportedException>(() => BpfText<int>.Capacity);
    }

    [Fact]
    public void CustomBuffer_HasItsSize()
    {
        Assert.Equal(3, Unsafe.SizeOf<BpfText<ThreeBytes>>());
        Assert.Equal(3, BpfText<ThreeBytes>.Capacity);
        Assert.Equal("a", BpfText<ThreeBytes>.Truncate("a€").ToString());
        Assert.Equal(
            [8, 16, 32, 64, 128, 256],
            [
                BpfText<Bytes8>.Capacity,
                BpfText<Bytes16>.Capacity,
                BpfText<Bytes32>.Capacity,
                BpfText<Bytes64>.Capacity,
                BpfText<Bytes128>.Capacity,
                BpfText<Bytes256>.Capacity,
            ]
        );
    }

    [Fact]
    public void ComparingAndHashing_AllocatesNothing()
    {
        BpfText<Bytes16> stored = "größe";
        BpfText<Bytes16> other = "größe!";
        bool warm = Compare(stored, other);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool result = Compare(stored, other);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(warm, result);
        Assert.True(result);

        static bool Compare(BpfText<Bytes16> stored, BpfText<Bytes16> other) =>
            stored == "größe"
            && stored.Equals("größe"u8)
            && stored != other
            && stored.GetHashCode() != 0
            && Comparer<BpfText<Bytes16>>.Default.Compare(stored, other) < 0
            && stored.Equals("größe");
    }

    [Fact]
    public void Formatting_WritesCharactersAndBytes()
    {
        BpfText<Bytes16> stored = "größe";
        Span<char> characters = stackalloc char[5];
        ISpanFormattable text = stored;
        Assert.True(text.TryFormat(characters, out int written, default, null));
        Assert.Equal("größe", characters[..written]);
        Assert.False(text.TryFormat(characters[..4], out written, default, null));
        IUtf8SpanFormattable utf8 = stored;
        Span<byte> bytes = stackalloc byte[7];
        Assert.True(utf8.TryFormat(bytes, out written, default, null));
        Assert.Equal("größe"u8, bytes[..written]);
        Assert.False(utf8.TryFormat(bytes[..6], out written, default, null));
        Assert.Equal(0, written);
    }
}
