using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Keeps a descriptor open during a rare call, or during a call with several descriptors, by counting references.</summary>
internal ref struct HeldDescriptor
{
    private readonly SafeHandle? _handle;
    private readonly bool _isHeld;

    /// <param name="handle">The descriptor; <see langword="null"/> for 0, which means none in the attributes of the kernel.</param>
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
