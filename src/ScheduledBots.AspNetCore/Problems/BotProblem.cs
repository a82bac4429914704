using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using ScheduledBots.AspNetCore.Contracts;

namespace ScheduledBots.AspNetCore.Problems;

/// <summary>
/// Refusals as problem details (RFC 9457). Each has a <c>code</c> for programs; a 400 has <c>errors</c> by field; a 409 has what
/// the caller needs to go on: the actual <c>state</c>, or the <c>existing_bot_id</c>.
/// </summary>
internal static class BotProblem
{
    public const string ContentType = "application/problem+json";

    public static JsonHttpResult<ProblemView> OfInput(string field, string message) =>
        Result(Create(StatusCodes.Status400BadRequest, "invalid_input", message) with { Errors = new() { [field] = [message] } });

    public static JsonHttpResult<ProblemView> Of(LeadTimeTooShortException refusal) => Result(Create(
        StatusCodes.Status400BadRequest,
        "lead_time_too_short",
        "join_at is sooner than this service accepts; choose a later one, or leave it out for an ad-hoc bot.") with
    {
        Errors = new() { [BotFields.JoinAt] = ["join_at is too soon."] },
        LeadSeconds = refusal.Lead.TotalSeconds,
        MinimumLeadSeconds = refusal.Minimum.TotalSeconds,
    });

    public static JsonHttpResult<ProblemView> OfNotFound() =>
        Result(Create(StatusCodes.Status404NotFound, "bot_not_found", "There is no such bot; it was never created here, or is deleted."));

    public static JsonHttpResult<ProblemView> Of(BotStateConflictException refusal) => Result(Create(
        StatusCodes.Status409Conflict, "bot_state_conflict", refusal.Message) with
    {
        BotId = refusal.Id.ToString(),
        State = BotWords.Of(refusal.Actual),
        RequiredState = refusal.Required is { } required ? BotWords.Of(required) : null,
        Since = refusal.EnteredAt?.UtcDateTime,
    });

    public static JsonHttpResult<ProblemView> Of(BotVersionConflictException refusal) => Result(Create(
        StatusCodes.Status412PreconditionFailed, "bot_version_conflict", refusal.Message) with { BotId = refusal.Id.ToString() });

    public static JsonHttpResult<ProblemView> Of(DeduplicationConflictException refusal) => Result(Create(
        StatusCodes.Status409Conflict, "deduplication_conflict", refusal.Message) with { ExistingBotId = refusal.ExistingId.ToString() });

    /// <summary>What has no words of its own: a body that is too long, or is not JSON.</summary>
    public static JsonHttpResult<ProblemView> OfStatus(int status, string detail) =>
        Result(Create(status, ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_'), detail));

    public static JsonHttpResult<ProblemView> OfStatus(int status, string code, string detail) => Result(Create(status, code, detail));

    private static ProblemView Create(int status, string code, string detail) =>
        new() { Title = ReasonPhrases.GetReasonPhrase(status), Status = status, Code = code, Detail = detail };

    private static JsonHttpResult<ProblemView> Result(ProblemView problem) =>
        TypedResults.Json(problem, BotJson.Default.ProblemView, ContentType, problem.Status);
}
