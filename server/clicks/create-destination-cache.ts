import { LRUCache } from "lru-cache";
import type { Bus } from "../platform/bus.ts";
import type { DestinationCache } from "./find-destination.ts";

const KEPT_MAX = 100_000;
const KEPT_MS = 30_000;

export function createDestinationCache(bus: Bus): DestinationCache {
  const cache: DestinationCache = new LRUCache({ max: KEPT_MAX, ttl: KEPT_MS });
  bus.subscribe("programs", () => cache.clear());
  bus.subscribe("links", (code) => (code === "*" ? cache.clear() : cache.delete(code)));
  return cache;
}
