namespace ScheduledBots.Chaos;

/// <summary>One thing that may befall a host, with real processes on a real database, and what must come of it.</summary>
internal interface ITrial
{
    /// <summary>What it is called on the command line: lower case, with hyphens.</summary>
    string Name { get; }

    /// <summary>What is promised, in words.</summary>
    string Figure { get; }

    /// <summary>Does it and judges, from witness files and tables only.</summary>
    /// <param name="rig">An empty database, and what starts nodes on it. The caller disposes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken);
}
