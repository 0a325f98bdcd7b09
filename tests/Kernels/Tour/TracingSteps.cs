using BpfMaps;

namespace Tour;

/// <summary>Steps that observe functions of the kernel.</summary>
internal static class TracingSteps
{
    private static readonly uint s_pid = (uint)Environment.ProcessId;

    public static void Kprobes()
    {
        using OpensObject opens = OpensObject.Open();
        opens.Rodata.OnlyPid = s_pid;
        opens.Load();
        using (opens.OnOpen.Attach())
        using (opens.OnOpened.Attach())
            Check.OpenFiles();
        Check.That(
            opens.Bss is { Entered: >= 11, Returned: >= 11, Failed: >= 1 },
            $"{opens.Bss.Entered} {opens.Bss.Returned} {opens.Bss.Failed}"
        );
        int paths = 0;
        opens.Opens.Read(
            (in OpensObject.OpenEvent open) =>
            {
                if (open.Path.ToString() == "/etc/hostname")
                    paths++;
            }
        );
        Check.That(paths == 10, $"{paths} events of /etc/hostname");
    }

    public static void KprobeByName()
    {
        using OpensObject opens = OpensObject.Open();
        opens.Rodata.OnlyPid = s_pid;
        opens.Load();
        using (opens.OnFunction.AttachKprobe("do_sys_openat2"))
            Check.OpenFiles();
        ulong entries = opens.Bss.Elsewhere;
        Check.That(entries >= 11, $"{entries} entries");
        Check.OpenFiles();
        Check.That(opens.Bss.Elsewhere == entries, "the program is still attached");
        using (opens.OnFunction.AttachKprobe("do_sys_openat2", onReturn: true))
            Check.OpenFiles();
        Check.That(opens.Bss.Elsewhere >= entries + 11, $"{opens.Bss.Elsewhere - entries} returns");
    }

    public static void MissingFunction()
    {
        using OpensObject opens = OpensObject.Open();
        opens.Load();
        try
        {
            opens.OnFunction.AttachKprobe("no_such_function").Dispose();
        }
        catch (BpfObjectException exception)
        {
            Check.That(exception.ErrnoName == "ENOENT", exception.Message);
            return;
        }
        throw new InvalidOperationException("a function that does not exist has a kprobe");
    }

    public static void PinnedKprobe()
    {
        string path = $"/sys/fs/bpf/tour_{s_pid}";
        using OpensObject opens = OpensObject.Open();
        opens.Rodata.OnlyPid = s_pid;
        opens.Load();
        using (BpfLink link = opens.OnFunction.AttachKprobe("do_sys_openat2"))
        {
            try
            {
                link.Pin(path);
            }
            catch (NotSupportedException exception) when (Environment.OSVersion.Version < new Version(5, 15))
            {
                Check.That(exception.Message.Contains("Linux 5.15", StringComparison.Ordinal), exception.Message);
                return;
            }
        }
        try
        {
            Check.OpenFiles();
            Check.That(opens.Bss.Elsewhere >= 11, $"{opens.Bss.Elsewhere} entries while only the pin holds the link");
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static void ManyKprobes()
    {
        using ManyObject many = ManyObject.Open();
        many.Rodata.OnlyPid = s_pid;
        many.Load();
        using (many.OnVfs.Attach())
            Check.OpenFiles();
        Check.That(many.Bss.Hits >= 11, $"{many.Bss.Hits} calls of vfs_*");
    }

    public static void Functions()
    {
        using FunctionsObject functions = FunctionsObject.Open();
        functions.Rodata.OnlyPid = s_pid;
        functions.Load();
        using (functions.OnEntry.Attach())
        using (functions.OnExit.Attach())
            Check.OpenFiles();
        Check.That(
            functions.Bss is { Entries: >= 11, Exits: >= 11, Failures: >= 1 },
            $"{functions.Bss.Entries} {functions.Bss.Exits} {functions.Bss.Failures}"
        );
    }

    public static void Profiler()
    {
        using ProfileObject profile = ProfileObject.Open();
        profile.Load();
        using (profile.OnClock.AttachCpuClock(99))
        {
            // Until this process is sampled; the kernel cannot say when that is.
            while (!profile.Samples.Any(static sample => sample.Key.Pid == s_pid && sample.Key.UserStack >= 0))
                Thread.SpinWait(100_000);
        }
        int id = profile.Samples.First(static sample => sample.Key.Pid == s_pid && sample.Key.UserStack >= 0).Key.UserStack;
        Check.That(profile.Stacks.TryGetStack(id, out ulong[]? frames) && frames.Length > 0, "no frames");
        profile.Stacks.Clear();
        Check.That(profile.Stacks.Count() == 0, "stacks after Clear");
    }
}
