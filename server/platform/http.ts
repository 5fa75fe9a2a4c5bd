import { STATUS_CODES } from "node:http";
import { type Socket, Server as TcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { Compile } from "typebox/compile";
import { fieldProblems } from "../primitives/field-problems.ts";
import type { Problem, ProblemKind } from "../primitives/problem.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { type AllowedMethods, watchMethods } from "./allowed-methods.ts";
import { parseJsonBody, refuseBrokenText } from "./json-body.ts";
import type { Log } from "./log.ts";
import { readParameters } from "./parameters.ts";
import { newRequestId } from "./request-id.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { failureOf } from "./shortcut.ts";

export type HttpOptions = {
  problems: Record<string, ProblemKind>;
  log: Log;
  /** A problem as a page, for people who follow a link; the API answers documents. */
  problemPage?: (problem: Problem, path: string) => string;
};

const BODY_BYTES_MAX = 256 * 1024;
const HEADER_BYTES_MAX = 16 * 1024;
const REQUEST_MS_MAX = 30_000;
const IDLE_LOOK_MS = 20;
/** A connection that was not used for so long is not about to be. */
const GOODBYE_MS = 500;
const FINISH_MS_MAX = 7_000;

/** What a program reads needs no more than this. */
const API_HEADERS: Record<string, string> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** A server that speaks problem documents, refuses what its schemas do not name, and hides its insides. */
export function createHttpServer(options: HttpOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    http: { maxHeaderSize: HEADER_BYTES_MAX },
    genReqId: newRequestId,
    // An address that cannot be decoded reaches no route and no hook.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply, options),
    logger: false,
    // On the way out running requests are finished, also those that come over connections still open.
    forceCloseConnections: "idle",
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: false },
    clientErrorHandler: (error, socket) => answerClientError(error, socket as Socket, options),
  });
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : parseJsonBody(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const check = Compile(schema as never);
    return (value: unknown) => {
      const part = partOf(httpPart);
      const read = part === "" ? value : readParameters(schema as object, value);
      try {
        // What a body holds was looked at when it was parsed.
        if (part !== "") refuseBrokenText(read, part);
      } catch (error) {
        return { error: error as never };
      }
      return check.Check(read)
        ? { value: read }
        : { error: new InvalidRequest(fieldProblems(schema as never, read, part)) as never };
    };
  });
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(request.url.startsWith("/v1/") ? API_HEADERS : SECURITY_HEADERS);
    if (isLeaving(app)) reply.header("connection", "close");
    done(failureOf(request.raw)?.error as Error | undefined);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, options));
  const allowed = watchMethods(app);
  app.setNotFoundHandler((request, reply) =>
    answerError(nothingHere(request, reply, allowed), request, reply, options),
  );
  return app;
}

const leaving = new WeakSet<FastifyInstance>();

/** Whether the server is on its way out. */
export function isLeaving(app: FastifyInstance): boolean {
  return leaving.has(app);
}

/** Accepts nobody new, finishes what runs, and drops what takes too long. */
export async function closeHttpServer(app: FastifyInstance): Promise<void> {
  // An HTTP server that closes ends its idle connections at once, and with them a request that is on its way
  // over one. So we stop listening only, and tell whoever asks once more to come over a new connection.
  leaving.add(app);
  TcpServer.prototype.close.call(app.server);
  for (let waited = 0; waited < GOODBYE_MS && (await isConnected(app)); waited += IDLE_LOOK_MS)
    await sleep(IDLE_LOOK_MS);
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_LOOK_MS);
  const late = setTimeout(() => app.server.closeAllConnections(), FINISH_MS_MAX);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

function isConnected(app: FastifyInstance): Promise<boolean> {
  return new Promise((resolve) => app.server.getConnections((error, count) => resolve(!error && count > 0)));
}

/** The problem document of a refusal (RFC 9457). */
export function problemOf(
  refusal: Refusal,
  requestId: string,
  problems: Record<string, ProblemKind>,
): Problem {
  const kind = problems[refusal.code];
  if (!kind) throw new Error(`The code "${refusal.code}" is missing in the catalogue of problems.`);
  const facts = refusal.details.facts ?? {};
  return {
    type: `/docs/problems#${refusal.code}`,
    title: kind.title,
    status: kind.status,
    detail: kind.detail(facts),
    code: refusal.code,
    ...facts,
    errors: refusal.details.errors ?? [],
    request_id: requestId,
  };
}

/** An address that takes other methods says which. */
function nothingHere(request: FastifyRequest, reply: FastifyReply, allowed: AllowedMethods): Refusal {
  const methods = allowed.of(request.url).join(", ");
  if (methods === "") return new Refusal("not_found");
  reply.header("allow", methods);
  return new Refusal("method_not_allowed", { facts: { allow: methods } });
}

class InvalidRequest extends Refusal {
  constructor(errors: FieldProblem[]) {
    super("invalid_request", { errors });
  }
}

function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  options: HttpOptions,
): FastifyReply {
  const refusal = refusalOf(error);
  if (!refusal)
    options.log.error({ error, request_id: request.id, path: request.routeOptions.url }, "a request failed");
  const problem = problemOf(refusal ?? new Refusal("internal_error"), request.id, options.problems);
  const retryAfter = refusal?.details.facts?.["retry_after"];
  if (retryAfter !== undefined) reply.header("retry-after", String(retryAfter));
  if (problem.status === 405 || problem.status === 413) reply.header("connection", "close");
  if (options.problemPage && isPageRequest(request))
    return reply
      .code(problem.status)
      .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
      .send(options.problemPage(problem, request.url));
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem);
}

function isPageRequest({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith("/v1/") && /\btext\/html\b/.test(headers.accept ?? "");
}

/** Fastify's own refusals in our words; null for what nobody expected. */
function refusalOf(error: FastifyError | Error): Refusal | null {
  if (error instanceof Refusal) return error;
  const code = "code" in error ? error.code : "";
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Refusal("body_too_large");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new Refusal("unsupported_media_type");
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new Refusal("invalid_json");
    default:
      return "statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500
        ? new Refusal("invalid_request")
        : null;
  }
}

/** Pointers into the body are plain; into another part of the request they begin with its name. */
function partOf(httpPart: string | undefined): string {
  if (httpPart === undefined || httpPart === "body") return "";
  return `/${httpPart === "querystring" ? "query" : httpPart}`;
}

/** What the HTTP parser refuses never reaches a route: too large headers, broken requests. */
function answerClientError(
  error: Error & { code?: string },
  socket: Socket,
  { problems }: HttpOptions,
): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const code = error.code === "HPE_HEADER_OVERFLOW" ? "headers_too_large" : "invalid_http";
  const problem = problemOf(new Refusal(code), newRequestId(), problems);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
