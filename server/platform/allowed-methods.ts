import type { FastifyInstance } from "fastify";

/** Which methods an address takes, for those that asked with another. */
export type AllowedMethods = { of(url: string): string[] };

/** Watches the routes of the API being opened. */
export function watchMethods(app: FastifyInstance): AllowedMethods {
  const methods = new Map<string, { pattern: RegExp; names: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    if (!url.startsWith("/v1/")) return;
    const route = methods.get(url) ?? { pattern: patternOf(url), names: new Set() };
    for (const name of [method].flat()) route.names.add(name);
    methods.set(url, route);
  });
  return {
    of: (url) => {
      const path = url.split("?", 1)[0] ?? "";
      const names = [...methods.values()]
        .filter(({ pattern }) => pattern.test(path))
        .flatMap((route) => [...route.names]);
      return [...new Set(names)].sort();
    },
  };
}

/** A segment that names a parameter takes anything. */
function patternOf(url: string): RegExp {
  const segments = url
    .split("/")
    .map((segment) => (segment.startsWith(":") ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${segments.join("/")}$`);
}
