namespace ScheduledBots.Calendar.Sources;

/// <summary>A file or a stream that the host opens. It knows no versions: whether it changed shows in its bytes.</summary>
internal sealed class StreamSource(string kind, Func<CancellationToken, ValueTask<Stream>> open) : CalendarSource
{
    public override string ToString() => kind;

    internal override async Task<SourceAnswer> ReadAsync(SourceMark? mark, CalendarFeedOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            Stream stream = await open(either.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return new SourceAnswer(await BoundedRead.AllAsync(stream, options.MaxBytes, either.Token).ConfigureAwait(false), null);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CalendarFeedException($"The {kind} of the feed cannot be read ({error.GetType().Name}).");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CalendarFeedException($"The {kind} of the feed was not read within {options.Timeout}.");
        }
    }
}
