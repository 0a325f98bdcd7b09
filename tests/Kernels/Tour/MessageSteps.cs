using BpfMaps;

namespace Tour;

/// <summary>Steps that ask for what some kernels do not have, and check that the message says so.</summary>
internal static class MessageSteps
{
    private static readonly Version s_kernel = Environment.OSVersion.Version;

    public static void RemovedValue()
    {
        using AveragesMap averages = AveragesMap.Create();
        averages.Set(1, new() { Lock = default, Value = 1 });
        Expect(s_kernel < new Version(5, 14), "Linux 5.14 and later", () => averages.TryRemove(1, out _));
    }

    public static void MissingMapType() =>
        Expect(
            s_kernel < new Version(6, 9),
            "This kernel does not support maps of type Arena. Linux 6.9 introduced it",
            static () =>
                RawMap
                    .Create(
                        new BpfMapSpec
                        {
                            Type = BpfMapType.Arena,
                            MaxEntries = 1,
                            Flags = BpfMapFlags.Mmapable,
                        }
                    )
                    .Dispose()
        );

    public static void ObjectWithMissingMapType()
    {
        using RecentObject recent = RecentObject.Open();
        Expect(
            s_kernel < new Version(6, 9),
            "Map 'pages': this kernel does not support maps of type Arena. Linux 6.9 introduced it",
            recent.Load
        );
    }

    /// <summary>The kernel is older, was built without it, or libbpf asks for functions that cannot be traced.</summary>
    public static void ManyKprobes(bool isBuiltWithout, bool isOldLibbpf)
    {
        using ManyObject many = ManyObject.Open();
        string expected = (s_kernel < new Version(5, 18), isBuiltWithout) switch
        {
            (true, _) => "Linux 5.18 introduced kprobe.multi programs",
            (_, true) => "this kernel was built without CONFIG_FPROBE, which kprobe.multi programs require",
            _ => "install libbpf 1.3 or later",
        };
        Expect(
            s_kernel < new Version(5, 18) || isBuiltWithout || isOldLibbpf,
            expected,
            () =>
            {
                many.Load();
                many.OnVfs.Attach().Dispose();
            }
        );
    }

    private static void Expect(bool isRefused, string message, Action action)
    {
        try
        {
            action();
        }
        catch (BpfException exception)
        {
            Check.That(isRefused && exception.Message.Contains(message, StringComparison.Ordinal), exception.Message);
            return;
        }
        Check.That(!isRefused, "nothing was refused");
    }
}
