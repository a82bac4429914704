// Bots over HTTP: POST, GET, PATCH and DELETE /api/v1/bots, on 127.0.0.1:5080 unless told otherwise, and the schedule
// page at /bots. README.md has the calls.
using BotApi;

await using WebApplication app = BotApplication.Create(args);
await app.RunAsync();
