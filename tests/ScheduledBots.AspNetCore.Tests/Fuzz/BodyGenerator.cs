using System.Text;

namespace ScheduledBots.AspNetCore.Tests.Fuzz;

/// <summary>
/// Bodies from right to hopeless: a right one, with a field or two of hostile values, with fields left out, doubled, renamed
/// or added, and at last with bytes deleted, doubled, flipped or cut off.
/// </summary>
internal sealed class BodyGenerator(Random random)
{
    private readonly List<string> _keys = [];
    private byte[]? _keyed;

    public byte[] Create()
    {
        if (_keyed is not null && random.Next(20) == 0)
        {
            // What a caller does who got no answer.
            return _keyed;
        }

        List<(string Name, string Value)> fields =
        [
            ("meeting_url", $"\"https://meet.example.com/{random.Next(1000)}\""),
            ("bot_name", "\"Notes\""),
        ];
        if (random.Next(4) > 0)
        {
            fields.Add(("join_at", JoinAt()));
        }

        if (random.Next(3) == 0)
        {
            fields.Add(("metadata", HostileText.Metadata(random)));
        }

        if (random.Next(4) > 0)
        {
            return Finish(fields);
        }

        fields.Add(("deduplication_key", Key()));
        return _keyed = Finish(fields);
    }

    public byte[] Update()
    {
        if (random.Next(5) == 0)
        {
            // Right in any state.
            return Encoding.UTF8.GetBytes($$"""{ "metadata": { "n": {{random.Next()}} } }""");
        }

        List<(string Name, string Value)> fields = [("join_at", JoinAt())];
        if (random.Next(3) == 0)
        {
            fields.Add(HostileText.Pick(random, ("bot_name", "\"Other\""), ("meeting_url", HostileText.Url(random)), ("metadata", HostileText.Metadata(random))));
        }

        return Finish(fields);
    }

    /// <summary>Mostly right: an instant from one second to some days ahead, or nearly three years or a little more.</summary>
    private string JoinAt() => random.Next(6) switch
    {
        0 => HostileText.Date(random),
        1 => $"\"{Service.In(TimeSpan.FromDays(3 * 366) + TimeSpan.FromSeconds(random.Next(-30, 30)))}\"",
        _ => $"\"{Service.In(TimeSpan.FromSeconds(Math.Exp(random.NextDouble() * 12)))}\"",
    };

    /// <summary>New or one of the last: repeated with the same or with other content.</summary>
    private string Key()
    {
        if (_keys.Count == 0 || random.Next(2) == 0)
        {
            _keys.Add($"\"key-{random.Next()}\"");
        }

        return _keys[^random.Next(1, Math.Min(_keys.Count, 5) + 1)];
    }

    private byte[] Finish(List<(string Name, string Value)> fields)
    {
        for (int edits = HostileText.Pick(random, 0, 0, 0, 1, 1, 2, 4); edits > 0 && fields.Count > 0; edits--)
        {
            Edit(fields, random.Next(fields.Count));
        }

        if (random.Next(60) == 0)
        {
            return Encoding.UTF8.GetBytes(HostileText.Any(random));
        }

        byte[] body = Encoding.UTF8.GetBytes("{" + string.Join(",", fields.Select(field => $"\"{field.Name}\":{field.Value}")) + "}");
        return random.Next(4) == 0 ? Scratch(body) : body;
    }

    private void Edit(List<(string Name, string Value)> fields, int at)
    {
        (string name, string value) = fields[at];
        switch (random.Next(8))
        {
            case 0: fields.RemoveAt(at); break;
            case 1: fields.Add((name, value)); break;
            case 2: fields[at] = (HostileText.Pick(random, "joinAt", "JOIN_AT", "join at", "", "$.join_at", "\\ud800", "id", "__proto__", name + "\\u0000"), value); break;
            case 3: fields.Add(("x" + random.Next(9), HostileText.Any(random))); break;
            case 4: fields[at] = (name, HostileText.Any(random)); break;
            case 5: fields[at] = (name, HostileText.Text(random)); break;
            case 6: fields[at] = (name, HostileText.Url(random)); break;
            default: fields[at] = (name, HostileText.Date(random)); break;
        }
    }

    /// <summary>One to four wounds, at any byte: also in the middle of a character.</summary>
    private byte[] Scratch(byte[] body)
    {
        List<byte> bytes = [.. body];
        for (int wounds = random.Next(1, 5); wounds > 0 && bytes.Count > 0; wounds--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, bytes[at]); break;
                case 2: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 3: bytes[at] = (byte)random.Next(256); break;
                case 4: bytes.InsertRange(at, HostileText.Pick<byte[]>(random, [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], "\"}"u8.ToArray(), "{\""u8.ToArray())); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }
}
