using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Carries the schema to our own context; models of two schemas are two models.</summary>
internal sealed class SchemaExtension(string? schema) : IDbContextOptionsExtension
{
    public string? Schema { get; } = schema;

    /// <inheritdoc/>
    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    /// <inheritdoc/>
    public void ApplyServices(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Validate(IDbContextOptions options)
    {
    }

    /// <summary>EF Core caches models by the services of a context: another schema is another set of services.</summary>
    private sealed class ExtensionInfo(SchemaExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        private string? Schema => ((SchemaExtension)Extension).Schema;

        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => Schema?.GetHashCode(StringComparison.Ordinal) ?? 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo info && info.Schema == Schema;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["ScheduledBots:Schema"] = string.Create(CultureInfo.InvariantCulture, $"{Schema}");
    }
}
