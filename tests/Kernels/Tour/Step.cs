namespace Tour;

/// <summary>A step of the tour: something that an application does with BPF.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Since">The first kernel that supports it.</param>
/// <param name="Run">Does it, and throws if the result is wrong.</param>
/// <param name="Missing">
/// Returns why a kernel of that version may lack it nevertheless, such as an option that it was built without; <see langword="null"/> if it
/// may not.
/// </param>
internal sealed record Step(string Name, string Since, Action Run, Func<string?>? Missing = null)
{
    /// <summary>Gets the reason for which the running kernel skips the step, or <see langword="null"/>.</summary>
    public string? SkipReason(Version kernel) => kernel < Version.Parse(Since) ? $"Linux {Since} and later support it" : Missing?.Invoke();
}
