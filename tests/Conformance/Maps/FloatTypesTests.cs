using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Types with floating-point numbers on kernels whose BTF has none.</summary>
public sealed class FloatTypesTests
{
    private struct Load
    {
        public BpfSpinLock Lock;
        public float Short;
        public double Long;

        public static BpfTypeLayout Layout { get; } =
            BpfTypeLayout.Struct(
                "Load",
                16,
                8,
                new("Lock", 0, BpfTypeLayout.Struct("bpf_spin_lock", 4, 4, new BpfFieldLayout("val", 0, BpfTypeLayout.Of<uint>()))),
                new("Short", 4, BpfTypeLayout.Of<float>()),
                new("Long", 8, BpfTypeLayout.Of<double>())
            );
    }

    private static readonly BpfMapSchema s_loads = new()
    {
        Type = BpfMapType.Hash,
        Name = "loads",
        MaxEntries = 4,
        Key = BpfTypeLayout.Of<float>(),
        Value = Load.Layout,
    };

    private sealed class LoadsMap(RawMap raw) : BpfHashMap<float, Load>(raw, s_loads);

    [Fact]
    public void MapWithALock_KeepsItsTypes()
    {
        using LoadsMap loads = new(s_loads.Create(null, new NoFloatsHost()));
        Assert.NotEqual(0u, loads.Info.BtfId);

        Assert.Equal(
            BpfUpdateResult.Ok,
            loads.Update(
                1.5f,
                new()
                {
                    Lock = default,
                    Short = 0.25f,
                    Long = 1e300,
                },
                BpfUpdateFlags.Any
            )
        );
        Assert.True(loads.TryGetValue(1.5f, out Load load, BpfLookupFlags.Lock));
        Assert.Equal((0.25f, 1e300), (load.Short, load.Long));
    }

    [Fact]
    public void TypesReadBack_AreTheDeclaredOnes()
    {
        using RawMap map = s_loads.Create(null, new NoFloatsHost());
        Assert.True(MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value));
        Assert.Equal("float (4 bytes)", key!.ToString());
        Assert.Equal("Load (16 bytes): Lock bpf_spin_lock @0, Short float @4, Long double @8", value!.ToString());
        Assert.Empty(LayoutComparison.Compare(Load.Layout, value));
    }

    /// <summary>libbpf replaces them by structs of the same size, without a name and members.</summary>
    [Fact]
    public void TypesOfAMapThatLibbpfCreated_MatchTheDeclaration()
    {
        BpfTypeLayout plain = BpfTypeLayout.Struct(
            "load",
            24,
            8,
            new("many", 0, BpfTypeLayout.Struct("", 4, 1), 3),
            new("one", 16, BpfTypeLayout.Struct("", 8, 1))
        );
        BpfTypeLayout declared = BpfTypeLayout.Struct(
            "Load",
            24,
            8,
            new("Many", 0, BpfTypeLayout.Of<float>(), 3),
            new("One", 16, BpfTypeLayout.Of<double>())
        );
        using RawMap map = DescribedMaps.Create(BpfMapType.Hash, BpfTypeLayout.Of<uint>(), plain);
        Assert.True(MapBtf.TryGetLayouts(map, out _, out BpfTypeLayout? value));
        Assert.Empty(LayoutComparison.Compare(declared, value!));
    }

    [Fact]
    public void OtherRefusal_IsNotHiddenByTheSecondAttempt()
    {
        using LoadedBtf? none = MapBtf.TryLoad(new NoTypesHost(), null, Load.Layout, out int errno);
        Assert.Null(none);
        Assert.Equal(Errno.EPERM, errno);
    }

    private sealed class NoTypesHost() : ForwardingHost(TestHost.Current)
    {
        internal override int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle)
        {
            handle = null;
            return Errno.EPERM;
        }
    }
}
