using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Keeps a descriptor open for the length of a rare call, or of one that needs several descriptors, by reference count.</summary>
internal ref struct HeldDescriptor
{
    private readonly SafeHandle? _handle;
    private readonly bool _isHeld;

    /// <param name="handle">The descriptor; <see langword="null"/> stands for 0, "none" in the kernel's attributes.</param>
    public HeldDescriptor(SafeHandle? handle)
    {
        if (handle is null)
            return;

        _handle = handle;
        try
        {
            handle.DangerousAddRef(ref _isHeld);
            Descriptor = (int)handle.DangerousGetHandle();
        }
        catch (ObjectDisposedException)
        {
            IsDisposed = true;
        }
    }

    public bool IsDisposed { get; }

    public int Descriptor { get; }

    public readonly void Dispose()
    {
        if (_isHeld)
            _handle!.DangerousRelease();
    }
}
