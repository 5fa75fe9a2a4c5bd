import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type AnyDoor, door } from "./access/door.ts";
import type { EventStreams } from "./events/stream-events.ts";
import type { Database } from "./platform/database.ts";
import { Refusal } from "./primitives/refusal.ts";

export type HealthDeps = { db: Database; streams: EventStreams; metrics: Metrics };

export type Metrics = {
  registry: Registry;
  observe(route: string, status: number, seconds: number): void;
};

const PING_MS_MAX = 2_000;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What this process measures about itself, for Prometheus. */
export function createMetrics(db: Database, streams: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "referralhub_request_seconds",
    help: "Time to answer a request, by route and status class",
    labelNames: ["route", "status"],
    buckets: SECONDS,
    registers: [registry],
  });
  const labelled = new Map<string, { observe(seconds: number): void }>();
  new Gauge({
    name: "referralhub_open_streams",
    help: "Server-sent event streams that are open",
    registers: [registry],
    collect() {
      this.set(streams());
    },
  });
  new Gauge({
    name: "referralhub_waiting_for_connection",
    help: "Units of work that wait for a database connection",
    registers: [registry],
    collect() {
      this.set(db.waiting);
    },
  });
  return {
    registry,
    observe: (route, status, seconds) => {
      // Looking up labels costs more than counting; there are few of them.
      const family = Math.floor(status / 100);
      const key = `${family} ${route}`;
      let one = labelled.get(key);
      if (!one) {
        one = requests.labels(route, `${family}xx`);
        labelled.set(key, one);
      }
      one.observe(seconds);
    },
  };
}

export const healthRoutes = ({ db, metrics }: HealthDeps): AnyDoor[] => [
  // Whether this process is worth keeping: starting it again would not bring a database back.
  page("/healthz", async () => {
    const reach = await reachDatabase(db);
    return reach === null
      ? { status: 200, body: { status: "degraded", database: "unreachable" } }
      : { status: 200, body: { status: "ok", database: "reachable" } };
  }),
  // Whether requests should be sent here.
  page("/readyz", async () => {
    const reach = await reachDatabase(db);
    if (reach === null) throw new Refusal("database_unavailable", { facts: { retry_after: 1 } });
    return { status: 200, body: { status: "ready", database_ms: reach } };
  }),
  page("/metrics", async () => ({
    status: 200,
    body: await metrics.registry.metrics(),
    headers: { "content-type": metrics.registry.contentType },
  })),
];

/** Null when it does not answer soon; who asks about health does not want to wait for it. */
async function reachDatabase(db: Database): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PING_MS_MAX);
  });
  try {
    return await Promise.race([db.ping(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function page(
  path: string,
  handle: () => Promise<{ status: number; body: unknown; headers?: Record<string, string> }>,
): AnyDoor {
  return door({
    method: "GET",
    path,
    operation: "health.read",
    limit: "read",
    summary: "How this process is",
    tag: "Operation",
    isPage: true,
    schema: {},
    handle,
  });
}
