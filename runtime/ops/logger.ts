import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * The programs' log: one JSON object a line on standard output, or lines for people.
 * @param prettyLines default: when standard output is a terminal.
 */
export function createLogger(level: LogLevel, prettyLines = process.stdout.isTTY): Logger {
  const options = { level, base: { pid: process.pid } };
  // Written at once: what a process has to say just before it dies matters most, and there is little in between.
  if (!prettyLines) return pino(options, pino.destination({ fd: 1, sync: true }));
  return pino(options, pretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss.l" }));
}
