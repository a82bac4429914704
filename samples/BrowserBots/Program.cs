// The promise, visible: real browsers go into one meeting, as soon as they can be there and at an instant that was told before. The meeting
// itself says when each arrived.
using BrowserBots;

try
{
    return await Show.RunAsync(Arguments.Parse(args));
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (Exception error) when (error is InvalidOperationException or TimeoutException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("ended before the runs were through; the browsers are closed");
    return 130;
}
