using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of all typed maps: an open map that matches its declaration.</summary>
/// <remarks>
/// Thread-safe. <see cref="Dispose()"/> closes the descriptor; the map exists as long as a pin, a program or another descriptor references
/// it.
/// </remarks>
public abstract class BpfMap : IDisposable
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    /// <exception cref="BpfMapMismatchException">The map has a type that the class does not support. The map is closed.</exception>
    private protected BpfMap(RawMap raw, BpfMapSchema schema)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(schema);
        CheckKind(raw, schema);
        Raw = raw;
        FieldCheck = raw.FieldCheck;
        DeclaredSchema = schema;
    }

    /// <summary>
    /// Gets the map with keys and values as bytes, for other operations than the typed ones. Disposing either object closes both.
    /// </summary>
    public RawMap Raw { get; }

    /// <summary>Gets the properties of the map, read when it was opened.</summary>
    public BpfMapInfo Info => Raw.Info;

    /// <summary>
    /// Gets whether the fields of keys and values were compared when the map was opened, and if not, why. Without CAP_SYS_ADMIN, the BTF of
    /// maps cannot be read: the result is <see cref="BpfFieldCheck.TypesUnreadable"/>, and a map with the same sizes but other fields is
    /// not detected.
    /// </summary>
    public BpfFieldCheck FieldCheck { get; }

    /// <summary>The declaration of the map.</summary>
    internal BpfMapSchema DeclaredSchema { get; }

    /// <summary>The number of lost records, for map types that report it; otherwise <see langword="null"/>.</summary>
    internal virtual long? LostRecords => null;

    /// <summary>Computes the value of an element: the total of all CPUs for per-CPU maps, otherwise a copy.</summary>
    /// <param name="element">The bytes of the value of the element, as <see cref="BpfBatchCursor.GetValue"/> returns them.</param>
    /// <param name="value">Receives <see cref="RawMap.ValueSize"/> bytes.</param>
    internal virtual void Total(ReadOnlySpan<byte> element, Span<byte> value) => element.CopyTo(value);

    /// <summary>Pins the map at a path, which keeps it alive without a process (BPF_OBJ_PIN, Linux 4.4).</summary>
    /// <param name="path">A path that does not exist, in a BPF file system (usually /sys/fs/bpf); the file name without a '.'.</param>
    /// <exception cref="BpfException">
    /// The path exists (EEXIST), its directory does not exist (ENOENT) or is not in a BPF file system (EPERM).
    /// </exception>
    public void Pin(string path) => Raw.Pin(path);

    /// <summary>
    /// Removes the pin that <see cref="Pin"/> or the load of an object created, or that the map was opened from. The map stays open.
    /// </summary>
    /// <exception cref="InvalidOperationException">The map was neither pinned nor opened from a pin with this object.</exception>
    /// <exception cref="BpfException">The pin could not be removed.</exception>
    public void Unpin() => Raw.Unpin();

    /// <summary>Removes a pin. The map stays open.</summary>
    /// <param name="path">The pin. Files outside a BPF file system are never removed.</param>
    /// <exception cref="BpfException">The pin does not exist (ENOENT), or removing it was denied.</exception>
    public void Unpin(string path) => Raw.Unpin(path);

    /// <summary>Makes the map permanently read-only for user space; programs can still write to it (BPF_MAP_FREEZE, Linux 5.2).</summary>
    /// <exception cref="BpfPermissionException">The map is already frozen.</exception>
    /// <exception cref="BpfException">The kernel returned an error; EBUSY while the memory of the map is mapped for writing.</exception>
    public void Freeze() => Raw.Freeze();

    /// <summary>
    /// The map types that the class supports; empty for all. It must be a constant, because it is read before the constructor of the class
    /// runs.
    /// </summary>
    private protected virtual ReadOnlySpan<BpfMapType> Kinds => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns the name in quotation marks, the type and the id.</summary>
    public override string ToString() => Raw.ToString();

    /// <summary>Closes the descriptor.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> is the caller. There is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Raw.Dispose();
    }

    [DoesNotReturn]
    private protected void ThrowFull(string? progress = null)
    {
        // The error number depends on the map type.
        int errno = Raw.Type == BpfMapType.LpmTrie ? Errno.ENOSPC : Errno.E2BIG;
        throw new BpfMapFullException(
            $"Map {Raw} is full: it holds {Raw.MaxEntries} elements ({Errno.Describe(errno)}).{(progress is null ? "" : " " + progress)}",
            errno,
            BpfCommand.MapUpdateElem.Name(),
            Raw.Name
        );
    }

    /// <summary>Checks the map type, because commands and memory have another meaning for other types.</summary>
    private void CheckKind(RawMap raw, BpfMapSchema schema)
    {
        ReadOnlySpan<BpfMapType> kinds = Kinds;
        if (kinds.IsEmpty || kinds.Contains(raw.Type))
            return;

        // The caller gets no object to dispose, so the map is closed here.
        raw.Dispose();
        string difference = $"type is {raw.Type}, but {GetType().Name} requires {string.Join(" or ", kinds.ToArray())}";
        throw new BpfMapMismatchException($"Map {raw} does not match the declaration {schema}: {difference}.", [difference], raw.Name);
    }

    /// <summary>Checks that the C# types of the class have the sizes of the schema and of the map.</summary>
    private protected static BpfTypeLayout CheckSize<T>(BpfTypeLayout? layout, int rawSize, string what)
        where T : unmanaged
    {
        if (layout is null || layout.Size != Unsafe.SizeOf<T>() || rawSize != Unsafe.SizeOf<T>())
            throw new ArgumentException(
                $"The {what} {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes, but the {what} of the schema is {layout?.ToString() ?? "missing"} and {what}_size of the map is {rawSize}.",
                what
            );
        return layout;
    }

    /// <summary>Checks that the record type has the size of the schema.</summary>
    private protected static BpfTypeLayout CheckRecordSize<T>(BpfTypeLayout? layout)
        where T : unmanaged
    {
        if (layout is null || layout.Size != Unsafe.SizeOf<T>())
            throw new ArgumentException(
                $"The record {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes, but the record of the schema is {layout?.ToString() ?? "missing"}.",
                nameof(layout)
            );
        return layout;
    }
}
