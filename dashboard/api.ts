import type { FieldProblem, Problem } from "./wire.ts";

/** What the server refused, or why it could not be reached, in one shape. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: FieldProblem[];
  readonly requestId: string | null;

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.detail ?? problem.title ?? "The server could not answer.");
    this.name = "ApiProblem";
    this.status = problem.status;
    this.code = problem.code ?? "unknown";
    this.title = problem.title ?? "Something went wrong";
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id ?? null;
  }

  /** The sentence that belongs to one field of a form, by its JSON pointer. */
  fieldMessage(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.message;
  }

  /** Nothing is known about whether the request took effect. */
  get isUnanswered(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
type Options = {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
  /** The hash of what was read: the server refuses to write over anything else. */
  ifMatch?: string;
};

export type Api = ReturnType<typeof apiOf>;

/** The `/v1` of one program; `null` for what stands outside every program. */
export function apiOf(programId: string | null) {
  const call =
    (method: string) =>
    <Answer>(path: string, options: Options = {}): Promise<Answer> =>
      request<Answer>(method, path, programId, options);
  return {
    programId,
    getText: async (path: string, options: Options = {}): Promise<string> => {
      const response = await open("GET", path, programId, options);
      const text = await response.text();
      return response.ok ? text : refuse(response, text);
    },
    getFile: async (path: string, options: Options = {}): Promise<Blob> => {
      const response = await open("GET", path, programId, options);
      return response.ok ? response.blob() : refuse(response, await response.text());
    },
    get: call("GET"),
    post: call("POST"),
    put: call("PUT"),
    patch: call("PATCH"),
    remove: call("DELETE"),
  };
}

async function request<Answer>(
  method: string,
  path: string,
  programId: string | null,
  options: Options,
): Promise<Answer> {
  const response = await open(method, path, programId, options);
  const text = await response.text();
  return response.ok ? (parseJson(text) as Answer) : refuse(response, text);
}

function open(
  method: string,
  path: string,
  programId: string | null,
  { query, body, signal, idempotencyKey, ifMatch }: Options,
): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json, image/svg+xml" };
  if (programId) headers["program-id"] = programId;
  if (body !== undefined) headers["content-type"] = "application/json";
  if (method === "POST") headers["idempotency-key"] = idempotencyKey ?? newIdempotencyKey();
  if (ifMatch !== undefined) headers["if-match"] = `"${ifMatch}"`;
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  return send(withQuery(path, query), init);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem({
      status: 0,
      code: "unreachable",
      title: "The server cannot be reached",
      detail: "Check your connection, then try again.",
    });
  }
}

function refuse(response: Response, text: string): never {
  const requestId = response.headers.get("x-request-id");
  const problem = (parseJson(text) ?? {}) as Partial<Problem>;
  throw new ApiProblem({
    ...(requestId ? { request_id: requestId } : {}),
    ...problem,
    status: response.status,
  });
}

function parseJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Not `crypto.randomUUID`: that is missing on plain http outside localhost, where people self-host. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
