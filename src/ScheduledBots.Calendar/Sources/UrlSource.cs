using System.Net;
using System.Net.Http.Headers;

namespace ScheduledBots.Calendar.Sources;

/// <summary>A feed on the web. Redirects are followed by hand, because each target is judged like the first one.</summary>
internal sealed class UrlSource(Uri url) : CalendarSource
{
    /// <summary>Answers names; tests answer themselves.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Judges addresses where private ones are not allowed.</summary>
    public Func<IPAddress, bool> IsAllowed { get; init; } = AddressRule.IsPublic;

    public static Uri Check(Uri url)
    {
        if (url.IsAbsoluteUri && url.Scheme.Equals("webcal", StringComparison.OrdinalIgnoreCase))
        {
            url = new Uri(string.Concat("https", url.AbsoluteUri.AsSpan("webcal".Length)));
        }

        return url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw new ArgumentException("The feed's URL is not an absolute http or https URL.", nameof(url));
    }

    public override string ToString() => "URL";

    internal override async Task<SourceAnswer> ReadAsync(SourceMark? mark, CalendarFeedOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await AskAsync(mark, options, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            // The words of the network name the host, which is not for logs.
            throw error.InnerException as CalendarFeedException ?? new CalendarFeedException($"The feed's server cannot be read ({error.HttpRequestError}).");
        }
        catch (IOException error)
        {
            throw new CalendarFeedException($"The feed's server broke off ({error.GetType().Name}).");
        }
        catch (InvalidDataException)
        {
            throw new CalendarFeedException("The feed's answer is compressed wrongly.");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CalendarFeedException($"The feed's server did not answer within {options.Timeout}.");
        }
    }

    private async Task<SourceAnswer> AskAsync(SourceMark? mark, CalendarFeedOptions options, CancellationToken cancellationToken)
    {
        var connection = new GuardedConnection(Resolve, options.AllowPrivateAddresses ? static _ => true : IsAllowed);
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = (context, cancel) => connection.ConnectAsync(context.DnsEndPoint, cancel),
            UseCookies = false,
            UseProxy = false,
        };

        // The time-out is the caller's token, which follows the host's clock.
        using var client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        Uri target = url;
        for (int redirects = 0; redirects <= options.MaxRedirects; redirects++)
        {
            using HttpRequestMessage request = Request(target, mark);
            using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (mark is not null && answer.StatusCode == HttpStatusCode.NotModified)
            {
                return new SourceAnswer(null, mark);
            }

            if (answer.StatusCode == HttpStatusCode.OK)
            {
                using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                byte[] bytes = await BoundedRead.AllAsync(body, options.MaxBytes, cancellationToken).ConfigureAwait(false);
                return new SourceAnswer(bytes, new SourceMark(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified));
            }

            target = Next(target, answer);
        }

        throw new CalendarFeedException($"The feed's server redirects more than {options.MaxRedirects} times.");
    }

    private static HttpRequestMessage Request(Uri target, SourceMark? mark)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Accept.ParseAdd("text/calendar, */*;q=0.5");
        request.Headers.UserAgent.ParseAdd("ScheduledBots");
        request.Headers.IfModifiedSince = mark?.LastModifiedAt;
        if (mark?.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out EntityTagHeaderValue? parsed))
        {
            request.Headers.IfNoneMatch.Add(parsed);
        }

        return request;
    }

    private static Uri Next(Uri from, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
        {
            throw new CalendarFeedException($"The feed's server answered {(int)answer.StatusCode}, not 200.");
        }

        var next = new Uri(from, location);
        bool isAllowed = next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);
        return isAllowed ? next : throw new CalendarFeedException("The feed's server redirects to something that is neither https nor as safe as before.");
    }
}
