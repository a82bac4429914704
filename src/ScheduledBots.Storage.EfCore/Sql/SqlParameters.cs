using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The parameters of one statement, made by the driver's own command so that this package needs no driver.</summary>
/// <remarks>Not thread-safe. The driver takes a value's type, arrays included, from the value; a null needs a cast in the statement.</remarks>
internal sealed class SqlParameters : IDisposable
{
    private readonly DbCommand _maker;
    private readonly List<DbParameter> _parameters = [];

    public SqlParameters(DbContext context) => _maker = context.Database.GetDbConnection().CreateCommand();

    public IReadOnlyList<DbParameter> All => _parameters;

    public SqlParameters Add(string name, object? value)
    {
        DbParameter parameter = _maker.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        _parameters.Add(parameter);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => _maker.Dispose();
}
