namespace BpfMaps;

/// <summary>A group of links that are disposed together.</summary>
internal sealed class BpfLinkGroup(IReadOnlyList<BpfLink> links) : BpfLink
{
    private protected override void Detach()
    {
        foreach (BpfLink link in links)
            link.Dispose();
    }
}
