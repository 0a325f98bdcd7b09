using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Another host, but something happens between a reader's last look at its stream and the moment from which it is told of records.</summary>
internal sealed class LateRecordHost(BpfHost host, Action happens) : ForwardingHost(host)
{
    protected internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter)
    {
        int errno = base.CreateWaiter(sources, readiness, out BpfWaiter? inner);
        waiter = inner is null ? null : new LateWaiter(inner, happens);
        return errno;
    }

    private sealed class LateWaiter(BpfWaiter inner, Action happens) : BpfWaiter
    {
        public override BpfWaitResult Wait(TimeSpan timeout)
        {
            happens();
            return inner.Wait(timeout);
        }

        public override void Interrupt() => inner.Interrupt();

        public override void Arm(Action callback)
        {
            happens();
            inner.Arm(callback);
        }

        protected override void Dispose(bool disposing) => inner.Dispose();
    }
}
