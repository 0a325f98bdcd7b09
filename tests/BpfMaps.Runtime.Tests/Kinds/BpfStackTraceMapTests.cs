using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BpfStackTraceMapTests
{
    private const int SkipOneFrame = 1;

    /// <summary>A flag (BPF_F_REUSE_STACKID): a stack replaces another with the same hash.</summary>
    private const int ReuseStackId = 1 << 10;

    public BpfStackTraceMapTests() => Require.Kernel();

    [Fact]
    public void Stack_IsReadFromTheTopAndRemoved()
    {
        using StacksMap stacks = StacksMap.Create();
        using TestProgram program = StackPrograms.Recorder(stacks.Raw, flags: 0);
        Assert.Equal(127, stacks.MaxDepth);
        int id = program.Run(takesPacket: false);
        Assert.True(id >= 0, $"bpf_get_stackid returned {id}");

        ulong[] frames = new ulong[stacks.MaxDepth];
        Assert.True(stacks.TryGetStack(id, frames, out int depth));
        Assert.InRange(depth, 2, stacks.MaxDepth);
        Assert.All(frames[..depth], frame => Assert.NotEqual(0ul, frame));
        Assert.All(frames[depth..], frame => Assert.Equal(0ul, frame));
        Assert.True(stacks.TryGetStack(id, out ulong[]? whole));
        Assert.Equal(frames[..depth], whole);

        Assert.True(stacks.Remove(id));
        Assert.False(stacks.Remove(id));
        Assert.False(stacks.TryGetStack(id, frames, out depth));
        Assert.Equal(0, depth);
        Assert.False(stacks.TryGetStack(id, out whole));
        Assert.Null(whole);
    }

    [Fact]
    public void ShortSpan_ReceivesTheTopAndTheWholeDepth()
    {
        using StacksMap stacks = StacksMap.Create();
        using TestProgram program = StackPrograms.Recorder(stacks.Raw, flags: 0);
        int id = program.Run(takesPacket: false);
        Assert.True(stacks.TryGetStack(id, out ulong[]? whole));
        ulong[] top = new ulong[1];
        Assert.True(stacks.TryGetStack(id, top, out int depth));
        Assert.Equal(whole.Length, depth);
        Assert.Equal(whole[0], top[0]);
        Assert.True(stacks.TryGetStack(id, default, out depth));
        Assert.Equal(whole.Length, depth);
    }

    [Fact]
    public void Ids_AreListedAscendingAndCleared()
    {
        using StacksMap stacks = StacksMap.Create();
        using TestProgram whole = StackPrograms.Recorder(stacks.Raw, ReuseStackId);
        using TestProgram short1 = StackPrograms.Recorder(stacks.Raw, ReuseStackId | SkipOneFrame);
        using TestProgram short2 = StackPrograms.Recorder(stacks.Raw, ReuseStackId | (SkipOneFrame + 1));
        int[] ids = [whole.Run(takesPacket: false), short1.Run(takesPacket: false), short2.Run(takesPacket: false)];
        Assert.All(ids, id => Assert.True(id >= 0, $"bpf_get_stackid returned {id}"));
        Assert.Equal(ids.Distinct().Order(), stacks.Ids);
        Assert.Equal(ids.Distinct().Count(), stacks.Count());
        stacks.Clear();
        Assert.Empty(stacks.Ids);
        Assert.Equal(0, stacks.Count());
    }

    [Fact]
    public void DeclaredDepth_LimitsStacks()
    {
        using ShallowStacksMap stacks = ShallowStacksMap.Create();
        using TestProgram program = StackPrograms.Recorder(stacks.Raw, flags: 0);
        Assert.Equal((2, 16), (stacks.MaxDepth, stacks.Info.ValueSize));
        Assert.True(stacks.TryGetStack(program.Run(takesPacket: false), out ulong[]? frames));
        Assert.Equal(2, frames.Length);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-17)]
    [InlineData(int.MinValue)]
    [InlineData(100)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(int.MaxValue)]
    public void InvalidId_IsAMiss(int id)
    {
        using StacksMap stacks = StacksMap.Create();
        Assert.False(stacks.TryGetStack(id, new ulong[1], out _));
        Assert.False(stacks.TryGetStack(id, out _));
        Assert.False(stacks.Remove(id));
    }

    /// <summary>The kernel rounds the number of buckets up to a power of two.</summary>
    [Fact]
    public void StackBeyondTheDeclaredCapacity_IsRemoved()
    {
        const int Levels = 6;
        using RawMap raw = TestMaps.Create(BpfMapType.StackTrace, valueSize: 64 * sizeof(ulong), maxEntries: 5);
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.StackTrace,
            Name = "few",
            Key = BpfTypeLayout.Of<uint>(),
        };
        FewStacks stacks = new(schema.Validate(raw), schema);
        using TestProgram program = StackPrograms.Recorder(raw, StackPrograms.UserStack);
        int id = Enumerable.Range(0, 1 << Levels).Select(path => Record(path, Levels)).FirstOrDefault(static id => id >= 5, -1);
        Assert.InRange(id, 5, 7);
        Assert.True(stacks.TryGetStack(id, out _));
        Assert.True(stacks.Remove(id));
        Assert.False(stacks.TryGetStack(id, out _));

        // Each path is another stack, with another id.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
        int Record(int path, int levels) =>
            levels == 0 ? program.Run(takesPacket: false)
            : path % 2 == 0 ? Even(path / 2, levels)
            : Odd(path / 2, levels);

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
        int Even(int path, int levels) => Record(path, levels - 1);

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
        int Odd(int path, int levels) => Record(path, levels - 1);
    }

    [Fact]
    public void FramesWithoutAFile_AreIncluded()
    {
        using PlacesMap places = PlacesMap.Create(new KnownStackHost(BpfStackBuildIdStatus.Valid, BpfStackBuildIdStatus.Address));
        Assert.True(places.TryGetStack(0, out BpfStackBuildId[]? frames));
        Assert.Equal([BpfStackBuildIdStatus.Valid, BpfStackBuildIdStatus.Address], frames.Select(frame => frame.Status));
    }

    [Fact]
    public void StackWithoutFrames_IsEmpty()
    {
        using PlacesMap places = PlacesMap.Create(new KnownStackHost());
        Assert.True(places.TryGetStack(0, out BpfStackBuildId[]? frames));
        Assert.Empty(frames);
    }

    [Fact]
    public void HelperError_IsAMissWithoutASystemCall()
    {
        using PlacesMap places = PlacesMap.Create(new KnownStackHost(BpfStackBuildIdStatus.Valid));
        Assert.False(places.TryGetStack(-17, out _));
    }

    [Fact]
    public void AnyDepth_IsAcceptedUnlessOneIsDeclared()
    {
        using ShallowStacksMap shallow = ShallowStacksMap.Create();
        BpfMapSchema any = new()
        {
            Type = BpfMapType.StackTrace,
            Name = "any",
            Key = BpfTypeLayout.Of<uint>(),
        };
        Assert.Same(shallow.Raw, any.Validate(shallow.Raw));
        using RawMap deeper = TestMaps.Create(BpfMapType.StackTrace, valueSize: 80, maxEntries: 64);
        Assert.Equal(
            ["value_size is 80, but 16 was declared"],
            Assert.Throws<BpfMapMismatchException>(() => ShallowStacksMap.FromRaw(deeper)).Differences
        );
    }

    [Fact]
    public void UserFrames_AreReturnedAsOffsetsInFiles()
    {
        using PlacesMap places = PlacesMap.Create();
        using TestProgram program = StackPrograms.Recorder(places.Raw, StackPrograms.UserStack);
        Assert.Equal((127, 127 * 32), (places.MaxDepth, places.Info.ValueSize));
        BpfStackBuildId[] frames = Record();
        // The kernel returns only addresses while another thread changes the mappings of the process.
        for (int attempt = 1; frames[0].Status != BpfStackBuildIdStatus.Valid && attempt < 100; attempt++)
            frames = Record();
        Assert.All(
            frames,
            frame => Assert.Contains(frame.Status, (BpfStackBuildIdStatus[])[BpfStackBuildIdStatus.Valid, BpfStackBuildIdStatus.Address])
        );

        // The system call comes from the C library, whose file has a build id.
        BpfStackBuildId top = frames[0];
        Assert.Equal(BpfStackBuildIdStatus.Valid, top.Status);
        byte[] buildId = new byte[20];
        top.CopyBuildId(buildId);
        Assert.NotEqual(new byte[20], buildId);
        Assert.NotEqual(0ul, top.Offset);
        Assert.Equal(0ul, top.Address);
        Assert.Equal($"{Convert.ToHexStringLower(buildId)}+0x{top.Offset:x}", top.ToString());
        Assert.Throws<ArgumentException>(() => top.CopyBuildId(new byte[19]));
        Assert.Equal("", default(BpfStackBuildId).ToString());

        BpfStackBuildId[] Record()
        {
            places.Clear();
            int id = program.Run(takesPacket: false);
            Assert.True(id >= 0, $"bpf_get_stackid returned {id}");
            Assert.True(places.TryGetStack(id, out BpfStackBuildId[]? recorded));
            Assert.NotEmpty(recorded);
            return recorded;
        }
    }

    [Fact]
    public void AddressesAndOffsets_AreNotConfused()
    {
        using StacksMap stacks = StacksMap.Create();
        using PlacesMap places = PlacesMap.Create();
        Assert.Contains(
            "it was created with StackBuildId, which was not declared",
            Assert.Throws<BpfMapMismatchException>(() => StacksMap.FromRaw(places.Raw)).Differences
        );
        Assert.Contains(
            "it was created without StackBuildId, which was declared",
            Assert.Throws<BpfMapMismatchException>(() => PlacesMap.FromRaw(stacks.Raw)).Differences
        );
    }

    private sealed class FewStacks(RawMap raw, BpfMapSchema schema) : BpfStackTraceMap(raw, schema);
}
