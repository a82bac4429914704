using ScheduledBots.Calendar.Sources;

namespace ScheduledBots.Calendar;

/// <summary>Where a feed comes from: a file, a URL or a stream. The set is closed.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries no path and no URL, which for feeds is often a secret.</remarks>
public abstract class CalendarSource
{
    private protected CalendarSource()
    {
    }

    /// <summary>A file, read again at every sync; it is parsed only when it changed.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static CalendarSource File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StreamSource("file", _ => new ValueTask<Stream>(System.IO.File.OpenRead(path)));
    }

    /// <summary>
    /// A URL. It is asked with the ETag and the date of the answer before, follows a few redirects but none from https to http, uses no
    /// proxy and no cookies, and connects to public addresses only unless the options allow others.
    /// </summary>
    /// <param name="url">An absolute http or https URL; webcal is taken for https.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">The URL is relative or of another scheme.</exception>
    public static CalendarSource Url(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new UrlSource(UrlSource.Check(url));
    }

    /// <summary>Whatever the host opens: a blob, an attachment, an answer of its own client.</summary>
    /// <param name="open">Opens the feed at every sync; the stream is read once and disposed.</param>
    /// <returns>The source.</returns>
    public static CalendarSource Stream(Func<CancellationToken, ValueTask<Stream>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamSource("stream", open);
    }

    /// <summary>What kind of source it is.</summary>
    /// <returns>A text fit for logs.</returns>
    public abstract override string ToString();

    internal abstract Task<SourceAnswer> ReadAsync(SourceMark? mark, CalendarFeedOptions options, TimeProvider time, CancellationToken cancellationToken);
}
