namespace ScheduledBots.Lifecycle;

/// <summary>A bot as one flat row: the one form stores keep. <see cref="Bot.FromSnapshot"/> gives it back its state type.</summary>
/// <remarks>
/// Immutable and thread-safe. Every instant is UTC in whole microseconds. Three groups of columns have different
/// writers: the request's (written once), the caller's (changed by reschedule and update), and the engine's (changed
/// by commits, which must leave the others alone).
/// </remarks>
public sealed record BotSnapshot
{
    private readonly PackedInstant _createdAt;
    private readonly PackedInstant _joinAt;
    private readonly PackedInstant _notBefore;
    private readonly PackedInstant _armedUntil;
    private readonly PackedInstant _startedAt;
    private readonly PackedInstant _settledAt;

    /// <inheritdoc cref="Bot.Id"/>
    public required BotId Id { get; init; }

    /// <inheritdoc cref="Bot.Tenant"/>
    public string Tenant { get; init; } = "";

    /// <inheritdoc cref="Bot.DeduplicationKey"/>
    public string? DeduplicationKey { get; init; }

    /// <inheritdoc cref="Bot.RequestHash"/>
    public RequestHash RequestHash { get; init; }

    /// <inheritdoc cref="Bot.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get => _createdAt.Value; init => _createdAt = value; }

    /// <inheritdoc cref="Bot.TraceParent"/>
    public string? TraceParent { get; init; }

    /// <inheritdoc cref="Bot.MeetingUrl"/>
    public required string MeetingUrl { get; init; }

    /// <inheritdoc cref="Bot.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="Bot.Metadata"/>
    public string? Metadata { get; init; }

    /// <inheritdoc cref="Bot.JoinAt"/>
    public required DateTimeOffset JoinAt { get => _joinAt.Value; init => _joinAt = value; }

    /// <inheritdoc cref="Bot.Version"/>
    public long Version { get; init; }

    /// <inheritdoc cref="Bot.Status"/>
    public BotStatus Status { get; init; }

    /// <inheritdoc cref="Bot.IsSettled"/>
    public bool IsSettled => Status >= BotStatus.Joined;

    /// <inheritdoc cref="Bot.Owner"/>
    public NodeId? Owner { get; init; }

    /// <inheritdoc cref="Bot.Fence"/>
    public Fence Fence { get; init; }

    /// <inheritdoc cref="Bot.Attempt"/>
    public int Attempt { get; init; }

    /// <inheritdoc cref="Bot.PossiblyStarted"/>
    public bool PossiblyStarted { get; init; }

    /// <inheritdoc cref="Bot.Crashes"/>
    public int Crashes { get; init; }

    /// <inheritdoc cref="Bot.AllocatingFence"/>
    public Fence? AllocatingFence { get; init; }

    /// <inheritdoc cref="Bot.NotBefore"/>
    public DateTimeOffset? NotBefore { get => _notBefore.OrNull; init => _notBefore = value; }

    /// <inheritdoc cref="Bot.LastFailure"/>
    public Failure? LastFailure { get; init; }

    /// <inheritdoc cref="StagedBot.Resource"/>
    public ResourceHandle? Resource { get; init; }

    /// <inheritdoc cref="StagedBot.StagedFence"/>
    public Fence? StagedFence { get; init; }

    /// <inheritdoc cref="StagedBot.ArmedUntil"/>
    public DateTimeOffset? ArmedUntil { get => _armedUntil.OrNull; init => _armedUntil = value; }

    /// <inheritdoc cref="JoiningBot.StartedAt"/>
    public DateTimeOffset? StartedAt { get => _startedAt.OrNull; init => _startedAt = value; }

    /// <summary>When the bot reached a final state, or null.</summary>
    public DateTimeOffset? SettledAt { get => _settledAt.OrNull; init => _settledAt = value; }

    /// <summary>The id and the status.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"bot {Id} ({Status}, fence {Fence}, attempt {Attempt})";
}
