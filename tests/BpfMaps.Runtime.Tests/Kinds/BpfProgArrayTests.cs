using Microsoft.Win32.SafeHandles;

namespace BpfMaps.Tests;

public sealed class BpfProgArrayTests
{
    private const int TailCall = 12;

    public BpfProgArrayTests() => Require.Kernel();

    [Fact]
    public void Slot_ReturnsTheIdOfItsProgram()
    {
        using JumpsMap jumps = JumpsMap.Create();
        using TestProgram program = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1));
        Assert.Equal(8, jumps.Length);
        Assert.False(jumps.TryGetId(3, out uint id));
        Assert.Equal(0u, id);

        jumps.Set(3, program.Handle);
        jumps.Set(5, new SafeFileHandle(program.Handle.DangerousGetHandle(), ownsHandle: false));
        Assert.True(jumps.TryGetId(3, out id));
        Assert.Equal(program.Id, id);
        Assert.Equal([KeyValuePair.Create(3, program.Id), KeyValuePair.Create(5, program.Id)], jumps);
        Assert.Equal(2, jumps.Count());

        Assert.True(jumps.Remove(3));
        Assert.False(jumps.Remove(3));
        jumps.Clear();
        Assert.Empty(jumps);
    }

    [Fact]
    public void TailCall_JumpsToTheProgramInTheSlot()
    {
        using JumpsMap jumps = JumpsMap.Create();
        using TestProgram target = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(42));
        using TestProgram entry = TestProgram.Load(
            ProgramType.SocketFilter,
            [.. Instruction.LoadMap(2, jumps.Raw), Instruction.Move(3, 7), Instruction.Call(TailCall), .. Instruction.Return(1)]
        );
        Assert.Equal(1, entry.Run(takesPacket: true));
        jumps.Set(7, target.Handle);
        Assert.Equal(42, entry.Run(takesPacket: true));
        jumps.Remove(7);
        Assert.Equal(1, entry.Run(takesPacket: true));
    }

    [Fact]
    public void Slot_KeepsItsProgramAfterTheDescriptorIsClosed()
    {
        using JumpsMap jumps = JumpsMap.Create();
        uint id;
        using (TestProgram program = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1)))
        {
            id = program.Id;
            jumps.Set(0, program.Handle);
        }
        Assert.True(jumps.TryGetId(0, out uint kept));
        Assert.Equal(id, kept);
    }

    [Fact]
    public void ClosingTheLastDescriptor_EmptiesTheArrayEvenIfInUse()
    {
        JumpsMap jumps = JumpsMap.Create();
        uint id = jumps.Info.Id;
        using TestProgram target = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(42));
        using TestProgram entry = TestProgram.Load(
            ProgramType.SocketFilter,
            [.. Instruction.LoadMap(2, jumps.Raw), Instruction.Move(3, 7), Instruction.Call(TailCall), .. Instruction.Return(1)]
        );
        jumps.Set(7, target.Handle);
        jumps.Dispose();
        // The kernel empties the array shortly afterwards, on another thread.
        using JumpsMap again = JumpsMap.OpenById(id);
        while (again.TryGetId(7, out _))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(1, entry.Run(takesPacket: true));
    }

    [Fact]
    public void ProgramOfAnotherType_IsRejectedWithTheReason()
    {
        using JumpsMap jumps = JumpsMap.Create();
        using TestProgram filter = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1));
        using TestProgram xdp = TestProgram.Load(ProgramType.Xdp, Instruction.Return(2));
        jumps.Set(0, filter.Handle);
        BpfException refusal = Assert.Throws<BpfException>(() => jumps.Set(1, xdp.Handle));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("the type of the program differs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherDescriptorThanAProgram_IsRejected()
    {
        using JumpsMap jumps = JumpsMap.Create();
        Assert.Equal(Errno.EINVAL, Assert.Throws<BpfException>(() => jumps.Set(0, jumps.Raw.Handle)).Errno);
        BpfException refusal = Assert.Throws<BpfException>(() => jumps.Set(0, new SafeFileHandle(1_000_000, ownsHandle: false)));
        Assert.Equal(Errno.EBADF, refusal.Errno);
        Assert.Contains("not open in this process", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => jumps.Set(0, null!));
        TestProgram program = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1));
        program.Dispose();
        Assert.Throws<ObjectDisposedException>(() => jumps.Set(0, program.Handle));
    }

    [Fact]
    public void IndexPastTheEnd_IsRejected()
    {
        using JumpsMap jumps = JumpsMap.Create();
        using TestProgram program = TestProgram.Load(ProgramType.SocketFilter, Instruction.Return(1));
        foreach (int index in (int[])[-1, 8])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => jumps.Set(index, program.Handle));
            Assert.Throws<ArgumentOutOfRangeException>(() => jumps.Set(index, new SafeFileHandle(1, ownsHandle: false)));
            Assert.Throws<ArgumentOutOfRangeException>(() => jumps.TryGetId(index, out _));
            Assert.Throws<ArgumentOutOfRangeException>(() => jumps.Remove(index));
        }
    }

    [Fact]
    public void Walk_StartsOnce()
    {
        using JumpsMap jumps = JumpsMap.Create();
        BpfSlotEnumerator<uint> walk = jumps.GetEnumerator();
        Assert.False(walk.MoveNext());
        Assert.Throws<NotSupportedException>(((System.Collections.IEnumerator)walk).Reset);
    }

    [Fact]
    public void OtherMapType_IsNotAProgramArray()
    {
        using RawMap array = TestMaps.Create(BpfMapType.Array, valueSize: 4, maxEntries: 8);
        Assert.Equal(
            ["type is Array, but ProgArray was declared"],
            Assert.Throws<BpfMapMismatchException>(() => JumpsMap.FromRaw(array)).Differences
        );
    }
}
