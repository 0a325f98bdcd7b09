using System.Runtime.CompilerServices;
using BpfMaps;

namespace RunQueueLatency;

/// <summary>Histogram of waits: slot i counts those of 2^i to 2^(i+1) - 1 us.</summary>
[BpfMap(Type = BpfMapType.PerCpuArray, Name = "waits", Object = "runqueue.bpf.o", MaxEntries = 1)]
internal struct Waits
{
    public const int SlotCount = 32;

    public SlotArray Slots;

    [InlineArray(SlotCount)]
    public struct SlotArray
    {
        private ulong _first;
    }
}

/// <summary>The compiled BPF object. Its maps, variables and programs are generated as members.</summary>
[BpfObject("runqueue.bpf.o")]
internal sealed partial class RunQueueObject;
