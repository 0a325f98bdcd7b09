using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

public class BpfSpinLockTests
{
    private struct Guarded
    {
        public byte Before;
        public BpfSpinLock Lock;
    }

    [Fact]
    public void Lock_HasTheKernelsSizeAndAlignment()
    {
        Assert.Equal(4, Unsafe.SizeOf<BpfSpinLock>());
        Guarded value = new() { Before = 1, Lock = default };
        Assert.Equal(8, Unsafe.SizeOf<Guarded>());
        Assert.Equal(1, value.Before);
    }
}
