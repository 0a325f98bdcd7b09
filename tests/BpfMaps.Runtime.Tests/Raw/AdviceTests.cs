using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace BpfMaps.Tests;

/// <summary>Failures whose cause is not the obvious one, provoked on the kernel: the message names what it is.</summary>
[Collection(nameof(WholeProcess))]
[SupportedOSPlatform("linux")]
public sealed class AdviceTests
{
    private const uint Nobody = 65534;
    private const string FewDescriptors = "--nofile=300";
    private const string UnprivilegedSetting = "/proc/sys/kernel/unprivileged_bpf_disabled";

    [Fact]
    public void PinOfAnotherUser_NamesOwnerAndMode()
    {
        Require.Feature(KernelFeature.UseWithoutCapability);
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        File.SetUnixFileMode(pins.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(pins["m"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OwnThread.RunAsUser(
            Nobody,
            () =>
            {
                string message = Refusal(Errno.EACCES, () => RawMap.OpenPinned(pins["m"]));
                Assert.Contains(
                    $"The pin '{pins["m"]}' belongs to root and has mode 0600, and this process runs as user {Nobody}.",
                    message,
                    StringComparison.Ordinal
                );
                Assert.DoesNotContain("CAP_BPF", message, StringComparison.Ordinal);

                message = Refusal(Errno.EACCES, () => map.Unpin(pins["m"]));
                Assert.Contains(
                    $"The directory '{pins.Path}' belongs to root and has mode 0755, and this process runs as user {Nobody}",
                    message,
                    StringComparison.Ordinal
                );
                message = Refusal(Errno.EACCES, () => map.Pin(pins["other"]));
                Assert.Contains($"The directory '{pins.Path}' belongs to root and has mode 0755", message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void DirectoryThatIsClosedToOthers_IsNamed()
    {
        Require.Feature(KernelFeature.UseWithoutCapability);
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        string closed = $"{pins.Path}/closed";
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        map.Pin($"{closed}/m");
        File.SetUnixFileMode(pins.Path, (UnixFileMode)0b111_101_101);
        OwnThread.RunAsUser(
            Nobody,
            () =>
            {
                string message = Refusal(Errno.EACCES, () => RawMap.OpenPinned($"{closed}/m"));
                Assert.Contains(
                    $"The directory '{closed}' belongs to root and has mode 0700, and this process runs as user {Nobody}, so it cannot reach the pin",
                    message,
                    StringComparison.Ordinal
                );
            }
        );
    }

    [Fact]
    public void PinThatRootMayNotOpenWithoutItsCapability_NamesOwnerAndMode()
    {
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        File.SetUnixFileMode(pins["m"], UnixFileMode.None);
        OwnThread.RunWithCapBpf(() =>
        {
            string message = Refusal(Errno.EACCES, () => RawMap.OpenPinned(pins["m"]));
            Assert.Contains(
                $"The pin '{pins["m"]}' belongs to root and has mode 0000, and this process runs as root without CAP_DAC_OVERRIDE.",
                message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("seccomp", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void PinOfAnotherUserInASharedDirectory_IsRemovedOnlyByItsOwner()
    {
        using PinDirectory pins = Require.BpfFs();
        Require.Root();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Pin(pins["m"]);
        File.SetUnixFileMode(pins.Path, UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111);
        OwnThread.RunAsUser(
            Nobody,
            () =>
            {
                string message = Refusal(Errno.EPERM, () => map.Unpin(pins["m"]));
                Assert.Contains("has mode 1777, which lets only the owner of a pin remove it", message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void MissingPin_SaysWhoMayBeMissing()
    {
        using PinDirectory pins = Require.BpfFs();
        BpfException problem = Assert.Throws<BpfException>(() => RawMap.OpenPinned(pins["none"]));
        Assert.Contains(
            $"Nothing is pinned at '{pins["none"]}'. The process that pins it may not be running",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void ReadOnlyFileSystemOfPins_IsNamed()
    {
        Require.Kernel();
        Require.Root();
        string directory = Directory.CreateTempSubdirectory("bpfmaps_ro_").FullName;
        OwnThread.RunWithBpfFs(
            directory,
            "mode=0755",
            makeReadOnly =>
            {
                using RawMap map = TestMaps.Create(BpfMapType.Hash);
                map.Pin($"{directory}/m");
                makeReadOnly();
                foreach (Action operation in (Action[])[() => map.Pin($"{directory}/other"), map.Unpin])
                {
                    BpfException problem = Assert.Throws<BpfException>(operation);
                    Assert.Equal("EROFS", problem.ErrnoName);
                    Assert.Contains(
                        $"The BPF file system of '{directory}' is mounted read-only: remount it",
                        problem.Message,
                        StringComparison.Ordinal
                    );
                }
            }
        );
        Directory.Delete(directory);
    }

    [Fact]
    public void UserNamespace_IsNamedAndNotTheCapabilitiesInIt()
    {
        Require.Kernel();
        Require.Root();
        string message = ChildProcess.Run(nameof(ChildScenarios.CreateArray), "unshare", "--user", "--map-root-user");
        Assert.StartsWith("BpfPermissionException: ", message, StringComparison.Ordinal);
        Assert.Contains("The process runs in a user namespace", message, StringComparison.Ordinal);
        Assert.DoesNotContain("The process has CAP_BPF", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LockedMemoryForPerfBuffers_NamesTheSettingAndFewerPages()
    {
        Require.Kernel();
        Require.Root();
        string message = ChildProcess.Run(nameof(ChildScenarios.OpenLargePerfBuffers), "prlimit", "--memlock=65536");
        if (message.Contains("perf_event_open", StringComparison.Ordinal))
        {
            // Debian's kernels refuse the event itself.
            Assert.Contains("kernel.perf_event_paranoid is 3: kernels with this setting", message, StringComparison.Ordinal);
            return;
        }
        Assert.True(message.StartsWith("BpfPermissionException: Mapping the perf buffer of CPU 0", StringComparison.Ordinal), message);
        Assert.Contains("kernel.perf_event_mlock_kb", message, StringComparison.Ordinal);
        Assert.Contains("open smaller buffers with Open(pagesPerCpu)", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CAP_BPF", message, StringComparison.Ordinal);
    }

    [Fact]
    public void PerfEventsWithoutTheirCapability_NameItAndTheirSetting()
    {
        Require.Kernel();
        Require.Root();
        Require.That(
            int.Parse(File.ReadAllText("/proc/sys/kernel/perf_event_paranoid")) > 0,
            "closed-perf-events",
            "this kernel lets everybody open events"
        );
        foreach (ulong capabilities in (ulong[])[OwnThread.CapBpf, 0])
        {
            OwnThread.RunWithCapabilities(
                capabilities,
                () =>
                {
                    int errno = BpfHost.Kernel.OpenPerfBuffer(0, 8, out SafeHandle? buffer, out SafeHandle? memory);
                    Assert.Equal((Errno.EACCES, null, null), (errno, buffer, memory));
                    string advice = KernelAdvice.For(BpfCommand.PerfEventOpen, errno, path: null)!;
                    Assert.Contains("CAP_PERFMON", advice, StringComparison.Ordinal);
                    Assert.Contains("kernel.perf_event_paranoid is", advice, StringComparison.Ordinal);
                    Assert.DoesNotContain("The operation requires CAP_BPF", advice, StringComparison.Ordinal);
                }
            );
        }
    }

    [Theory]
    [InlineData(BpfMapType.SockMap, "The process does not have CAP_NET_ADMIN", "CAP_BPF")]
    [InlineData(BpfMapType.DevMapHash, "The process does not have CAP_NET_ADMIN", "CAP_BPF")]
    [InlineData(BpfMapType.LruHash, "The operation requires CAP_BPF", "CAP_NET_ADMIN")]
    [InlineData(BpfMapType.Hash, "The operation requires no capability; the cause is", "CAP_NET_ADMIN")]
    public void KernelThatIsOpenToEverybody_NamesTheCapabilityThatTheKindNeeds(BpfMapType type, string reason, string other)
    {
        Require.Kernel();
        Require.Root();
        // The setting applies to the whole machine, so only the file that the process reads is replaced; the kernel refuses the map by the
        // real setting.
        OwnThread.RunWithFile(
            UnprivilegedSetting,
            "0\n",
            () =>
                OwnThread.RunWithoutCapabilities(() =>
                {
                    BpfMapSpec spec = new()
                    {
                        Type = type,
                        Name = "test",
                        KeySize = 4,
                        ValueSize = 4,
                        MaxEntries = 4,
                    };
                    string message = Refusal(Errno.EPERM, () => RawMap.Create(spec));
                    Assert.Contains(reason, message, StringComparison.Ordinal);
                    Assert.DoesNotContain(other, message, StringComparison.Ordinal);
                    Assert.Contains("unprivileged_bpf_disabled is 0", message, StringComparison.Ordinal);
                })
        );
    }

    [Fact]
    public void MapOfSocketsWithoutAnyCapability_NamesBoth()
    {
        Require.Kernel();
        Require.Root();
        Require.That(
            File.ReadAllText(UnprivilegedSetting).Trim() != "0",
            "bpf-for-the-privileged",
            "this kernel lets everybody create simple maps"
        );
        OwnThread.RunWithoutCapabilities(() =>
        {
            BpfMapSpec spec = new()
            {
                Type = BpfMapType.SockMap,
                Name = "test",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
            };
            string message = Refusal(Errno.EPERM, () => RawMap.Create(spec));
            Assert.Contains("The operation requires CAP_BPF", message, StringComparison.Ordinal);
            Assert.Contains("Maps of type SockMap also require CAP_NET_ADMIN.", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AddressSpaceAtItsLimit_IsNamed()
    {
        Require.Kernel();
        string[] answer = ChildProcess.Run(nameof(ChildScenarios.MapBeyondTheAddressSpace)).Split(' ', 2);
        Assert.StartsWith("BpfException: ", answer[1], StringComparison.Ordinal);
        Assert.Contains(
            $"ENOMEM (12). The mapping exceeds the address space limit of {answer[0]} bytes (RLIMIT_AS, ulimit -v)",
            answer[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void DescriptorsThatRanOut_AreNamedAndNothingElseIsThrown()
    {
        Require.Kernel();
        string frozen = ChildProcess.Run(nameof(ChildScenarios.UpdateFrozenWithoutDescriptors), "prlimit", FewDescriptors);
        Assert.StartsWith("BpfPermissionException: ", frozen, StringComparison.Ordinal);
        Assert.Contains("The map is probably frozen", frozen, StringComparison.Ordinal);
        Assert.Contains("EMFILE (24)", frozen, StringComparison.Ordinal);

        foreach (
            string scenario in (string[])
                [
                    nameof(ChildScenarios.GetUsageWithoutDescriptors),
                    nameof(ChildScenarios.SupportsMapTypeWithoutDescriptors),
                    nameof(ChildScenarios.CreateWithoutDescriptors),
                ]
        )
        {
            string message = ChildProcess.Run(scenario, "prlimit", FewDescriptors);
            Assert.StartsWith("BpfException: ", message, StringComparison.Ordinal);
            Assert.Contains("EMFILE (24). The process has no descriptors left", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FrozenMapWithoutProc_IsNamed()
    {
        Require.Kernel();
        Require.Root();
        using RawMap map = TestMaps.Create(BpfMapType.Hash);
        map.Freeze();
        OwnThread.RunWithoutProc(() =>
        {
            string message = Refusal(Errno.EPERM, () => map.Update(new byte[4], new byte[8]));
            Assert.Contains("The map is probably frozen", message, StringComparison.Ordinal);
            Assert.Equal("ENOENT", Assert.ThrowsAny<BpfException>(() => map.GetUsage()).ErrnoName);
        });
    }

    [Fact]
    public void AddressesThatAreTaken_AreNotBlamedOnArenasWhereThereIsNone()
    {
        Require.Kernel();
        using RawMap map = TestMaps.Create(BpfMapType.Array, flags: BpfMapFlags.Mmapable, host: new BusyHost());
        BpfException problem = Assert.ThrowsAny<BpfException>(() => map.Map().Dispose());
        Assert.Equal("EBUSY", problem.ErrnoName);
        Assert.DoesNotContain("arena", problem.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static string Refusal(int errno, Action operation)
    {
        BpfPermissionException refusal = Assert.Throws<BpfPermissionException>(operation);
        Assert.Equal(Errno.Name(errno), refusal.ErrnoName);
        return refusal.Message;
    }

    /// <summary>The kernel, but no memory can be mapped because something is in the way.</summary>
    private sealed class BusyHost() : ForwardingHost(BpfHost.Kernel)
    {
        internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory)
        {
            memory = null;
            return Errno.EBUSY;
        }
    }
}
