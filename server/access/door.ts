import { hash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Static, TSchema } from "typebox";
import type { Database, Tx } from "../platform/database.ts";
import { findAnswer, keepAnswer } from "../platform/idempotency.ts";
import { Refusal } from "../primitives/refusal.ts";
import { Closed, ProblemSchema } from "../primitives/wire.ts";
import { type Actor, actorId, programOf } from "./actor.ts";
import { isOperation, type Operation, permits } from "./permission.ts";
import type { RateLimitClass } from "./rate-limit.ts";

export type DoorSchema = {
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  /** JSON answers by status; an answer that is not listed is sent as it is. */
  response?: Record<number, TSchema>;
};

type Part<S extends DoorSchema, Key extends "params" | "query" | "body"> = S[Key] extends TSchema
  ? Static<S[Key]>
  : undefined;

export type Answer = {
  status: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
};

/** An answer that the door has begun to write by itself (a stream). */
export type Taken = { taken: true };

export type Call<S extends DoorSchema> = {
  actor: Actor;
  /** The program the request is about; refuses when there is none. */
  readonly programId: string;
  requestId: string;
  address: string;
  params: Part<S, "params">;
  query: Part<S, "query">;
  body: Part<S, "body">;
  headers: FastifyRequest["headers"];
  idempotency: Idempotency | null;
  /** One transaction in the call's program; with an Idempotency-Key its answer is stored and replayed. */
  write(fn: (tx: Tx) => Promise<Answer>): Promise<Answer>;
  /** The same in a program that the request itself makes. */
  writeIn(programId: string, fn: (tx: Tx) => Promise<Answer>): Promise<Answer>;
  /** Whether the same request would be let in again; for an answer that takes long. */
  isStillAllowed(): Promise<boolean>;
  request: FastifyRequest;
  reply: FastifyReply;
};

export type Idempotency = { key: string; fingerprint: string };

export type Door<S extends DoorSchema = DoorSchema> = {
  method: HTTPMethods;
  path: string;
  operation: Operation;
  limit: RateLimitClass;
  summary: string;
  tag: string;
  schema: S;
  /** The media type of an answer that is not JSON; for the OpenAPI document. */
  produces?: string;
  /** A body larger than usual: a picture, a list. */
  bodyBytesMax?: number;
  /** Pages and redirects: left out of the OpenAPI document. */
  isPage?: true;
  handle(call: Call<S>): Promise<Answer | Taken> | Answer | Taken;
};

export type AnyDoor = Omit<Door, "handle"> & {
  handle(call: never): Promise<Answer | Taken> | Answer | Taken;
};

/** What every door needs from its surroundings. */
export type Gate = {
  db: Database;
  findActor(request: FastifyRequest): Actor | Promise<Actor>;
  addressOf(request: FastifyRequest): string;
  /** Refuses with `rate_limited`; sets headers where that is cheap. */
  admit(limit: RateLimitClass, actor: Actor, address: string, reply: FastifyReply): void | Promise<void>;
};

const OUTAGES: ReadonlySet<string> = new Set(["database_unavailable", "overloaded"]);
const KEY_PATTERN = /^[\x21-\x7e]{1,200}$/;

/** One operation of the API, typed by its schemas. */
export function door<const S extends DoorSchema>(definition: Door<S>): AnyDoor {
  return definition as unknown as AnyDoor;
}

/** Opens the doors on the server: authenticate, limit, authorise, validate, handle, in this order. */
export function openDoors(app: FastifyInstance, doors: readonly AnyDoor[], gate: Gate): void {
  for (const one of doors) {
    if (!isOperation(one.operation))
      throw new Error(
        `${one.method} ${one.path} names "${one.operation}", which the permission table does not know.`,
      );
    openDoor(app, one as unknown as Door, gate);
  }
}

type Guarded = FastifyRequest & { actor?: Actor; clientAddress?: string };

