namespace ScheduledBots.Tests.Conventions;

/// <summary>Says who breaks a convention, all of them at once.</summary>
internal static class Offenders
{
    /// <summary>Asserts that there are none.</summary>
    /// <param name="offenders">Whoever breaks it.</param>
    /// <param name="what">What they do, after "These".</param>
    public static void None(IEnumerable<string> offenders, string what)
    {
        List<string> found = [.. offenders.Distinct()];
        Assert.True(found.Count == 0, $"These {what}:\n{string.Join('\n', found)}");
    }
}
