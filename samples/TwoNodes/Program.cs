// Two processes on one PostgreSQL: one is killed, the other takes over. This process schedules, watches, kills and counts.
using ScheduledBots;
using TwoNodes;

try
{
    if (args is ["node", var name])
    {
        return await Node.RunAsync(name, Database.OfParent());
    }

    await using Database database = await Database.OpenAsync(args);
    return await Show.RunAsync(database.Connection);
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (Exception error) when (error is InvalidOperationException or StoreUnavailableException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
