using System.Net;
using System.Text.RegularExpressions;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>The calls that the sample's README shows, made.</summary>
public sealed partial class ReadmeTests(Service service) : IClassFixture<Service>
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "BotApi.README.md"));

    // Mutant: "bot_name" of the first call written "name".
    [Fact]
    public async Task The_calls_it_shows_are_accepted()
    {
        string text = ShellDate().Replace(Page, _ => Service.In(TimeSpan.FromMinutes(30)));
        string[] bodies = [.. Body().Matches(text).Select(match => match.Groups[1].Value)];

        Answer created = await service.PostAsync(bodies[0]);
        Answer moved = await service.PatchAsync(created.Id, bodies[1]);
        Answer deleted = await service.DeleteAsync(created.Id);

        Assert.Equal(2, bodies.Length);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal("cancelled", deleted.Text("state"));
    }

    /// <summary>Leaves the quotes of the shell and the substitution in them: "'$(date …)'".</summary>
    [GeneratedRegex(@"'\$\(date [^)]*\)'")]
    private static partial Regex ShellDate();

    [GeneratedRegex(@"-d '(\{[^']*\})'")]
    private static partial Regex Body();
}
