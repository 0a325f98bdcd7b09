using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// A host that runs an action between a reader's last check of its stream and the moment from which it is notified of records.
/// </summary>
internal sealed class LateRecordHost(BpfHost host, Action happens) : ForwardingHost(host)
{
    /// <summary>Runs after the reader's last check and before its waiter exists.</summary>
    public Action? BeforeCreation { get; init; }

    internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter)
    {
        BeforeCreation?.Invoke();
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
