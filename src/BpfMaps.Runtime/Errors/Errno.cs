using System.Globalization;

namespace BpfMaps;

/// <summary>The error numbers of bpf(2) and related system calls, and their names.</summary>
/// <remarks>These are the generic numbers, which are the same on all architectures that the runtime supports.</remarks>
internal static class Errno
{
    public const int Ok = 0;
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int E2BIG = 7;
    public const int EBADF = 9;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int ENAMETOOLONG = 36;
    public const int ENOSYS = 38;
    public const int ELOOP = 40;
    public const int ENOLINK = 67;
    public const int EPROTO = 71;
    public const int EOVERFLOW = 75;
    public const int ENOTSOCK = 88;
    public const int EOPNOTSUPP = 95;
    public const int ENOBUFS = 105;

    /// <summary>The kernel-internal "not supported", which leaks to user space; libc has no name for it.</summary>
    public const int ENOTSUPP = 524;

    /// <summary>Returns whether an error means that the operation is not supported; the kernel uses two numbers.</summary>
    public static bool IsNotSupported(int errno) => errno is ENOTSUPP or EOPNOTSUPP;

    /// <summary>Gets the name of an error, or <c>errno N</c> if it is not known here.</summary>
    public static string Name(int errno) =>
        errno switch
        {
            EPERM => "EPERM",
            ENOENT => "ENOENT",
            ESRCH => "ESRCH",
            EINTR => "EINTR",
            5 => "EIO",
            6 => "ENXIO",
            E2BIG => "E2BIG",
            EBADF => "EBADF",
            EAGAIN => "EAGAIN",
            ENOMEM => "ENOMEM",
            EACCES => "EACCES",
            EFAULT => "EFAULT",
            EBUSY => "EBUSY",
            EEXIST => "EEXIST",
            18 => "EXDEV",
            ENODEV => "ENODEV",
            ENOTDIR => "ENOTDIR",
            EISDIR => "EISDIR",
            EINVAL => "EINVAL",
            ENFILE => "ENFILE",
            EMFILE => "EMFILE",
            25 => "ENOTTY",
            27 => "EFBIG",
            ENOSPC => "ENOSPC",
            EROFS => "EROFS",
            32 => "EPIPE",
            33 => "EDOM",
            34 => "ERANGE",
            35 => "EDEADLK",
            ENAMETOOLONG => "ENAMETOOLONG",
            ENOSYS => "ENOSYS",
            ELOOP => "ELOOP",
            61 => "ENODATA",
            ENOLINK => "ENOLINK",
            EPROTO => "EPROTO",
            EOVERFLOW => "EOVERFLOW",
            ENOTSOCK => "ENOTSOCK",
            EOPNOTSUPP => "EOPNOTSUPP",
            ENOBUFS => "ENOBUFS",
            107 => "ENOTCONN",
            110 => "ETIMEDOUT",
            116 => "ESTALE",
            129 => "EKEYREJECTED",
            ENOTSUPP => "ENOTSUPP",
            _ => string.Create(CultureInfo.InvariantCulture, $"errno {errno}"),
        };

    /// <summary>Gets the name and the number of an error, as in messages: <c>EPERM (1)</c>.</summary>
    public static string Describe(int errno)
    {
        string name = Name(errno);
        return name.StartsWith("errno", StringComparison.Ordinal) ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({errno})");
    }
}
