/** What the server writes its log to; a pino logger is one. Nothing is logged for an ordinary call. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

const nothing = (): void => undefined;

/** For servers without a log. */
export const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing };
