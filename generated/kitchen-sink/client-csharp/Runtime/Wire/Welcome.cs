#nullable enable

namespace HeTu
{
    /// <summary>hetu.2: the server's answer to hello.</summary>
    internal readonly struct Welcome
    {
        private Welcome(long time, WireDescription? description, byte[]? token, bool resumed)
        {
            Time = time;
            Description = description;
            Token = token;
            Resumed = resumed;
        }

        /// <summary>Milliseconds since 1970 UTC at the server.</summary>
        internal long Time { get; }

        /// <summary>The server's when it differs from the client's.</summary>
        internal WireDescription? Description { get; }

        /// <summary>To resume with, once.</summary>
        internal byte[]? Token { get; }

        /// <summary>The server has kept the session.</summary>
        internal bool Resumed { get; }

        /// <param name="body">Behind the kind of the frame.</param>
        /// <exception cref="WireException">When it is not a welcome.</exception>
        internal static Welcome Read(ref MessagePackReader body)
        {
            try
            {
                var time = ServerFrames.ReadTime(ref body);
                var description = body.TryReadNil() ? null : DescriptionReader.Read(ref body);
                var token = body.TryReadNil() ? null : body.ReadBytes("token");
                body.Skip();
                return new Welcome(time, description, token, body.ReadBoolean("resumed"));
            }
            catch (SchemaMismatchException mismatch)
            {
                throw new WireException($"a welcome has something else in the place of its parts: {mismatch.Path}", mismatch);
            }
        }
    }
}
