using System.Text.Json.Serialization;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>The distance from acceptance to <c>join_at</c>, beside the time that allocating the resources is expected to take.</summary>
internal sealed record LeadView
{
    [JsonPropertyName("lead_seconds")]
    public required double LeadSeconds { get; init; }

    /// <summary>Accepted, but so late that the bot may join late.</summary>
    [JsonPropertyName("at_risk")]
    public required bool AtRisk { get; init; }

    /// <summary>By how much; zero where it is not at risk.</summary>
    [JsonPropertyName("expected_shortfall_seconds")]
    public required double ExpectedShortfallSeconds { get; init; }

    public static LeadView Of(LeadTime lead) => new()
    {
        LeadSeconds = lead.Lead.TotalSeconds,
        AtRisk = lead.AtRisk,
        ExpectedShortfallSeconds = lead.Shortfall.TotalSeconds,
    };
}
