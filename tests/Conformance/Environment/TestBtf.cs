using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Handwritten BTF: an int, and a struct of an int and a spin lock.</summary>
internal static class TestBtf
{
    /// <summary><c>int</c>, 4 bytes.</summary>
    public const uint Int = 1;

    /// <summary><c>struct value { int count; struct bpf_spin_lock lock; }</c>, 8 bytes.</summary>
    public const uint LockedValue = 3;

    /// <summary>Loads the BTF into the host.</summary>
    public static SafeHandle Load()
    {
        int errno = TestHost.Current.LoadBtf(MemoryMarshal.AsBytes<uint>(Make()), out SafeHandle? btf);
        Assert.True(errno == Errno.Ok, $"BPF_BTF_LOAD failed: {Errno.Describe(errno)}");
        return btf!;
    }

    private static uint[] Make()
    {
        const uint kindInt = 1u << 24,
            kindStruct = 4u << 24,
            signed32 = 1u << 24 | 32;
        ReadOnlySpan<byte> strings = "\0int\0val\0bpf_spin_lock\0value\0count\0lock\0\0\0\0\0"u8; // at 1, 5, 9, 23, 29, 35; 44 bytes in all
        uint[] types =
        [
            1,
            kindInt,
            4,
            signed32, // [1] int
            9,
            kindStruct | 1,
            4,
            5,
            1,
            0, // [2] struct bpf_spin_lock { int val; }
            23,
            kindStruct | 2,
            8,
            29,
            1,
            0,
            35,
            2,
            32, // [3] struct value { int count; struct bpf_spin_lock lock; }
        ];
        uint typeBytes = (uint)types.Length * sizeof(uint);
        uint magicVersionFlags = BitConverter.IsLittleEndian ? 0x0001_eb9fu : 0xeb9f_0100u;
        return [magicVersionFlags, 24, 0, typeBytes, typeBytes, (uint)strings.Length, .. types, .. MemoryMarshal.Cast<byte, uint>(strings)];
    }
}
