using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class RightsTests
{
    /// <summary>The text about this machine's setting in the message.</summary>
    private static string Setting =>
        File.Exists("/proc/sys/kernel/unprivileged_bpf_disabled")
            ? $"unprivileged_bpf_disabled is {File.ReadAllText("/proc/sys/kernel/unprivileged_bpf_disabled").Trim()}"
            : "this kernel has no unprivileged_bpf_disabled setting";

    [Fact]
    public void MapWithoutCapabilities_IsRejectedWithTheCapabilityAndTheSetting()
    {
        Require.Kernel();
        Require.Root();
        OwnThread.RunWithoutCapabilities(() =>
        {
            // LRU maps require the capability regardless of the setting.
            BpfMapSpec spec = new()
            {
                Type = BpfMapType.LruHash,
                Name = "test",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 4,
            };
            var refusal = Assert.Throws<BpfPermissionException>(() => RawMap.Create(spec));
            Assert.Equal((Errno.EPERM, "BPF_MAP_CREATE", "test"), (refusal.Errno, refusal.Command, refusal.MapName));
            Assert.Contains("The operation requires CAP_BPF", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(Setting, refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void ProbeWithoutCapabilities_IsRejectedWithTheCapability()
    {
        Require.Kernel();
        Require.Root();
        OwnThread.RunWithoutCapabilities(() =>
        {
            var refusal = Assert.Throws<BpfPermissionException>(() => BpfHost.Kernel.SupportsMapType(BpfMapType.LruHash));
            Assert.Contains("The operation requires CAP_BPF", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void IdsWithoutSysAdmin_AreRejectedWithTheCapability()
    {
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        Require.Root();
        OwnThread.RunWithoutCapabilities(RefuseIds);
        OwnThread.RunWithCapBpf(RefuseIds);

        void RefuseIds()
        {
            BpfPermissionException[] refusals =
            [
                Assert.Throws<BpfPermissionException>(() => RawMap.OpenById(map.Info.Id)),
                Assert.Throws<BpfPermissionException>(() => RawMap.EnumerateLoaded().Count()),
            ];
            Assert.All(
                refusals,
                refusal => Assert.Contains("Access by id requires CAP_SYS_ADMIN", refusal.Message, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void MapOpenedWithOnlyCapBpf_ReportsThatItsFieldsWereNotCompared()
    {
        Require.Kernel();
        Require.Root();
        BpfMapSchema schema = NewSchema(),
            compared = NewSchema();
        using RawMap map = schema.Create(null, BpfHost.Kernel);
        int descriptor = (int)map.Handle.DangerousGetHandle();
        using RawMap administrators = compared.FromFileDescriptor(descriptor, BpfHost.Kernel);
        Assert.Equal(BpfFieldCheck.Compared, administrators.FieldCheck);
        OwnThread.RunWithCapBpf(() =>
        {
            using RawMap opened = schema.FromFileDescriptor(descriptor, BpfHost.Kernel);
            Assert.Equal(BpfFieldCheck.TypesUnreadable, opened.FieldCheck);
            // The same types have already been compared with this declaration.
            using RawMap known = compared.FromFileDescriptor(descriptor, BpfHost.Kernel);
            Assert.Equal(BpfFieldCheck.Compared, known.FieldCheck);
        });

        static BpfMapSchema NewSchema() =>
            new()
            {
                Type = BpfMapType.Hash,
                Name = "typed",
                MaxEntries = 4,
                Key = BpfTypeLayout.Of<uint>(),
                Value = BpfTypeLayout.Of<ulong>(),
            };
    }

    [Fact]
    public void MapOfDevicesWithOnlyCapBpf_IsRejectedWithTheOtherCapability()
    {
        Require.Kernel();
        Require.Root();
        OwnThread.RunWithCapBpf(() =>
        {
            BpfMapSpec spec = new()
            {
                Type = BpfMapType.DevMap,
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
            };
            var refusal = Assert.Throws<BpfPermissionException>(() => RawMap.Create(spec));
            Assert.Contains("not CAP_NET_ADMIN", refusal.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void KernelWithoutCapabilities_IsNotUsableForAReason()
    {
        Require.Kernel();
        Require.Root();
        Require.That(
            !Setting.EndsWith(" 0", StringComparison.Ordinal),
            "bpf-for-the-privileged",
            "this kernel allows everyone to create simple maps"
        );
        OwnThread.RunWithoutCapabilities(() =>
        {
            Assert.False(BpfHost.IsKernelUsable(out string? reason), "The kernel was reported as usable.");
            Assert.Contains(
                "Insufficient privileges: BPF_MAP_CREATE returned EPERM (1). The operation requires CAP_BPF",
                reason,
                StringComparison.Ordinal
            );
            Assert.Contains(Setting, reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void KernelWithCapabilities_IsUsableWithoutAReason()
    {
        Require.Kernel();
        Assert.True(BpfHost.IsKernelUsable(out string? reason));
        Assert.Null(reason);
    }

    [Fact]
    public void PermissionErrorDespiteCapabilities_SuggestsOtherCauses()
    {
        Require.Kernel();
        Require.Root();
        Assert.StartsWith("The process has CAP_BPF; the cause is ", KernelAdvice.Rights(BpfCommand.MapCreate), StringComparison.Ordinal);
        Assert.Contains(Setting, KernelAdvice.Rights(BpfCommand.MapCreate), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Errno.ENOMEM, "memory cgroup")]
    [InlineData(Errno.EMFILE, "ulimit -n")]
    [InlineData(Errno.ENOSYS, "CONFIG_BPF_SYSCALL")]
    public void ErrorOfTheSystem_HasAdvice(int errno, string advice) =>
        Assert.Contains(advice, KernelAdvice.For(BpfCommand.MapCreate, errno, path: null), StringComparison.Ordinal);

    [Fact]
    public void ElementWithoutMemory_IsExplained() =>
        Assert.Contains(
            "refills in the background",
            KernelAdvice.For(BpfCommand.MapUpdateElem, Errno.ENOMEM, path: null),
            StringComparison.Ordinal
        );

    [Fact]
    public void ErrorOfTheMap_HasNoSystemAdvice() => Assert.Null(KernelAdvice.For(BpfCommand.MapCreate, Errno.EINVAL, path: null));

    [Fact]
    public void SupportsMapType_AgreesWithCreation()
    {
        Require.Kernel();
        foreach (BpfMapType type in Enum.GetValues<BpfMapType>().Except([BpfMapType.Unspecified, BpfMapType.StructOps]))
        {
            if (!BpfHost.Kernel.SupportsMapType(type))
                continue;
            using SampleMap sample = KernelSample.Of(type);
            Assert.Equal(type, sample.Map.Type);
        }
    }

    [Fact]
    public void SupportsMapType_IsTrueFromTheFirstKernelWithTheTypeOn()
    {
        Require.Kernel();
        BpfMapType[] expected =
        [
            .. Enum.GetValues<BpfMapType>()
                .Where(type => MapTypeFacts.Find(type) is { } facts && facts.FirstKernel <= Environment.OSVersion.Version),
        ];
        Assert.Equal(expected, Enum.GetValues<BpfMapType>().Where(BpfHost.Kernel.SupportsMapType));
    }

    [Fact]
    public void SupportsMapType_IsFalseForAnUndefinedType()
    {
        Require.Kernel();
        Assert.False(BpfHost.Kernel.SupportsMapType((BpfMapType)999));
    }
}
