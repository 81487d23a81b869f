#nullable enable

namespace HeTu
{
    /// <summary>Something that the server answers. Answers come in the order of the requests. Used on the loop only.</summary>
    internal abstract class Request
    {
        /// <summary>Which frames answer it.</summary>
        internal abstract AnswerKind Answer { get; }

        /// <summary>Writes its frame when it is sent; again on another link when it is sent again.</summary>
        /// <exception cref="SchemaMismatchException">It cannot be used with this server: <see cref="Unusable"/> follows.</exception>
        internal abstract void Write(MessagePackWriter writer, WireSchema wire);

        /// <summary>It is on its way.</summary>
        internal virtual void Sent()
        {
        }

        /// <summary>
        /// Its answer, of <see cref="Answer"/>'s kind. Throws nothing but <see cref="WireException"/>, which drops the link.
        /// </summary>
        internal abstract void Answered(ref ServerFrame frame);

        /// <summary>Instead of sent and answered: it cannot be used with the server of this link.</summary>
        internal abstract void Unusable(SchemaMismatchException mismatch);
    }
}
