using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>
/// Tests of reads and writes under a value's bpf_spin_lock. The kernel requires BTF with the position of the lock, which is handwritten
/// here.
/// </summary>
public sealed class SpinLockTests
{
    private struct Account
    {
        public BpfSpinLock Lock;
        public uint Version;
        public ulong Balance;

        public static BpfTypeLayout Layout { get; } =
            BpfTypeLayout.Struct(
                "Account",
                16,
                8,
                new("Lock", 0, BpfTypeLayout.Struct("bpf_spin_lock", 4, 4, new BpfFieldLayout("val", 0, BpfTypeLayout.Of<uint>()))),
                new("Version", 4, BpfTypeLayout.Of<uint>()),
                new("Balance", 8, BpfTypeLayout.Of<ulong>())
            );
    }

    private sealed class AccountsMap(RawMap raw) : BpfHashMap<uint, Account>(raw, SchemaOf(BpfMapType.Hash));

    private sealed class AccountArray(RawMap raw) : BpfArrayMap<Account>(raw, SchemaOf(BpfMapType.Array));

    [Fact]
    public void HashWithALock_IsReadAndWrittenUnderIt()
    {
        using AccountsMap map = new(Create(BpfMapType.Hash));
        map[1] = new()
        {
            Lock = default,
            Version = 1,
            Balance = 10,
        };
        Assert.Equal(BpfUpdateResult.Ok, map.Update(1, new() { Version = 2, Balance = 20 }, BpfUpdateFlags.Lock));
        Assert.True(map.TryGetValue(1, out Account account, BpfLookupFlags.Lock));
        Assert.Equal((2u, 20ul), (account.Version, account.Balance));
        Assert.Equal(BpfUpdateResult.Ok, map.Update(1, new() { Version = 3 }, BpfUpdateFlags.Exist | BpfUpdateFlags.Lock));
        Assert.Equal(3u, map[1].Version);
        Assert.False(map.TryGetValue(2, out _, BpfLookupFlags.Lock));
        Assert.Equal(3u, map.Single().Value.Version);
    }

    [Fact]
    public void ArrayWithALock_IsReadAndWrittenUnderIt()
    {
        using AccountArray map = new(Create(BpfMapType.Array));
        map.Set(3, new() { Version = 7, Balance = 70 }, BpfUpdateFlags.Lock);
        Account account = map.Get(3, BpfLookupFlags.Lock);
        Assert.Equal((7u, 70ul), (account.Version, account.Balance));
        Assert.Equal(7u, map[3].Version);
    }

    [Fact]
    public async Task ReadersUnderTheLock_NeverSeeAHalfWrittenValue()
    {
        using AccountArray map = new(Create(BpfMapType.Array));
        using CancellationTokenSource stop = new();
        Task writer = Task.Run(
            () =>
            {
                for (uint version = 0; !stop.IsCancellationRequested; version++)
                    map.Set(0, new() { Version = version, Balance = version }, BpfUpdateFlags.Lock);
            },
            TestContext.Current.CancellationToken
        );
        for (int read = 0; read < 20_000; read++)
        {
            Account account = map.Get(0, BpfLookupFlags.Lock);
            Assert.Equal(account.Version, account.Balance);
        }
        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public void MapWithoutALock_RejectsTheFlagAndExplainsWhy()
    {
        using CountersMap map = CountersMap.Create(4);
        map[1] = 1;
        BpfException problem = Assert.Throws<BpfException>(() => map.TryGetValue(1, out _, BpfLookupFlags.Lock));
        Assert.Equal("EINVAL", problem.ErrnoName);
        Assert.Contains("bpf_spin_lock", problem.Message);
        Assert.Throws<BpfException>(() => map.Update(1, 1, BpfUpdateFlags.Lock));
        using NumbersMap numbers = NumbersMap.Create(4);
        Assert.Throws<BpfException>(() => numbers.Get(1, BpfLookupFlags.Lock));
        Assert.Throws<BpfException>(() => numbers.Set(1, 1, BpfUpdateFlags.Lock));
    }

    private static BpfMapSchema SchemaOf(BpfMapType type) =>
        new()
        {
            Type = type,
            Name = "accounts",
            MaxEntries = 8,
            Key = BpfTypeLayout.Of<uint>(),
            Value = Account.Layout,
        };

    private static RawMap Create(BpfMapType type)
    {
        Assert.Equal(0, TestHost.Current.LoadBtf(AccountBtf(), out SafeHandle? btf));
        using (btf)
        {
            return TestMaps.Create(
                new BpfMapSpec
                {
                    Type = type,
                    Name = "accounts",
                    KeySize = 4,
                    ValueSize = 16,
                    MaxEntries = 8,
                    Btf = btf,
                    BtfKeyTypeId = 1,
                    BtfValueTypeId = 4,
                }
            );
        }
    }

    /// <summary>1: unsigned int; 2: unsigned long; 3: struct bpf_spin_lock; 4: struct account.</summary>
    private static byte[] AccountBtf()
    {
        const uint Integer = 1u << 24;
        const uint Structure = 4u << 24;
        StringBuilder strings = new("\0");
        uint[] types =
        [
            Name("unsigned int"),
            Integer,
            4,
            32,
            Name("unsigned long"),
            Integer,
            8,
            64,
            Name("bpf_spin_lock"),
            Structure | 1,
            4,
            Name("val"),
            1,
            0,
            Name("account"),
            Structure | 3,
            16,
            Name("lock"),
            3,
            0,
            Name("version"),
            1,
            32,
            Name("balance"),
            2,
            64,
        ];
        uint typeBytes = (uint)types.Length * sizeof(uint);
        uint[] header = [0x0001_EB9F, 24, 0, typeBytes, typeBytes, (uint)strings.Length];
        return
        [
            .. MemoryMarshal.AsBytes(header.AsSpan()),
            .. MemoryMarshal.AsBytes(types.AsSpan()),
            .. Encoding.ASCII.GetBytes(strings.ToString()),
        ];

        uint Name(string name)
        {
            uint offset = (uint)strings.Length;
            strings.Append(name).Append('\0');
            return offset;
        }
    }
}
