using Microsoft.AspNetCore.Http;
using ScheduledBots.AspNetCore.Contracts;
using ScheduledBots.AspNetCore.Endpoints;

namespace ScheduledBots.AspNetCore.Problems;

/// <summary>Turns what the endpoints throw into problem details; what it does not know is a defect and stays an exception.</summary>
internal sealed class BotProblemFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (http.Request.ContentLength > JsonBody.MaxBytes)
        {
            // Said before the endpoint may answer without having read the body: the server would then find out while it drains the
            // rest, and close a connection that the caller was told to keep and uses again (found by the fuzz).
            http.Response.Headers.Connection = "close";
            return BotProblem.OfStatus(StatusCodes.Status413PayloadTooLarge, $"The body has more than {JsonBody.MaxBytes} bytes.");
        }

        try
        {
            return await next(context);
        }
        catch (BotInputException error)
        {
            return BotProblem.OfInput(error.Field, error.Message);
        }
        catch (ArgumentException error) when (BotFields.OfParameter(error.ParamName) is { } field)
        {
            return BotProblem.OfInput(field, Sentence(error, field));
        }
        catch (LeadTimeTooShortException error)
        {
            return BotProblem.Of(error);
        }
        catch (BotNotFoundException)
        {
            return BotProblem.OfNotFound();
        }
        catch (BotStateConflictException error)
        {
            return BotProblem.Of(error);
        }
        catch (DeduplicationConflictException error)
        {
            return BotProblem.Of(error);
        }
        catch (BotVersionConflictException error)
        {
            return BotProblem.Of(error);
        }
        catch (TenantRefusedException error)
        {
            return BotProblem.OfStatus(StatusCodes.Status403Forbidden, "tenant_refused", error.Message);
        }
        catch (StoreUnavailableException)
        {
            // Its message is for the host's log, which has it from the library.
            return BotProblem.OfStatus(
                StatusCodes.Status503ServiceUnavailable,
                "store_unavailable",
                "The bots cannot be reached now. Whether the call took effect is not known; send it again, a POST with a deduplication_key.");
        }
        catch (BadHttpRequestException error)
        {
            return BotProblem.OfStatus(error.StatusCode, error.Message);
        }
    }

    /// <summary>The library's sentence without .NET's "(Parameter …)", with the field's name for the property's where it begins with it.</summary>
    private static string Sentence(ArgumentException error, string field)
    {
        string property = error.ParamName!;
        string message = error.Message.Replace($" (Parameter '{property}')", "", StringComparison.Ordinal);
        return message.StartsWith(property, StringComparison.OrdinalIgnoreCase) ? field + message[property.Length..] : message;
    }
}
