import type { ServerCapabilities } from "vscode-languageserver/node";
import { actions } from "./actions.js";
import { customRequests } from "./custom-requests.js";
import type { HandlerGroup, Services } from "./handler.js";
import { outline } from "./outline.js";
import { reading } from "./reading.js";
import { writing } from "./writing.js";

const groups: readonly HandlerGroup[] = [outline, writing, reading, actions, customRequests];

/** Registers every group. @returns what they add to the server, together. */
export function registerAll(services: Services, more: readonly HandlerGroup[]): ServerCapabilities {
  const all: ServerCapabilities[] = [...groups, ...more].map((group) => group(services));
  return Object.assign({}, ...all) as ServerCapabilities;
}
