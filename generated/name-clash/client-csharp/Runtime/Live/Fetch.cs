#nullable enable

using System;

namespace HeTu
{
    /// <summary>A question that is answered once, without the type of the rows.</summary>
    internal abstract class Fetch : Request
    {
        internal override AnswerKind Answer => AnswerKind.Page;

        /// <summary>There will be no answer.</summary>
        internal abstract void Fail(Exception error);

        /// <summary>Over hetu.1, which has no such question: begins a live query instead.</summary>
        internal abstract void Emulate();
    }
}