function openDoor(app: FastifyInstance, one: Door, gate: Gate): void {
  app.route({
    method: one.method,
    url: one.path,
    exposeHeadRoute: false,
    ...(one.bodyBytesMax ? { bodyLimit: one.bodyBytesMax } : {}),
    schema: routeSchema(one) as object,
    onRequest: async (request: Guarded, reply) => {
      const found = gate.findActor(request);
      const actor = "then" in found ? await found : found;
      const address = gate.addressOf(request);
      const admitted = gate.admit(one.limit, actor, address, reply);
      if (admitted) await admitted;
      const program = programInPath(one, request) ?? programOf(actor);
      const verdict = permits(actor, one.operation, program);
      if (verdict !== true) throw new Refusal(verdict);
      request.actor = actor;
      request.clientAddress = address;
    },
    handler: async (request: Guarded, reply) => {
      const answer = await one.handle(callOf(one, request, reply, gate));
      if ("taken" in answer) return reply;
      if (answer.headers) reply.headers(answer.headers);
      if (answer.body === undefined) return reply.code(answer.status).send();
      return reply.code(answer.status).send(answer.body);
    },
  });
}

/** `/v1/programs/{program_id}` names the program itself. */
function programInPath(one: Door, request: FastifyRequest): string | null {
  if (!one.path.startsWith("/v1/programs/:program_id")) return null;
  return (request.params as { program_id: string }).program_id;
}

function callOf(one: Door, request: Guarded, reply: FastifyReply, gate: Gate): Call<DoorSchema> {
  const actor = request.actor as Actor;
  const idempotency = idempotencyOf(request);
  const call = {
    actor,
    get programId(): string {
      const program = programInPath(one, request) ?? programOf(actor);
      if (program === null) throw new Refusal("program_required");
      return program;
    },
    requestId: request.id,
    address: request.clientAddress as string,
    params: request.params as never,
    query: request.query as never,
    body: request.body as never,
    headers: request.headers,
    idempotency,
    write: (fn: (tx: Tx) => Promise<Answer>) => call.writeIn(call.programId, fn),
    writeIn: (programId: string, fn: (tx: Tx) => Promise<Answer>) =>
      gate.db.write(programId, (tx) => once(tx, idempotency, fn)),
    isStillAllowed: () => isStillAllowed(one, request, actor, gate),
    request,
    reply,
  };
  return call;
}

async function isStillAllowed(one: Door, request: Guarded, actor: Actor, gate: Gate): Promise<boolean> {
  try {
    const now = await gate.findActor(request);
    const isSame = now.kind === actor.kind && actorId(now) === actorId(actor);
    return isSame && permits(now, one.operation, programInPath(one, request) ?? programOf(now)) === true;
  } catch (error) {
    // While nobody can be asked, nothing has been taken away.
    return !(error instanceof Refusal) || OUTAGES.has(error.code);
  }
}

/** One idempotency key, one effect and one stored answer. */
async function once(
  tx: Tx,
  idempotency: Idempotency | null,
  fn: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  if (!idempotency) return fn(tx);
  const stored = await findAnswer(tx, idempotency);
  if (stored) return replay(stored);
  const answer = await fn(tx);
  await keepAnswer(tx, idempotency, { status: answer.status, body: JSON.stringify(answer.body ?? null) });
  return answer;
}

/** A stored answer, sent again as it was. */
function replay(stored: { status: number; body: string }): Answer {
  return { status: stored.status, body: JSON.parse(stored.body), headers: { "idempotent-replayed": "true" } };
}

function idempotencyOf(request: FastifyRequest): Idempotency | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined || request.method === "GET" || request.method === "HEAD") return null;
  if (typeof key !== "string" || !KEY_PATTERN.test(key)) throw new Refusal("invalid_idempotency_key");
  return {
    key,
    fingerprint: fingerprintOf(`${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}`),
  };
}

/** Tells two contents apart; 128 bits of SHA-256. */
export function fingerprintOf(text: string): string {
  return hash("sha256", text, "hex").slice(0, 32);
}

function routeSchema(one: Door): Record<string, unknown> {
  const { params, query, body, response } = one.schema;
  return {
    ...(params ? { params } : {}),
    // A parameter that no schema names is an error, also where there is no schema.
    ...(query ? { querystring: query } : one.isPage ? {} : { querystring: Closed({}) }),
    ...(body ? { body } : {}),
    ...(response ? { response: { ...response, "4xx": ProblemSchema, "5xx": ProblemSchema } } : {}),
    summary: one.summary,
    tags: [one.tag],
    operationId: one.operation,
    ...(one.produces ? { "x-produces": one.produces } : {}),
    hide: one.isPage === true,
  };
}
