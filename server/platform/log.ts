import { pino } from "pino";
import type { Config } from "./config.ts";

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** JSON lines on standard output. Callers log ids and figures, never names, addresses or secrets. */
export function createLog(level: Config["logLevel"]): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "email",
        "name",
        "ip",
        "password",
        "token",
        "secret",
        "authorization",
        "cookie",
        "*.email",
        "*.password",
        "*.authorization",
        // A database's error tells the values of rows beside its message.
        ...["error", "error.aggregateErrors[*]"].flatMap((path) => [`${path}.detail`, `${path}.where`]),
      ],
      censor: "[removed]",
    },
    serializers: { error: pino.stdSerializers.err },
  });
}
