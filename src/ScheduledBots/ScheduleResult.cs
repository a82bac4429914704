using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>The answer to a schedule request.</summary>
/// <param name="Bot">The bot as it was stored.</param>
/// <param name="Created">False when a bot of the same id or deduplication key existed and is returned instead.</param>
/// <param name="Lead">
/// Whether the bot is expected to be on time, and by how much not. Staging is expected to take what 95 of 100 took: measured are
/// the last 256 that succeeded in this process; until there are 20 of them, and where no engine runs, it is
/// <see cref="Configuration.ScheduledBotsOptions.ExpectedStaging"/>. A bot that is past its staging is not at risk by it.
/// </param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScheduleResult(Bot Bot, bool Created, LeadTime Lead);
