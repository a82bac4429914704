using System.Text;

namespace ScheduledBots.Calendar.Reading;

/// <summary>One unfolded line of a feed: a name, parameters and a value (RFC 5545, 3.1).</summary>
/// <param name="Name">The name, in capitals.</param>
/// <param name="Parameters">Everything between the name and the value, with its first semicolon; or empty.</param>
/// <param name="Value">The value as it was written.</param>
internal readonly record struct ContentLine(string Name, string Parameters, string Value)
{
    /// <summary>Reads a line, or gives null where it is none.</summary>
    public static ContentLine? Parse(string line)
    {
        int nameEnd = line.AsSpan().IndexOfAny(';', ':');
        if (nameEnd <= 0)
        {
            return null;
        }

        bool isQuoted = false;
        for (int at = nameEnd; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[at] == ':' && !isQuoted)
            {
                return new ContentLine(line[..nameEnd].ToUpperInvariant(), line[nameEnd..at], line[(at + 1)..]);
            }
        }

        return null;
    }

    /// <summary>Whether the parameters say this, as in <c>PARTSTAT=DECLINED</c>.</summary>
    public bool Says(string name, string value) => string.Equals(Parameter(name), value, StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter's value without its quotes, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (string parameter in Parameters.Split(';'))
        {
            if (parameter.Length > name.Length && parameter[name.Length] == '=' && parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter[(name.Length + 1)..].Trim('"');
            }
        }

        return null;
    }

    /// <summary>The value as text: without its escapes.</summary>
    public string Text()
    {
        if (!Value.Contains('\\', StringComparison.Ordinal))
        {
            return Value;
        }

        var text = new StringBuilder(Value.Length);
        for (int at = 0; at < Value.Length; at++)
        {
            bool isEscape = Value[at] == '\\' && at + 1 < Value.Length;
            char letter = isEscape ? Value[++at] : Value[at];
            text.Append(isEscape && (letter is 'n' or 'N') ? '\n' : letter);
        }

        return text.ToString();
    }
}
