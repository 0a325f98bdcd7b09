using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A descriptor of the owner of a value.</summary>
/// <param name="handle">The descriptor; <see langword="null"/> if the owner no longer exists.</param>
/// <param name="isBorrowed">Whether the owner keeps the descriptor, so that it must not be closed.</param>
internal readonly ref struct OpenedOwner(SafeHandle? handle, bool isBorrowed = false)
{
    public SafeHandle? Handle => handle;

    public void Dispose()
    {
        if (!isBorrowed)
            handle?.Dispose();
    }
}
