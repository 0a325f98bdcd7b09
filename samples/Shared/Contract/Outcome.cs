namespace Contract;

/// <summary>Whether the kernel did what a system call asked for.</summary>
public enum Outcome : uint
{
    Succeeded,
    Failed,
}
