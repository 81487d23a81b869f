import type { Declaration } from "../../syntax/tree.js";
import type { Rule } from "../context.js";
import { memberScopes } from "../converted-names.js";
import { findMeetings, reportMeetings } from "../name-meetings.js";
import { onceEach } from "../once-each.js";

/** No two fields, parameters or values of a declaration come out the same in a target. */
export const targetMemberNamesDiffer: Rule = (context) => {
  for (const { declaration } of context.declarations) {
    const meetings = meetingsOf(declaration);
    if (meetings.length > 0 && !context.broken.touches(declaration)) reportMeetings(context, meetings);
  }
};

const meetingsOf = onceEach((declaration: Declaration) => findMeetings(memberScopes(declaration)));
