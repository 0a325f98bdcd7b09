using System.Net;
using System.Net.Sockets;
using BpfMaps;

namespace Guard;

/// <summary>The rules for IPv4 and IPv6, as one table.</summary>
internal sealed class RuleTable(Rules4Map rules4, Rules6Map rules6)
{
    public void Set(IPNetwork network, in Rule rule)
    {
        if (IsIPv4(network))
            rules4.Set(LpmKey.FromNetwork<Be32>(network), rule);
        else
            rules6.Set(LpmKey.FromNetwork<Bytes16>(network), rule);
    }

    public bool Remove(IPNetwork network) =>
        IsIPv4(network) ? rules4.Remove(LpmKey.FromNetwork<Be32>(network)) : rules6.Remove(LpmKey.FromNetwork<Bytes16>(network));

    public Dictionary<IPNetwork, Rule> ToDictionary()
    {
        Dictionary<IPNetwork, Rule> rules = [];
        foreach ((LpmKey<Be32> key, Rule rule) in rules4)
            rules[new IPNetwork(key.Data.ToIPAddress(), (int)key.PrefixLength)] = rule;
        foreach ((LpmKey<Bytes16> key, Rule rule) in rules6)
            rules[new IPNetwork(key.Data.ToIPAddress(), (int)key.PrefixLength)] = rule;
        return rules;
    }

    private static bool IsIPv4(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
}
