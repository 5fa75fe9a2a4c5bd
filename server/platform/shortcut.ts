import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/** Gives a request that a shortcut has begun to the framework after all; with an error, to be answered by it. */
export type GoOn = (request: IncomingMessage, response: ServerResponse, error?: unknown) => void;

/**
 * Stands before the framework and may take a request whole. It answers false for what it leaves alone, and
 * must then not have touched it.
 */
export type Shortcut = (request: IncomingMessage, response: ServerResponse, goOn: GoOn) => boolean;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const failures = new WeakMap<IncomingMessage, { error: unknown }>();

/** Puts a shortcut before the framework of a server that does not listen yet. */
export function openShortcut(app: FastifyInstance, shortcut: Shortcut, isLeaving: () => boolean): void {
  const server: Server = app.server;
  const listeners = server.listeners("request") as Listener[];
  const framework: Listener = (request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  };
  const goOn: GoOn = (request, response, error) => {
    if (error !== undefined) failures.set(request, { error });
    framework(request, response);
  };
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    // On the way out the framework says so in each answer.
    if (isLeaving() || !shortcut(request, response, goOn)) framework(request, response);
  });
}

/** What went wrong with a request before the framework got it. */
export function failureOf(request: IncomingMessage): { error: unknown } | undefined {
  return failures.get(request);
}
