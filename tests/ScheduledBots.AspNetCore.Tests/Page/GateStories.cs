using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScheduledBots.AspNetCore.Page;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>Who comes in, and what browsers are told.</summary>
public sealed partial class GateStories
{
    private static readonly string[] Paths =
        ["/bots", "/bots/", "/bots/assets/page.js", "/bots/data/session", "/bots/data/events?range=1h", "/bots/data/bots", "/bots/data/bots/x"];

    // Mutant: PageGate.IsOpen returns true where there is no metadata of authorization.
    [Fact]
    public async Task A_page_that_nobody_was_granted_access_to_is_not_there_and_says_so_once()
    {
        await using PageScope scope = await PageScope.StartAsync(new Service { GrantPage = _ => { }, LogLevel = LogLevel.Warning });

        foreach (string path in Paths)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await scope.Client.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await scope.Client.PostAsync("/bots/data/bots/x/cancel", hasToken: false)).Status);
        Assert.Single(scope.Service.Errors, line => line.Contains("The schedule page /bots is closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_requires_authorization_lets_in_whom_the_host_knows()
    {
        await using PageScope scope = await PageScope.StartAsync(new Service
        {
            GrantPage = page => page.RequireAuthorization("operators"),
            ConfigureServices = services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("test", null);
                services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireClaim(ClaimTypes.Role, "operator"));
            },
        });
        using var guest = new PageClient(scope.Service.Address, (HeaderSignIn.Header, "guest"));
        using var operators = new PageClient(scope.Service.Address, (HeaderSignIn.Header, "operator"));

        foreach (string path in Paths)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await scope.Client.GetAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await operators.GetAsync("/bots/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await operators.GetAsync("/bots/data/bots")).Status);
    }

    [Fact]
    public async Task A_fallback_policy_of_the_host_opens_nothing()
    {
        await using PageScope scope = await PageScope.StartAsync(new Service
        {
            GrantPage = _ => { },
            ConfigureServices = services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("test", null);
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
        });
        using var user = new PageClient(scope.Service.Address, (HeaderSignIn.Header, "operator"));

        Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync("/bots/")).Status);
    }

    [Theory]
    [InlineData("/bots/", "text/html")]
    [InlineData("/bots/assets/page.js", "text/javascript")]
    [InlineData("/bots/data/bots", "application/json")]
    [InlineData("/bots/data/bots/x", "application/problem+json")]
    public async Task Browsers_are_told_to_run_the_pages_own_files_alone(string path, string mediaType)
    {
        await using PageScope scope = await PageScope.StartAsync();

        using HttpResponseMessage response = await scope.Client.RawAsync(path);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl is { NoStore: true } or { NoCache: true });
    }

    [Fact]
    public async Task The_page_ends_in_a_slash_wherever_it_is_mapped()
    {
        await using PageScope scope = await PageScope.StartAsync();

        using HttpResponseMessage response = await scope.Client.RawAsync("/bots?a=b");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("./bots/?a=b", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        await using PageScope scope = await PageScope.StartAsync();
        Answer first = await scope.Client.GetAsync("/bots/assets/page.css");
        using var second = new PageClient(scope.Service.Address, ("If-None-Match", first.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, (await second.GetAsync("/bots/assets/page.css")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scope.Client.GetAsync("/bots/assets/other.css")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scope.Client.GetAsync("/bots/assets/..%2fpage.css")).Status);
    }

    /// <summary>The files themselves keep to the policy, and to text: no scripts or styles within the page, nothing from elsewhere, no HTML from data.</summary>
    // Mutant: a bot's name written by innerHTML in list.js.
    [Fact]
    public async Task The_files_have_nothing_inline_nothing_from_elsewhere_and_write_no_HTML()
    {
        await using PageScope scope = await PageScope.StartAsync();
        string index = (await scope.Client.GetAsync("/bots/")).Body;

        Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=|javascript:", index);
        foreach (string name in PageAssets.Names)
        {
            string text = name == "index.html" ? index : (await scope.Client.GetAsync($"/bots/assets/{name}")).Body;
            Assert.DoesNotMatch(Elsewhere(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function|setAttribute\\(\"style\"", text);
        }

        Assert.All(Asset().Matches(index), match => Assert.Contains(match.Groups[1].Value, PageAssets.Names));
        Assert.Contains("page.js", PageAssets.Names);
    }

    [Fact]
    public async Task A_scheduler_without_a_page_is_told_which_call_is_missing()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddScheduledBots().UseInMemoryStorage();
        await using WebApplication app = builder.Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapScheduledBotsPage("/bots"));

        Assert.Contains("Call AddSchedulePage()", error.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("https?://|url\\(|@import|//[a-z]+\\.[a-z]")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("assets/([a-z.]+)\"")]
    private static partial Regex Asset();
}
