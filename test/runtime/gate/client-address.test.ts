import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "../../../runtime/gate/client-address.js";

function request(direct: string, forwarded?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: direct });
  const message = new IncomingMessage(socket);
  if (forwarded !== undefined) message.headers["x-forwarded-for"] = forwarded;
  return message;
}

test.each([
  ["10.0.0.1", undefined, 0, "10.0.0.1"],
  ["::ffff:10.0.0.1", undefined, 0, "10.0.0.1"],
  ["10.0.0.1", "1.2.3.4", 0, "10.0.0.1"],
  ["10.0.0.1", "6.6.6.6, 1.2.3.4", 1, "1.2.3.4"],
  ["10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"],
  ["10.0.0.1", "1.2.3.4", 5, "1.2.3.4"],
  ["10.0.0.1", undefined, 1, "10.0.0.1"],
  ["10.0.0.1", "nonsense", 1, "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", undefined, 0, "2001:db8:1:2::/64"],
  ["2001:db8::6", undefined, 0, "2001:db8:0:0::/64"],
  ["::1", undefined, 0, "0:0:0:0::/64"],
  ["fe80::1%eth0", undefined, 0, "fe80:0:0:0::/64"],
])("from %s with X-Forwarded-For %s through %i proxies counts as %s", (direct, forwarded, proxies, expected) => {
  expect(clientAddress(request(direct, forwarded), proxies)).toBe(expected);
});
