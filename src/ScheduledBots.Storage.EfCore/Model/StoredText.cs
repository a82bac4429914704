using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>
/// Texts as columns keep them. A host may say anything in metadata, in a handle or in an error, and one row that a
/// database refuses would be refused for ever: PostgreSQL keeps no U+0000, and half a surrogate pair is nothing in UTF-8.
/// Such characters become an escape (U+001A and four hexadecimal digits) and come back as they were.
/// </summary>
internal static class StoredText
{
    private const char Escape = '\u001A';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [Escape, '\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Kept(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny(Suspects))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                kept.Append(text, i++, 2);
            }
            else if (Suspects.Contains(text[i]))
            {
                kept.Append(CultureInfo.InvariantCulture, $"{Escape}{(int)text[i]:X4}");
            }
            else
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    [return: NotNullIfNotNull(nameof(kept))]
    public static string? Read(string? kept)
    {
        if (kept is null || !kept.Contains(Escape))
        {
            return kept;
        }

        var text = new StringBuilder(kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] == Escape && i + 4 < kept.Length
                && ushort.TryParse(kept.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                text.Append(kept[i]); // written by somebody else
            }
        }

        return text.ToString();
    }
}
