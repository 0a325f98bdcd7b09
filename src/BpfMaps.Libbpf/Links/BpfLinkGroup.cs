namespace BpfMaps;

/// <summary>A group of links that are disposed together.</summary>
internal sealed class BpfLinkGroup(IReadOnlyList<BpfLink> links) : BpfLink
{
    private protected override string WhyNotKernelLink => "It is one link for each CPU, which belongs to the process.";

    private protected override void Release()
    {
        foreach (BpfLink link in links)
            link.Dispose();
    }
}
