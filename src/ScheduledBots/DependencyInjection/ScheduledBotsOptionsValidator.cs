using Microsoft.Extensions.Options;
using ScheduledBots.Configuration;

namespace ScheduledBots.DependencyInjection;

/// <summary>Checks all options together and reports every failure at once.</summary>
internal sealed class ScheduledBotsOptionsValidator : IValidateOptions<ScheduledBotsOptions>
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScheduledBotsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new ValidateOptionsResultBuilder();
        Duration(failures, nameof(options.StagingLead), options.StagingLead, TimeSpan.Zero, Day);
        Duration(failures, nameof(options.StagingSpread), options.StagingSpread, TimeSpan.Zero, Hour);
        Duration(failures, nameof(options.ExpectedStaging), options.ExpectedStaging, TimeSpan.Zero, Day);
        Duration(failures, nameof(options.AllocationTimeout), options.AllocationTimeout, Millisecond, Day);
        Duration(failures, nameof(options.StagingRetryDelay), options.StagingRetryDelay, Millisecond, Hour);
        Duration(failures, nameof(options.MaxStagingRetryDelay), options.MaxStagingRetryDelay, options.StagingRetryDelay, Day);
        Duration(failures, nameof(options.ArmLead), options.ArmLead, TimeSpan.Zero, 5 * Minute);
        Duration(failures, nameof(options.StartMargin), options.StartMargin, TimeSpan.Zero, Minute);
        Duration(failures, nameof(options.StartWindow), options.StartWindow, options.StartMargin + Millisecond, 5 * Minute);
        Duration(failures, nameof(options.MisfireGrace), options.MisfireGrace, TimeSpan.Zero, Day);
        Duration(failures, nameof(options.JoinTimeout), options.JoinTimeout, Millisecond, Day);
        Duration(failures, nameof(options.MinimumLeadTime), options.MinimumLeadTime, TimeSpan.Zero, Day);
        Duration(failures, nameof(options.Retention), options.Retention, TimeSpan.Zero, 3650 * Day);
        Duration(failures, nameof(options.PruneInterval), options.PruneInterval, Second, Day);
        Duration(failures, nameof(options.ClaimInterval), options.ClaimInterval, 10 * Millisecond, Minute);
        Duration(failures, nameof(options.StoreTimeout), options.StoreTimeout, 10 * Millisecond, Minute);
        Duration(failures, nameof(options.MaxClockSkew), options.MaxClockSkew, Millisecond, Minute);
        Duration(failures, nameof(options.MaxSpin), options.MaxSpin, TimeSpan.Zero, 5 * Millisecond);
        Duration(failures, nameof(options.BeatInterval), options.BeatInterval, 10 * Millisecond, Minute);
        Duration(failures, nameof(options.NodeTimeToLive), options.NodeTimeToLive, 3 * options.BeatInterval, 10 * Minute);
        Duration(failures, nameof(options.AmbiguityHold), options.AmbiguityHold, TimeSpan.Zero, 10 * Minute);
        Duration(failures, nameof(options.ReconcileInterval), options.ReconcileInterval, 100 * Millisecond, 10 * Minute);
        Duration(failures, nameof(options.StoreTimeout), options.StoreTimeout, 10 * Millisecond, Minute);
        Number(failures, nameof(options.PoisonLimit), options.PoisonLimit, 2, 100);
        Number(failures, nameof(options.MaxConcurrentAllocations), options.MaxConcurrentAllocations, 1, int.MaxValue);
        Number(failures, nameof(options.MaxConcurrentJoins), options.MaxConcurrentJoins, 1, int.MaxValue);
        Number(failures, nameof(options.MaxJoinAttempts), options.MaxJoinAttempts, 1, int.MaxValue);
        Number(failures, nameof(options.MaxOwnedBots), options.MaxOwnedBots, 1, int.MaxValue);
        Number(failures, nameof(options.MaxBlockedCalls), options.MaxBlockedCalls, 0, 1_000);
        if (options.ArmLead > options.StagingLead)
        {
            failures.AddError(
                $"is {options.ArmLead}, longer than StagingLead, {options.StagingLead}: bots would be armed before they are staged. Shorten ArmLead or lengthen StagingLead.",
                nameof(options.ArmLead));
        }

        if (options.StoreTimeout >= options.NodeTimeToLive - options.BeatInterval)
        {
            failures.AddError(
                $"is {options.StoreTimeout}, but an engine trusts itself for {options.NodeTimeToLive - options.BeatInterval} only: one slow call would end that. Shorten StoreTimeout or lengthen NodeTimeToLive.",
                nameof(options.StoreTimeout));
        }

        if (options.NodeName is null || options.NodeName.Length > Storage.BeatQuery.MaxNameLength)
        {
            failures.AddError($"must have at most {Storage.BeatQuery.MaxNameLength} characters.", nameof(options.NodeName));
        }

        if (!Enum.IsDefined(options.AmbiguityPolicy))
        {
            failures.AddError($"is {(int)options.AmbiguityPolicy}; it must be Rejoin or Fail.", nameof(options.AmbiguityPolicy));
        }

        return failures.Build();
    }

    private static void Duration(ValidateOptionsResultBuilder failures, string option, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            failures.AddError($"is {value}; it must be from {least} to {most}.", option);
        }
    }

    private static void Number(ValidateOptionsResultBuilder failures, string option, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            failures.AddError($"is {value}; it must be from {least} to {most}.", option);
        }
    }
}
