using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Base class of sections of global variables (<c>.rodata</c>, <c>.data</c>, <c>.bss</c>). Generated classes add a property for each
/// variable.
/// </summary>
/// <remarks>
/// Before the load, the properties are the initial values of the variables. After the load, they access the variables themselves, in memory
/// that programs modify concurrently; constants can no longer be set. Before the load, instances are not thread-safe.
/// </remarks>
public abstract class BpfVariableSection
{
    private readonly BpfTypedObject _owner;
    private readonly BpfObjectMap _map;

    /// <summary>Finds the section in an open object and checks that it matches the generated class.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="name">The name of the section.</param>
    /// <param name="size">The size of the section in bytes.</param>
    /// <param name="variables">The variables with their offsets and sizes in bytes.</param>
    /// <exception cref="BpfMapMismatchException">The object's section has another size, or variables at other offsets; the exception lists
    /// all differences.</exception>
    /// <exception cref="KeyNotFoundException">The object has no such section.</exception>
    protected BpfVariableSection(
        BpfTypedObject owner,
        string name,
        int size,
        params ReadOnlySpan<(string Name, int Offset, int Size)> variables
    )
    {
        ArgumentNullException.ThrowIfNull(owner);
        _owner = owner;
        _map = owner.Object.GetMap(name);
        Name = name;
        List<string> differences = [];
        if (_map.ValueSize != size)
            differences.Add($"section '{name}' has {_map.ValueSize} bytes, but {size} were declared");
        if (owner.Definitions.TryGetMap(name, out BpfMapDefinition? section))
            AddDifferences(differences, section, variables);
        if (differences.Count != 0)
            throw new BpfMapMismatchException(
                $"The BPF object '{owner.Object.Name}' does not match the generated class: {string.Join("; ", differences)}.",
                differences,
                _map.Name
            );
    }

    /// <summary>Gets the name of the section, such as <c>.bss</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the size of the section in bytes, which is not the declared one if its last array was resized.</summary>
    protected int SectionSize => _map.ValueSize;

    /// <summary>Sets the number of elements of the last array of the section, before the load.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="offset">The offset of the array in bytes.</param>
    /// <param name="length">The number of elements, at least 1.</param>
    /// <returns>The initial values of the elements, to be set until the load. New elements are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is 0, negative, or too large.</exception>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    /// <exception cref="BpfNotSupportedException">libbpf is older than 1.3.</exception>
    protected Span<T> ResizeArray<T>(int offset, int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (int.MaxValue - offset) / Unsafe.SizeOf<T>());
        _map.ValueSize = offset + length * Unsafe.SizeOf<T>();
        return MemoryMarshal.Cast<byte, T>(_map.InitialValue[offset..]);
    }

    /// <summary>Copies a variable out of the section.</summary>
    /// <typeparam name="T">The type of the variable.</typeparam>
    /// <param name="offset">The offset of the variable in bytes.</param>
    protected T Read<T>(int offset)
        where T : unmanaged
    {
        if (!_owner.Object.IsLoaded)
            return MemoryMarshal.Read<T>(_map.InitialValue[offset..]);

        RawMap raw = Open();
        if ((raw.Info.Flags & BpfMapFlags.Mmapable) == 0)
            return Lookup<T>(raw, offset);
        using BpfReadOnlyMemoryView memory = raw.MapReadOnly();
        return MemoryMarshal.Read<T>(memory.Slice(offset, Unsafe.SizeOf<T>()));
    }

    /// <summary>Sets a variable.</summary>
    /// <typeparam name="T">The type of the variable.</typeparam>
    /// <param name="offset">The offset of the variable in bytes.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfPermissionException">The section is constant and the object is loaded.</exception>
    protected void Write<T>(int offset, T value)
        where T : unmanaged
    {
        if (!_owner.Object.IsLoaded)
        {
            MemoryMarshal.Write(_map.InitialValue[offset..], value);
            return;
        }

        using BpfMemoryView memory = MapMemory();
        MemoryMarshal.Write(memory.Slice(offset, Unsafe.SizeOf<T>()), value);
    }

    /// <summary>Sets a constant. This is possible only before the load.</summary>
    /// <typeparam name="T">The type of the constant.</typeparam>
    /// <param name="offset">The offset of the constant in bytes.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    protected void WriteConstant<T>(int offset, T value)
        where T : unmanaged => MemoryMarshal.Write(_map.InitialValue[offset..], value);

    /// <summary>Maps the section of a loaded object, to read and write its variables in place (mmap, Linux 5.5).</summary>
    /// <returns>A view, to be disposed.</returns>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    /// <exception cref="BpfException">The kernel does not support mapped maps, or all variables of the section are static.</exception>
    protected BpfMemoryView MapMemory() => Open().Map();

    private static void AddDifferences(
        List<string> differences,
        BpfMapDefinition section,
        ReadOnlySpan<(string Name, int Offset, int Size)> variables
    )
    {
        foreach ((string name, int offset, int size) in variables)
        {
            // Static variables of different C files may have the same name.
            BpfVariableDefinition[] named = [.. section.Variables.Where(variable => variable.Name == name)];
            if (named.Length == 0)
                differences.Add($"section '{section.Name}' has no variable '{name}'");
            else if (!Array.Exists(named, variable => variable.Offset == offset && variable.Size == size))
                differences.Add(
                    $"variable '{name}' in '{section.Name}' has {named[0].Size} bytes at offset {named[0].Offset}, "
                        + $"but {size} bytes at offset {offset} were declared"
                );
        }
    }

    private RawMap Open() => _owner.OpenMap(Name, static raw => raw);

    private static T Lookup<T>(RawMap raw, int offset)
        where T : unmanaged
    {
        byte[] section = ArrayPool<byte>.Shared.Rent(raw.ValueSize);
        try
        {
            ReadOnlySpan<byte> first = [0, 0, 0, 0];
            _ = raw.TryLookup(first, section.AsSpan(0, raw.ValueSize));
            return MemoryMarshal.Read<T>(section.AsSpan(offset));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(section);
        }
    }
}
