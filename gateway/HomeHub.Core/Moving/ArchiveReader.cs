using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HomeHub.Core.Moving;

/// <summary>Decrypts an archive that <see cref="ArchiveWriter"/> wrote. What it gives was authenticated; that it was all of it is known when it has come to its end.</summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly Stream _from;
    private readonly byte[] _header;
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[ArchiveLayout.FrameBytes];
    private readonly byte[] _frame = new byte[ArchiveLayout.FrameBytes + ArchiveLayout.TagBytes];
    private readonly byte[] _head = new byte[ArchiveLayout.FrameHeadBytes];
    private int _at, _filled;
    private long _number = -1;
    private bool _isAtEnd;

    private ArchiveReader(Stream from, byte[] header, TransferCode code)
    {
        (_from, _header) = (from, header);
        _cipher = ArchiveLayout.OpenCipher(code, header);
    }

    /// <summary>Opens an archive.</summary>
    /// <param name="from">Where from; stays open.</param>
    /// <param name="code">Its code.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="MoveException">It is none, of a newer program, cut short, or of another code.</exception>
    public static async Task<ArchiveReader> OpenAsync(Stream from, TransferCode code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(code);
        var header = new byte[ArchiveLayout.HeaderBytes];
        int read = await from.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);

        // Whatever is shorter than a header is judged by what there is of it.
        return ArchiveLayout.CheckHeader(header, code) switch
        {
            MoveProblem.NotAnArchive => throw new MoveException(MoveProblem.NotAnArchive),
            _ when read < header.Length => throw new MoveException(MoveProblem.CutShort),
            { } problem => throw new MoveException(problem),
            null => new ArchiveReader(from, header, code),
        };
    }

    /// <summary>Reads up to as many bytes as there is room for; 0 at the end of the archive.</summary>
    /// <exception cref="MoveException">It is damaged or cut short.</exception>
    public async Task<int> ReadAsync(Memory<byte> to, CancellationToken cancellation)
    {
        while (_at == _filled)
        {
            if (_isAtEnd)
            {
                return 0;
            }

            await ReadFrameAsync(cancellation).ConfigureAwait(false);
        }

        int part = Math.Min(to.Length, _filled - _at);
        _plain.AsSpan(_at, part).CopyTo(to.Span);
        _at += part;
        return part;
    }

    /// <summary>Reads exactly as many bytes as there is room for.</summary>
    /// <exception cref="MoveException">It is damaged or cut short, or has fewer.</exception>
    public async Task ReadExactlyAsync(Memory<byte> to, CancellationToken cancellation)
    {
        while (!to.IsEmpty)
        {
            int read = await ReadAsync(to, cancellation).ConfigureAwait(false);
            to = read > 0 ? to[read..] : throw new MoveException(MoveProblem.Damaged);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private async Task ReadFrameAsync(CancellationToken cancellation)
    {
        await ReadWholeAsync(_head, cancellation).ConfigureAwait(false);
        uint head = BinaryPrimitives.ReadUInt32BigEndian(_head);
        int length = (int)(head & ~ArchiveLayout.LastFrame);
        if (length > ArchiveLayout.FrameBytes)
        {
            throw new MoveException(MoveProblem.Damaged);
        }

        await ReadWholeAsync(_frame.AsMemory(0, length + ArchiveLayout.TagBytes), cancellation).ConfigureAwait(false);
        Unseal(length);
        (_at, _filled, _isAtEnd) = (0, length, head != (uint)length);
        if (_isAtEnd && await _from.ReadAsync(_head, cancellation).ConfigureAwait(false) > 0)
        {
            // Something was put behind the end.
            throw new MoveException(MoveProblem.Damaged);
        }
    }

    private async Task ReadWholeAsync(Memory<byte> to, CancellationToken cancellation)
    {
        if (await _from.ReadAtLeastAsync(to, to.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < to.Length)
        {
            throw new MoveException(MoveProblem.CutShort);
        }
    }

    private void Unseal(int length)
    {
        Span<byte> nonce = stackalloc byte[ArchiveLayout.NonceBytes];
        ArchiveLayout.WriteNonce(nonce, ++_number);
        byte[] about = [.. _header, .. _head];
        try
        {
            _cipher.Decrypt(nonce, _frame.AsSpan(0, length), _frame.AsSpan(length, ArchiveLayout.TagBytes), _plain.AsSpan(0, length), about);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new MoveException(MoveProblem.Damaged, error);
        }
    }
}
