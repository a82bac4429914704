using System.Net;
using System.Net.Sockets;

namespace ScheduledBots.Calendar.Sources;

/// <summary>
/// Which addresses belong to the public internet. A URL of a stranger must not make the host talk to itself, to its neighbours or to the
/// metadata service of its cloud; addresses that carry another one inside are judged by that one.
/// </summary>
internal static class AddressRule
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>What of IPv6 is handed out to the public; of it these are not: Teredo and documentation.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialInGlobal = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Special.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        byte[] bytes = address.GetAddressBytes();
        return SixToFour.Contains(address) ? IsPublic(new IPAddress(bytes[2..6]))
            : Translated.Contains(address) ? IsPublic(new IPAddress(bytes[12..16]))
            : Global.Contains(address) && !SpecialInGlobal.Any(network => network.Contains(address));
    }
}
