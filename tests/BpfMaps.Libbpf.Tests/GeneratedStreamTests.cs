namespace BpfMaps.Tests;

/// <summary>Tests of the stream classes generated for <c>[BpfMap]</c>, on the kernel.</summary>
public sealed class GeneratedStreamTests
{
    [Fact]
    public void RingBuffer_IsCreatedAndOpenedAgain()
    {
        Require.Kernel();
        using RingEventMap ring = RingEventMap.Create();
        using RingEventMap again = RingEventMap.OpenById(ring.Info.Id);

        Assert.Equal((8192L, 0, 0), (again.Size, again.Info.KeySize, again.Info.ValueSize));
        Assert.False(again.TryRead(out _));
    }

    [Fact]
    public void RingOfAnotherSize_IsRejected()
    {
        Require.Kernel();
        using RawMap other = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.RingBuf,
                Name = "ring_event",
                MaxEntries = 4096,
            }
        );

        BpfMapMismatchException refusal = Assert.Throws<BpfMapMismatchException>(() => RingEventMap.FromRaw(other));

        Assert.Single(refusal.Differences);
    }

    [Fact]
    public void UserRingBuffer_RequiresItsSizeAndAcceptsRecords()
    {
        Require.Feature(KernelFeature.UserRingBuffers);
        using UserRequests requests = UserRequests.Create(4096);

        Assert.True(requests.TryWrite(new UserRequest { Kind = 1, Id = 7 }));

        Assert.Equal(16 + 8, requests.PendingBytes);
    }

    [Fact]
    public void PerfEventArray_HasASlotForEachPossibleCpu()
    {
        Require.Kernel();
        using PerfSampleMap samples = PerfSampleMap.Create();
        samples.Open(pagesPerCpu: 1);

        Assert.Equal((uint)BpfHost.Kernel.PossibleCpus[^1] + 1, samples.Info.MaxEntries);
        Assert.NotEmpty(samples.Cpus);
        Assert.Equal(0, samples.Read((in PerfSample _) => { }));
    }
}

#pragma warning disable BPFMAP038 // The tests create these maps; no object defines them.
#pragma warning disable BPFMAP027 // The tests check that padding does not reach the kernel.
/// <summary>A record of a ring with a declared size.</summary>
[BpfMap(Type = BpfMapType.RingBuf, MaxEntries = 8192, ValueSize = 16)]
internal struct RingEvent
{
    public byte Kind;
    public ulong At;
}

/// <summary>A record that this process writes.</summary>
internal struct UserRequest
{
    public byte Kind;
    public ulong Id;
}

/// <summary>A ring of such records, declared as a class.</summary>
[BpfMap(Type = BpfMapType.UserRingBuf, Value = typeof(UserRequest))]
internal sealed partial class UserRequests;

/// <summary>A sample.</summary>
[BpfMap(Type = BpfMapType.PerfEventArray)]
internal struct PerfSample
{
    public uint ProcessId;
}
