using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>The structs of BPF objects have C# names, and their layouts those of C.</summary>
public sealed class FieldSearchTests
{
    private static readonly System.Linq.Expressions.Expression<Func<KeyValuePair<uint, Session>, bool>> s_bits = session =>
        session.Value.IsOpen == 1;

    [Fact]
    public void FieldsOfObjects_AreFoundByTheirNamesInCSharp()
    {
        using SizedMap<uint, Session> map = Create();
        map.Set(
            1,
            new()
            {
                LastSeen = 7,
                Retries = 2,
                TcpFlags = 3,
                RxBytes = 1,
                RxBytes2 = 2,
            }
        );
        map.Set(
            2,
            new()
            {
                LastSeen = 9,
                Retries = 1,
                TcpFlags = 4,
            }
        );
        using BpfQuery<uint, Session> query = map.InKernel();

        Assert.Equal(9UL, query.Max(session => session.Value.LastSeen));
        Assert.Equal(2U, query.Where(session => session.Value.TcpFlags == 4).First().Key);
        Assert.Equal(1U, query.Where(session => session.Value.Retries == 2).First().Key);
    }

    [Fact]
    public void BitsAndAmbiguousNames_AreNotFields()
    {
        using SizedMap<uint, Session> map = Create();
        using BpfQuery<uint, Session> query = map.InKernel();

        ArgumentException bits = Assert.Throws<ArgumentException>(() => query.Where(s_bits));
        Assert.Contains("'IsOpen' is not a field", bits.Message, StringComparison.Ordinal);
        ArgumentException ambiguous = Assert.Throws<ArgumentException>(() => query.Max(session => session.Value.RxBytes));
        Assert.Contains("'RxBytes' is not a field", ambiguous.Message, StringComparison.Ordinal);
    }

    private static SizedMap<uint, Session> Create()
    {
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "sessions",
            MaxEntries = 10,
            Key = BpfTypeLayout.Of<uint>(),
            Value = BpfTypeLayout.Struct(
                "session",
                32,
                8,
                new BpfFieldLayout("last_seen", 0, BpfTypeLayout.Of<ulong>()),
                new BpfFieldLayout(
                    "",
                    8,
                    BpfTypeLayout.Struct(
                        "",
                        8,
                        4,
                        new BpfFieldLayout("retries", 0, BpfTypeLayout.Of<uint>()),
                        new BpfFieldLayout("TCP_FLAGS", 4, BpfTypeLayout.Of<uint>())
                    )
                ),
                new BpfFieldLayout("rx_bytes", 16, BpfTypeLayout.Of<uint>()),
                new BpfFieldLayout("rxBytes", 20, BpfTypeLayout.Of<uint>()),
                BpfFieldLayout.Bitfield("is_open", 24, BpfTypeLayout.Of<ulong>(), 0, 1)
            ),
        };
        return new(schema.Create(null, new InMemoryBpfHost()), schema);
    }

    internal struct Session
    {
        public ulong LastSeen;
        public uint Retries;
        public uint TcpFlags;
        public uint RxBytes;
        public uint RxBytes2;
        private ulong _bits0;

        public ulong IsOpen
        {
            readonly get => _bits0 & 1;
            set => _bits0 = value;
        }
    }
}
