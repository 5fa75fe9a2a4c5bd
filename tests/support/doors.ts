import type { FastifyInstance } from "fastify";
import type { Actor } from "../../server/access/actor.ts";
import { type AnyDoor, openDoors } from "../../server/access/door.ts";
import type { Database } from "../../server/platform/database.ts";
import { createHttpServer } from "../../server/platform/http.ts";
import type { Log } from "../../server/platform/log.ts";
import { PROBLEMS } from "../../server/problems.ts";

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export type Answered = { status: number; body: Record<string, unknown>; etag: string };
type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
type Sent = { body?: object | undefined; headers?: Record<string, string> };

/** Doors on a server of their own, for tests that are not about signing in: each request says who asks. */
export async function openTestDoors(db: Database, doors: readonly AnyDoor[]) {
  let asking: Actor = { kind: "visitor" };
  const app: FastifyInstance = createHttpServer({ problems: PROBLEMS, log: quiet });
  openDoors(app, doors, { db, findActor: () => asking, addressOf: () => "127.0.0.1", admit: nothing });
  await app.ready();
  const ask = async (
    actor: Actor,
    method: Method,
    url: string,
    { body, headers = {} }: Sent = {},
  ): Promise<Answered> => {
    asking = actor;
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return {
      status: answer.statusCode,
      body: answer.body === "" ? {} : answer.json(),
      etag: String(answer.headers["etag"] ?? ""),
    };
  };
  const send = (actor: Actor, method: Method, url: string, body?: object, key?: string) =>
    ask(actor, method, url, { body, headers: key === undefined ? {} : { "idempotency-key": key } });
  return {
    ask,
    /** With an idempotency key. What is asked at once must be asked by one actor. */
    send,
    /** An answer that is not JSON, as it is. */
    text: async (actor: Actor, url: string): Promise<string> => {
      asking = actor;
      return (await app.inject({ method: "GET", url })).body;
    },
    get: (actor: Actor, url: string) => send(actor, "GET", url),
    post: (actor: Actor, url: string, body: object) => send(actor, "POST", url, body),
    patch: (actor: Actor, url: string, body: object) => send(actor, "PATCH", url, body),
    close: () => app.close(),
  };
}

/** A key that may read everything of one program. */
export const readingKey = (programId: string): Actor => ({
  kind: "key",
  keyId: "key_of_a_test",
  programId,
  scopes: ["read"],
  livemode: true,
});

/** A key that may read and write in one program. */
export const writingKey = (programId: string): Actor => ({
  kind: "key",
  keyId: "key_of_a_test",
  programId,
  scopes: ["read", "write"],
  livemode: true,
});

export const participantActor = (programId: string, participantId: string): Actor => ({
  kind: "participant",
  programId,
  participantId,
  userId: null,
});
