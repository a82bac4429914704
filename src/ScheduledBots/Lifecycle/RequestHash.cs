using System.Runtime.InteropServices;

namespace ScheduledBots.Lifecycle;

/// <summary>A hash of the original request, by which a repeated request is told from a different one under the same key.</summary>
/// <remarks>Immutable and thread-safe; equal by value. The default is empty: the request had neither key nor id.</remarks>
public readonly record struct RequestHash
{
    /// <summary>How many bytes a hash has that is not empty.</summary>
    public const int Size = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private RequestHash(ReadOnlySpan<byte> bytes)
    {
        _first = MemoryMarshal.Read<UInt128>(bytes);
        _second = MemoryMarshal.Read<UInt128>(bytes[16..]);
    }

    /// <summary>Whether there is no hash.</summary>
    public bool IsEmpty => this == default;

    /// <summary>Takes a hash from its bytes, as a store keeps them.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes, or none.</param>
    /// <returns>The hash, or the empty one.</returns>
    /// <exception cref="ArgumentException">There is another number of bytes.</exception>
    public static RequestHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => default,
        Size => new RequestHash(bytes),
        int length => throw new ArgumentException($"A request hash has {Size} bytes or none, not {length}.", nameof(bytes)),
    };

    /// <summary>The bytes a store keeps.</summary>
    /// <returns><see cref="Size"/> bytes, or none where the hash is empty.</returns>
    public byte[] ToArray()
    {
        if (IsEmpty)
        {
            return [];
        }

        byte[] bytes = new byte[Size];
        MemoryMarshal.Write(bytes, _first);
        MemoryMarshal.Write(bytes.AsSpan(16), _second);
        return bytes;
    }

    /// <summary>The bytes in hexadecimal.</summary>
    /// <returns>64 digits, or none.</returns>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
