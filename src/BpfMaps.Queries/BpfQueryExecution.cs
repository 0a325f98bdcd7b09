namespace BpfMaps;

/// <summary>Where queries run.</summary>
public enum BpfQueryExecution
{
    /// <summary>
    /// In the kernel if it can run them and the process may load them, otherwise in this process over batches, with the same results.
    /// </summary>
    Automatic,

    /// <summary>Only in the kernel. If that is not possible, creating the query throws.</summary>
    KernelOnly,

    /// <summary>Only in this process, over batches of elements.</summary>
    UserSpaceOnly,
}
