import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { openDoors } from "../../server/access/door.ts";
import { type Access, type AccessOptions, openAccess } from "../../server/access/open-access.ts";
import { accessGate, accessRoutes } from "../../server/access/routes.ts";
import { type Bus, PostgresBus } from "../../server/platform/bus.ts";
import type { Database } from "../../server/platform/database.ts";
import { createHttpServer } from "../../server/platform/http.ts";
import type { Log } from "../../server/platform/log.ts";
import { PROBLEMS } from "../../server/problems.ts";

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
export const ORIGIN = "http://refer.example";
/** Enough for tests that are about something else. */
const SCALE = 100;

export type AccessServer = {
  app: FastifyInstance;
  access: Access;
  bus: Bus;
  /** A request as a browser on our own page sends it. */
  ask(method: InjectOptions["method"], url: string, options?: InjectOptions): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
};

/** One instance of the server with the doors of the access room alone. */
export async function startAccessServer(
  db: Database,
  options: Partial<AccessOptions> = {},
): Promise<AccessServer> {
  const bus = new PostgresBus(db, quiet);
  const access = openAccess({
    db,
    bus,
    log: quiet,
    publicUrl: ORIGIN,
    sessionSecret: "a session secret that only the tests know, 0123456789",
    trustedProxies: 0,
    rateLimitScale: SCALE,
    ...options,
  });
  await bus.open();
  const app = createHttpServer({ problems: PROBLEMS, log: quiet });
  openDoors(app, accessRoutes(access), accessGate(access));
  await app.ready();
  return {
    app,
    access,
    bus,
    ask: (method = "GET", url, options = {}) =>
      app.inject({ method, url, ...options, headers: { origin: ORIGIN, ...options.headers } }),
    close: async () => {
      await app.close();
      access.close();
      await bus.close();
    },
  };
}

/** The `Cookie` header a browser would send after this answer. */
export function cookiesOf(answer: LightMyRequestResponse): string {
  return answer.cookies
    .filter((cookie) => cookie.value !== "")
    .map((cookie) => `${cookie.name}=${encodeURIComponent(cookie.value)}`)
    .join("; ");
}
