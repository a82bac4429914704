using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>The files of the page, which are inside the assembly: a host copies and builds nothing.</summary>
internal static class PageAssets
{
    private const string Index = "index.html";
    private const string Root = "page/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The names that there are.</summary>
    public static IEnumerable<string> Names => All.Keys;

    public static IResult SendIndex() => Send(Index);

    /// <summary>A file, or 404; the browser keeps it, and asks each time whether it is still the same.</summary>
    public static IResult Send(string name) => All.TryGetValue(name, out Asset? asset) ? asset : TypedResults.NotFound();

    private static FrozenDictionary<string, Asset> Load()
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Root.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Asset(bytes, TypeOf(name), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"The page has a file that ends in {other}, whose content type nobody has named."),
    };

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-cache";
            FileContentHttpResult file = TypedResults.Bytes(Bytes, ContentType, entityTag: Tag);
            return file.ExecuteAsync(httpContext);
        }
    }
}
