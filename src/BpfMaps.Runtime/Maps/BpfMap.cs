using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What all typed maps have in common: an open map that fits its declaration.</summary>
/// <remarks>
/// May be used from any thread. <see cref="Dispose()"/> closes the descriptor; the map itself lives on while a pin, a program or another descriptor
/// holds it.
/// </remarks>
public abstract class BpfMap : IDisposable
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    /// <exception cref="BpfMapMismatchException">The map is of a kind that the class is not for. It is closed.</exception>
    private protected BpfMap(RawMap raw, BpfMapSchema schema)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(schema);
        CheckKind(raw, schema);
        Raw = raw;
        FieldCheck = raw.FieldCheck;
        DeclaredSchema = schema;
    }

    /// <summary>The map as bytes, for what the typed operations do not offer. It belongs to this object: disposing either closes both.</summary>
    public RawMap Raw { get; }

    /// <summary>What the kernel told about the map when it was opened.</summary>
    public BpfMapInfo Info => Raw.Info;

    /// <summary>
    /// Whether the fields of keys and values were compared when the map was opened, and if not, why. A process without CAP_SYS_ADMIN cannot read the types of maps: there
    /// it is <see cref="BpfFieldCheck.TypesUnreadable"/>, and a map of the same sizes with other fields would have been opened as well.
    /// </summary>
    public BpfFieldCheck FieldCheck { get; }

    /// <summary>What the map was declared to be.</summary>
    internal BpfMapSchema DeclaredSchema { get; }

    /// <summary>How many records were lost so far, for kinds of which the kernel says it; <see langword="null"/> for others.</summary>
    internal virtual long? LostRecords => null;

    /// <summary>Makes one value of what a walk reads of an element: the total over the CPUs for per-CPU kinds, else a copy.</summary>
    /// <param name="element">The bytes of the element's value, as <see cref="BpfBatchCursor.GetValue"/> returns them.</param>
    /// <param name="value">Receives <see cref="RawMap.ValueSize"/> bytes.</param>
    internal virtual void Total(ReadOnlySpan<byte> element, Span<byte> value) => element.CopyTo(value);

    /// <summary>Makes the map outlive the process under a path (BPF_OBJ_PIN, Linux 4.4).</summary>
    /// <param name="path">A path that does not exist yet, in a BPF file system (usually below /sys/fs/bpf); no '.' in the last part.</param>
    /// <exception cref="BpfException">The kernel refused: something is pinned there already (EEXIST), the directory does not exist (ENOENT), it is not in a BPF file system (EPERM).</exception>
    public void Pin(string path) => Raw.Pin(path);

    /// <summary>Removes the pin that <see cref="Pin"/> made or that the map was opened from. The map stays open here.</summary>
    /// <exception cref="InvalidOperationException">This object knows of no pin.</exception>
    /// <exception cref="BpfException">The pin could not be removed.</exception>
    public void Unpin() => Raw.Unpin();

    /// <summary>Forbids user space every further write; programs may go on writing (BPF_MAP_FREEZE, Linux 5.2). There is no way back.</summary>
    /// <exception cref="BpfPermissionException">The map is frozen already.</exception>
    /// <exception cref="BpfException">The kernel refused; EBUSY while its memory is mapped writable.</exception>
    public void Freeze() => Raw.Freeze();

    /// <summary>The kinds of maps that the class is for; none where it is for any. A constant of the class: it is asked for before the constructor of the class runs.</summary>
    private protected virtual ReadOnlySpan<BpfMapType> Kinds => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The name in quotation marks, kind and id.</summary>
    public override string ToString() => Raw.ToString();

    /// <summary>Closes the descriptor.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller; there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Raw.Dispose();
    }

    [DoesNotReturn]
    private protected void ThrowFull(string? progress = null)
    {
        // Which of the two it was follows from the kind.
        int errno = Raw.Type == BpfMapType.LpmTrie ? Errno.ENOSPC : Errno.E2BIG;
        throw new BpfMapFullException(
            $"Map {Raw} is full: it has room for {Raw.MaxEntries} elements ({Errno.Describe(errno)}).{(progress is null ? "" : " " + progress)}", errno, "BPF_MAP_UPDATE_ELEM", Raw.Name);
    }

    /// <summary>Guards against a class over a map of another kind, whose commands and memory mean something else.</summary>
    private void CheckKind(RawMap raw, BpfMapSchema schema)
    {
        ReadOnlySpan<BpfMapType> kinds = Kinds;
        if (kinds.IsEmpty || kinds.Contains(raw.Type))
            return;

        // Nobody gets this object, so nobody else would close the map.
        raw.Dispose();
        string difference = $"its type is {raw.Type}, but {GetType().Name} is a class for maps of type {string.Join(" and ", kinds.ToArray())}";
        throw new BpfMapMismatchException($"Map {raw} is not the declared map {schema}: {difference}.", [difference], raw.Name);
    }

    /// <summary>Guards against a class whose C# types are not those of its schema: every later call would be off by these bytes.</summary>
    private protected static BpfTypeLayout CheckSize<T>(BpfTypeLayout? layout, int rawSize, string what)
        where T : unmanaged
    {
        if (layout is null || layout.Size != Unsafe.SizeOf<T>() || rawSize != Unsafe.SizeOf<T>())
            throw new ArgumentException($"The {what} {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes; the schema says {layout?.ToString() ?? "none"}, and the map has {what}_size {rawSize}.", what);
        return layout;
    }

    /// <summary>The same guard for kinds whose records the kernel knows no size of.</summary>
    private protected static BpfTypeLayout CheckRecordSize<T>(BpfTypeLayout? layout)
        where T : unmanaged
    {
        if (layout is null || layout.Size != Unsafe.SizeOf<T>())
            throw new ArgumentException($"The record {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes; the schema says {layout?.ToString() ?? "none"}.", nameof(layout));
        return layout;
    }
}
