using ScheduledBots.Configuration;
using ScheduledBots.DependencyInjection;

namespace ScheduledBots.Testing;

/// <summary>What a <see cref="TestSchedulerHost"/> is built from. Everything has a default: a scripted allocator and joiner, a store in memory, a Monday morning.</summary>
/// <remarks>Immutable and thread-safe; the delegates are called once, when the host is made.</remarks>
public sealed record TestSchedulerSetup
{
    /// <summary>The instant at which time begins.</summary>
    /// <value>Default 2 March 2026, 08:00 UTC.</value>
    public DateTimeOffset StartsAt { get; init; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Changes the scheduler's options, as <c>AddScheduledBots</c> takes them; null leaves the defaults.</summary>
    public Action<ScheduledBotsOptions>? Options { get; init; }

    /// <summary>
    /// Names what is tested, as the host does: <c>UseMeetingJoiner&lt;MyJoiner&gt;()</c>, <c>UseResourceAllocator(…)</c>, another
    /// storage, and services of its own on <see cref="IScheduledBotsBuilder.Services"/>. The host's <see cref="VirtualTime"/> is
    /// registered there as the <see cref="TimeProvider"/>.
    /// </summary>
    public Action<IScheduledBotsBuilder>? Configure { get; init; }

    /// <summary>The seed of everything random in the engine and of the ids the host gives.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the engine runs from the beginning.</summary>
    /// <value>Default true.</value>
    public bool StartsEngine { get; init; } = true;

    /// <summary>
    /// How long, in real time, virtual time stands still while a call of the host's code or of the store runs and nothing happens. Zero suits code
    /// that waits for virtual time only; code that really waits (a socket, another thread) needs more than it takes.
    /// </summary>
    /// <value>Default zero.</value>
    public TimeSpan Patience { get; init; }
}
