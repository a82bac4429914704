using System.Globalization;

namespace ScheduledBots.Chaos.Judging;

/// <summary>What one process witnessed, and when it was gone.</summary>
internal sealed class ProcessLines
{
    public const string Extension = ".witness";

    /// <summary>Beside the witness file, written by whoever saw the process end: the monotonic clock, and its exit code.</summary>
    public const string EndExtension = ".ended";

    private ProcessLines(string name, IReadOnlyList<WitnessLine> lines, long? endedTimestamp, int? exitCode)
    {
        Name = name;
        Lines = lines;
        EndedTimestamp = endedTimestamp;
        EndedInOrder = exitCode == 0;
    }

    public string Name { get; }

    public IReadOnlyList<WitnessLine> Lines { get; }

    public long? EndedTimestamp { get; }

    public bool EndedInOrder { get; }

    public static ProcessLines Read(string file)
    {
        string[] ended = File.Exists(Path.ChangeExtension(file, EndExtension)) ? File.ReadAllText(Path.ChangeExtension(file, EndExtension)).Split(' ') : [];
        return new ProcessLines(
            Path.GetFileNameWithoutExtension(file),
            [.. File.ReadLines(file).Select(WitnessLine.Parse)],
            ended is [string timestamp, _] ? long.Parse(timestamp, CultureInfo.InvariantCulture) : null,
            ended is [_, string code] ? int.Parse(code, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The calls of the joiner. One that did not end ended with the process.</summary>
    public IEnumerable<JoinerCall> Calls()
    {
        Dictionary<(Guid, int), long> ends = Lines.Where(line => line.Kind == WitnessKind.JoinEnded)
            .GroupBy(line => (line.Bot, line.Attempt)).ToDictionary(group => group.Key, group => group.First().Timestamp);
        return Lines.Where(line => line.Kind == WitnessKind.JoinBegan)
            .Select(line => new JoinerCall(line, ends.TryGetValue((line.Bot, line.Attempt), out long end) ? end : EndedTimestamp ?? long.MaxValue, Name));
    }

    /// <summary>How many local allocations have neither a join nor a release of the same fence.</summary>
    public int Unmatched()
    {
        HashSet<(Guid, long)> matched = [.. Lines.Where(line => line.Kind is WitnessKind.JoinBegan or WitnessKind.Released).Select(line => (line.Bot, line.Fence))];
        return Lines.Count(line => line.Kind == WitnessKind.Allocated && !matched.Contains((line.Bot, line.Fence)));
    }
}
