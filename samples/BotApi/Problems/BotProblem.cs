using BotApi.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using ScheduledBots;

namespace BotApi.Problems;

/// <summary>
/// Refusals as problem details (RFC 9457). Each has a <c>code</c> for programs; a 400 has <c>errors</c> by field; a 409 has what
/// the caller needs to go on: the actual <c>state</c>, or the <c>existing_bot_id</c>.
/// </summary>
internal static class BotProblem
{
    public static ProblemHttpResult OfInput(string field, string message) =>
        Create(StatusCodes.Status400BadRequest, "invalid_input", message, ("errors", new Dictionary<string, string[]> { [field] = [message] }));

    public static ProblemHttpResult Of(LeadTimeTooShortException refusal) => Create(
        StatusCodes.Status400BadRequest,
        "lead_time_too_short",
        "join_at is sooner than this service accepts; choose a later one, or leave it out for an ad-hoc bot.",
        ("errors", new Dictionary<string, string[]> { [BotFields.JoinAt] = ["join_at is too soon."] }),
        ("lead_seconds", refusal.Lead.TotalSeconds),
        ("minimum_lead_seconds", refusal.Minimum.TotalSeconds));

    public static ProblemHttpResult Of(BotNotFoundException _) =>
        Create(StatusCodes.Status404NotFound, "bot_not_found", "There is no such bot; it was never created here, or is deleted.");

    public static ProblemHttpResult Of(BotStateConflictException refusal) => Create(
        StatusCodes.Status409Conflict,
        "bot_state_conflict",
        refusal.Message,
        ("bot_id", refusal.Id.ToString()),
        ("state", BotWords.Of(refusal.Actual)),
        ("required_state", refusal.Required is { } required ? BotWords.Of(required) : null),
        ("since", refusal.EnteredAt?.UtcDateTime));

    public static ProblemHttpResult Of(DeduplicationConflictException refusal) => Create(
        StatusCodes.Status409Conflict,
        "deduplication_conflict",
        refusal.Message,
        ("existing_bot_id", refusal.ExistingId.ToString()));

    /// <summary>What ends without words of its own: no such path, a method the path does not have, a body that is too long.</summary>
    public static ProblemHttpResult OfStatus(int status, string? detail = null) =>
        Create(status, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_'), detail);

    private static ProblemHttpResult Create(int status, string code, string? detail, params ReadOnlySpan<(string Name, object? Value)> extensions)
    {
        Dictionary<string, object?> members = new() { ["code"] = code };
        foreach ((string name, object? value) in extensions)
        {
            if (value is not null)
            {
                members[name] = value;
            }
        }

        return TypedResults.Problem(detail: detail, statusCode: status, extensions: members);
    }
}
