namespace BpfMaps.Generators.Tests.Harness;

/// <summary>The runtime as the generated code sees it: shapes without behaviour.</summary>
internal static class ContractStubs
{
    public const string Source = """
        #nullable enable
        #pragma warning disable CS8618, CS0649, CS0169
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;

        namespace BpfMaps
        {
            public enum BpfTypeKind { Unsigned, Signed, Float, Char, Enum, SignedEnum, Struct, Union }
            public enum BpfMapAccess { ReadWrite, ReadOnly, WriteOnly }

            public sealed class BpfTypeLayout
            {
                public string Name = "";
                public BpfTypeKind Kind;
                public int Size, Alignment;
                public IReadOnlyList<BpfFieldLayout> Fields = [];
                public static BpfTypeLayout Scalar(string name, BpfTypeKind kind, int size) => new() { Name = name, Kind = kind, Size = size, Alignment = size };
                public static BpfTypeLayout Struct(string name, int size, int alignment, params BpfFieldLayout[] fields) => new() { Name = name, Kind = BpfTypeKind.Struct, Size = size, Alignment = alignment, Fields = fields };
                public static BpfTypeLayout Union(string name, int size, int alignment, params BpfFieldLayout[] fields) => new() { Name = name, Kind = BpfTypeKind.Union, Size = size, Alignment = alignment, Fields = fields };
                public static BpfTypeLayout Byte { get; } = Scalar("byte", BpfTypeKind.Unsigned, 1);
                public static BpfTypeLayout SByte { get; } = Scalar("sbyte", BpfTypeKind.Signed, 1);
                public static BpfTypeLayout Int16 { get; } = Scalar("short", BpfTypeKind.Signed, 2);
                public static BpfTypeLayout UInt16 { get; } = Scalar("ushort", BpfTypeKind.Unsigned, 2);
                public static BpfTypeLayout Int32 { get; } = Scalar("int", BpfTypeKind.Signed, 4);
                public static BpfTypeLayout UInt32 { get; } = Scalar("uint", BpfTypeKind.Unsigned, 4);
                public static BpfTypeLayout Int64 { get; } = Scalar("long", BpfTypeKind.Signed, 8);
                public static BpfTypeLayout UInt64 { get; } = Scalar("ulong", BpfTypeKind.Unsigned, 8);
                public static BpfTypeLayout Int128 { get; } = Scalar("Int128", BpfTypeKind.Signed, 16);
                public static BpfTypeLayout UInt128 { get; } = Scalar("UInt128", BpfTypeKind.Unsigned, 16);
                public static BpfTypeLayout Single { get; } = Scalar("float", BpfTypeKind.Float, 4);
                public static BpfTypeLayout Double { get; } = Scalar("double", BpfTypeKind.Float, 8);
                public static BpfTypeLayout Char8 { get; } = Scalar("char", BpfTypeKind.Char, 1);
            }

            public sealed class BpfFieldLayout(string name, int offset, BpfTypeLayout type, int count = 0)
            {
                public string Name => name;
                public int Offset => offset;
                public BpfTypeLayout Type => type;
                public int Count => count;
            }

            public class BpfHost;
            public sealed class BpfMapMismatchException : Exception;
            public class BpfMapSpec { public int NumaNode; }

            public sealed class RawMap : IDisposable
            {
                public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value, BpfLookupFlags flags = 0) => throw null!;
                public bool TryLookupPerCpu(ReadOnlySpan<byte> key, Span<byte> values) => throw null!;
                public bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value) => throw null!;
                public BpfUpdateResult Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, BpfUpdateFlags flags = 0) => throw null!;
                public bool Delete(ReadOnlySpan<byte> key) => throw null!;
                public bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> nextKey) => throw null!;
                public void Dispose() { }
            }

            [Flags] public enum BpfUpdateFlags : ulong { Any = 0, NoExist = 1, Exist = 2, Lock = 4 }
            [Flags] public enum BpfLookupFlags : ulong { None = 0, Lock = 4 }
            public enum BpfUpdateResult { Ok, AlreadyExists, NotFound, Full }

            public sealed class BpfMapSchema
            {
                public required BpfMapType Type { get; init; }
                public required string Name { get; init; }
                public uint? MaxEntries { get; init; }
                public BpfMapFlags Flags { get; init; }
                public BpfTypeLayout? Key { get; init; }
                public required BpfTypeLayout Value { get; init; }
                public RawMap Create(uint? maxEntries, BpfHost? host) => throw null!;
                public RawMap OpenPinned(string path, BpfMapAccess access, BpfHost? host) => throw null!;
                public RawMap OpenById(uint id, BpfHost? host) => throw null!;
                public RawMap OpenOrCreatePinned(string path, uint? maxEntries, BpfHost? host) => throw null!;
                public RawMap FromFileDescriptor(int fileDescriptor, BpfHost? host) => throw null!;
                public RawMap Validate(RawMap raw) => throw null!;
            }

            public abstract class BpfTypedMap : IDisposable
            {
                public RawMap Raw => throw null!;
                public void Pin(string path) { }
                public void Dispose() { }
            }

            public abstract class BpfHashMap<TKey, TValue> : BpfTypedMap, IEnumerable<KeyValuePair<TKey, TValue>> where TKey : unmanaged where TValue : unmanaged
            {
                protected BpfHashMap(RawMap raw, BpfMapSchema schema) { }
                public TValue this[TKey key] { get => throw null!; set { } }
                public bool TryGetValue(TKey key, out TValue value) => throw null!;
                public IEnumerable<TKey> Keys => throw null!;
                public long Count() => 0;
                public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => throw null!;
                IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
            }

            public abstract class BpfPerCpuHashMap<TKey, TValue> : BpfTypedMap where TKey : unmanaged where TValue : unmanaged
            {
                protected BpfPerCpuHashMap(RawMap raw, BpfMapSchema schema) { }
                protected abstract void Accumulate(ref TValue total, in TValue value);
                public bool TryGetValues(TKey key, Span<TValue> values) => throw null!;
                public bool TryAggregate(TKey key, out TValue total) => throw null!;
                public IEnumerable<TKey> Keys => throw null!;
                public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => throw null!;
            }

            public abstract class BpfArrayMap<TValue> : BpfTypedMap where TValue : unmanaged
            {
                protected BpfArrayMap(RawMap raw, BpfMapSchema schema) { }
            }

            public abstract class BpfMappedArrayMap<TValue> : BpfArrayMap<TValue> where TValue : unmanaged
            {
                protected BpfMappedArrayMap(RawMap raw, BpfMapSchema schema) : base(raw, schema) { }
            }

            public abstract class BpfPerCpuArrayMap<TValue> : BpfTypedMap where TValue : unmanaged
            {
                protected BpfPerCpuArrayMap(RawMap raw, BpfMapSchema schema) { }
                protected abstract void Accumulate(ref TValue total, in TValue value);
            }

            public abstract class BpfLpmTrieMap<TPrefix, TValue> : BpfTypedMap where TPrefix : unmanaged where TValue : unmanaged
            {
                protected BpfLpmTrieMap(RawMap raw, BpfMapSchema schema) { }
            }

            public abstract class BpfQueueMap<T> : BpfTypedMap where T : unmanaged { protected BpfQueueMap(RawMap raw, BpfMapSchema schema) { } }
            public abstract class BpfStackMap<T> : BpfTypedMap where T : unmanaged { protected BpfStackMap(RawMap raw, BpfMapSchema schema) { } }
            public abstract class BpfBloomFilter<T> : BpfTypedMap where T : unmanaged { protected BpfBloomFilter(RawMap raw, BpfMapSchema schema) { } }

            public static class BpfAggregation
            {
                public static void Sum<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count) where TValue : unmanaged where TNumber : unmanaged, INumberBase<TNumber> { }
                public static void Max<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count) where TValue : unmanaged where TNumber : unmanaged, INumber<TNumber> { }
                public static void Min<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count) where TValue : unmanaged where TNumber : unmanaged, INumber<TNumber> { }
                public static void BitOr<TValue, TNumber>(ref TValue total, in TValue value, int offset, int count) where TValue : unmanaged where TNumber : unmanaged, IBinaryInteger<TNumber> { }
            }

            public readonly struct Be16 { private readonly ushort _network; }
            public readonly struct Be32 { private readonly uint _network; }
            public readonly struct Be64 { private readonly ulong _network; }
            public struct BpfText<TBytes> where TBytes : unmanaged { private TBytes _bytes; }
            public struct BpfSpinLock { private uint _value; }
            [StructLayout(LayoutKind.Sequential, Pack = 1)]
            public struct LpmKey<TPrefix> where TPrefix : unmanaged { public uint PrefixLength; public TPrefix Data; }
            [InlineArray(8)] public struct Bytes8 { private byte _first; }
            [InlineArray(16)] public struct Bytes16 { private byte _first; }
            [InlineArray(32)] public struct Bytes32 { private byte _first; }
            [InlineArray(64)] public struct Bytes64 { private byte _first; }
        }
        """;
}
