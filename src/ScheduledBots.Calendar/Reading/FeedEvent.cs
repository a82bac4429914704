namespace ScheduledBots.Calendar.Reading;

/// <summary>The lines of one event, without those of components inside it.</summary>
internal sealed class FeedEvent
{
    public List<ContentLine> Lines { get; } = [];

    /// <summary>Whether its end was reached.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The first line of a name, or null.</summary>
    public ContentLine? First(string name)
    {
        foreach (ContentLine line in Lines)
        {
            if (line.Name == name)
            {
                return line;
            }
        }

        return null;
    }
}
