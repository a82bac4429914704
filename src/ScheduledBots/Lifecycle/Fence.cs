using System.Globalization;

namespace ScheduledBots.Lifecycle;

/// <summary>
/// The fencing token of a bot: a number raised by every change of ownership and by every change that must stop the
/// owner. Stale numbers lose: a store refuses them, and so should the host's resources.
/// </summary>
/// <param name="Value">The number; never negative, never reset.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct Fence(long Value) : IComparable<Fence>
{
    /// <summary>The next larger token.</summary>
    /// <returns>This value plus one.</returns>
    public Fence Next() => new(checked(Value + 1));

    /// <inheritdoc/>
    public int CompareTo(Fence other) => Value.CompareTo(other.Value);

    /// <summary>The number.</summary>
    /// <returns>Decimal digits.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the left token is older.</summary>
    public static bool operator <(Fence left, Fence right) => left.Value < right.Value;

    /// <summary>Whether the left token is older or the same.</summary>
    public static bool operator <=(Fence left, Fence right) => left.Value <= right.Value;

    /// <summary>Whether the left token is newer.</summary>
    public static bool operator >(Fence left, Fence right) => left.Value > right.Value;

    /// <summary>Whether the left token is newer or the same.</summary>
    public static bool operator >=(Fence left, Fence right) => left.Value >= right.Value;
}
