import { expect, it } from "vitest";
import { findings, only } from "../linted.js";

const schema = `namespace game
component Hidden { x: i32 }
@permission(user)
component Shown { x: i32 }
///
event Shout { x: i32 }
/// Documented.
event Quiet { x: i32 }
@permission(user)
system open_to_users() uses Shown
system inner() uses Hidden
@permission(everybody)
endpoint ping()
`;

it("is off by default", () => {
  expect(findings({ schema })).toEqual([]);
});

it("asks for documentation of what clients see, also where the lines for it are empty", () => {
  expect(findings({ schema, settings: only("HT8009") })).toEqual([
    "HT8009 Shown",
    "HT8009 Shout",
    "HT8009 open_to_users",
    "HT8009 ping",
  ]);
});
