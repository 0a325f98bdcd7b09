namespace BpfMaps.Tests;

public sealed class Log2HistogramTests
{
    [Fact]
    public void Lines_AreTheFilledSlots()
    {
        ulong[] counts = new ulong[64];
        (counts[1], counts[3], counts[4]) = (1, 40, 20);
        Assert.Equal(
            """
                  us : count      distribution
              2 -> 3 : 1          |*                                       |
              4 -> 7 : 0          |                                        |
             8 -> 15 : 40         |****************************************|
            16 -> 31 : 20         |********************                    |

            """,
            Text(counts)
        );
    }

    [Fact]
    public void FirstAndLastSlot_HaveTheirRanges()
    {
        ulong[] counts = new ulong[64];
        counts[0] = counts[63] = ulong.MaxValue;
        string[] lines = Text(counts).Split('\n');
        Assert.Contains(" 0 -> 1 : 18446744073709551615 |", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("9223372036854775808 -> 18446744073709551615 : ", lines[64], StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_WritesNothing() => Assert.Equal("", Text(new ulong[32]));

    [Fact]
    public void TooManySlots_AreRefused() =>
        Assert.Contains("at most 64 slots", Assert.Throws<ArgumentException>(() => Text(new ulong[65])).Message, StringComparison.Ordinal);

    private static string Text(ulong[] counts)
    {
        using StringWriter text = new() { NewLine = "\n" };
        Log2Histogram.Write(text, counts, "us");
        return text.ToString();
    }
}
