import { malformedRule, expected, unexpectedText } from "../../../diagnostics/codes/syntax.js";
import { span, spanText } from "../../../source/span.js";
import { insertion, removal, replacement } from "../edits.js";
import { fix, type Repair, type Repairs, unreadText } from "../repair.js";

/** What other languages call a list; of those with keys nothing can be made. */
const LISTS =
  /^(?:array|readonlyarray|list|ilist|ireadonlylist|ienumerable|iterable|vec|vector|set|hashset|sequence|seq|slice|repeated)$/i;

/** What other languages call a value that may not be there. */
const OPTIONS = /^(?:option|optional|maybe|nullable)$/i;

/** A type as other languages write it. */
interface ForeignType {
  /** As it is written here, without the `?`, which stands at a name. */
  readonly text: string;
  readonly optional: boolean;
  /** The offset behind it. */
  readonly end: number;
}

/** `Array<T>` is `T[]`, and `a: Option<T>` is `a?: T`. The problem is at the name, at the `<`, or at both. */
export const plainGeneric: Repair = ({ span: { file, start: first, end }, text }) => {
  const inside = text.indexOf("<");
  const gap = /^[ \t]*(?=<)/.exec(file.text.slice(end))?.[0].length;
  if (inside < 0 && gap === undefined) return [];
  const start = inside < 0 ? end + (gap ?? 0) : first + inside;
  const head = /(?:(\w+)([ \t]*:[ \t]*))?\b([A-Za-z]\w*)[ \t]*$/.exec(
    file.text.slice(file.lineStart(file.lineOf(start)), start),
  );
  if (head === null) return [];
  const [whole, name, colon = ""] = head;
  const at = start - whole.length + (name?.length ?? 0) + colon.length;
  const type = foreignType(file.text, at);
  if (type === undefined || type.end <= start) return [];
  const put = replacement(span(file, at, type.end), type.text);
  if (!type.optional) return [fix(`Write \`${type.text}\``, put)];
  if (name === undefined) return [];
  const afterName = at - colon.length;
  return [fix(`Write \`${name}?: ${type.text}\``, insertion(file, afterName, "?"), put)];
};

/** `[T]` is `T[]`, and so is `T[5]`: lists have no size. */
const bracketsBehind: Repair = ({ span: at, text }) => {
  const { file, start } = at;
  if (text === "[") {
    const inner = foreignType(file.text, start + 1);
    const close = inner === undefined ? -1 : file.text.indexOf("]", inner.end);
    if (inner === undefined || inner.optional || file.text.slice(inner.end, close).trim() !== "") return [];
    return close < 0
      ? []
      : [fix(`Write \`${inner.text}[]\``, replacement(span(file, start, close + 1), `${inner.text}[]`))];
  }
  const isSize = /^\d+$/.test(text) && /\w[ \t]*\[[ \t]*$/.test(file.text.slice(0, start)) && file.text[at.end] === "]";
  return isSize ? [fix(`Remove the size \`${text}\``, replacement(at, ""))] : [];
};

function foreignType(text: string, from: number): ForeignType | undefined {
  const head = /^\s*([A-Za-z][\w.]*(?:\(\d+\))?)\s*/.exec(text.slice(from));
  const name = head?.[1];
  if (head === null || name === undefined) return undefined;
  let end = from + head[0].length;
  let type = name;
  let optional = false;
  if (text[end] === "<") {
    const inner = foreignType(text, end + 1);
    if (inner === undefined || text[inner.end] !== ">") return undefined;
    if (LISTS.test(name) && !inner.optional) type = `${inner.text}[]`;
    else if (OPTIONS.test(name)) [type, optional] = [inner.text, true];
    else return undefined;
    end = inner.end + 1;
  } else end = from + head[0].trimEnd().length;
  const brackets = /^(?:\[\])*/.exec(text.slice(end))?.[0] ?? "";
  end += brackets.length;
  // Space before what closes the type around this one belongs to it.
  const gap = /^\s*(?=>)/.exec(text.slice(end))?.[0].length ?? 0;
  return { text: type + brackets, optional: optional && brackets === "", end: end + gap };
}

/** All that was not understood there; what was read as something else has a fix of its own. */
const removeText: Repair = (trouble) => {
  const unread = unreadText(trouble);
  const text = spanText(unread);
  if (trouble.problem.fix !== undefined || text === "") return [];
  if (text.length > 40 || /[\r\n]/.test(text))
    return /^\{[^]*\}$/.test(text) ? [fix("Remove all from `{` to `}`", removal(unread))] : [];
  return [fix(`Remove \`${text}\``, removal(unread))];
};

/** What is not wanted may go; but of a type of another language that has none here, the rest would be left. */
const plainGenericOrNothing: Repair = (trouble) => (trouble.text === "<" ? plainGeneric(trouble) : removeText(trouble));

export const foreignListRepairs: Repairs = [
  [unexpectedText, plainGenericOrNothing],
  [malformedRule, plainGeneric],
  [expected, bracketsBehind],
];
