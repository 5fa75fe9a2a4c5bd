import { queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import type { Lint, Page, Plan, PlanDiff, PlanParts, Promotion, Replay, ShelfRule } from "./wire.ts";

const REPLAYS_SHOWN = 10;
const POLL_MS = 700;

/** What the pages around drafts read; apart from the rest, because only they fetch it. */
export const planQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["plan", api.programId, id],
    queryFn: ({ signal }) => api.get<Plan>(`/v1/plans/${id}`, { signal }),
  });

export const rulesQuery = (api: Api) =>
  queryOptions({
    queryKey: ["rules"],
    queryFn: ({ signal }) => api.get<Page<ShelfRule> & PlanParts>("/v1/rules", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What there is to say about a text while it is written; the last answer stays until the next is there. */
export const lintQuery = (api: Api, text: string) =>
  queryOptions({
    queryKey: ["lint", api.programId, text],
    queryFn: ({ signal }) =>
      api.post<Lint>("/v1/plans/lint", { signal, body: { document: JSON.parse(text) } }),
    placeholderData: (previous) => previous,
  });

export const diffQuery = (api: Api, { id, hash }: Pick<Plan, "id" | "hash">) =>
  queryOptions({
    queryKey: ["plan-diff", api.programId, id, hash],
    queryFn: ({ signal }) => api.get<PlanDiff>(`/v1/plans/${id}/diff`, { signal }),
    retry: false,
  });

export const promotionsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["promotions", api.programId],
    queryFn: ({ signal }) => api.get<Page<Promotion>>("/v1/promotions", { signal }),
  });

export const replaysQuery = (api: Api, planId: string) =>
  queryOptions({
    queryKey: ["replays", api.programId, planId],
    queryFn: ({ signal }) =>
      api.get<Page<Replay>>("/v1/replays", { signal, query: { plan_id: planId, limit: REPLAYS_SHOWN } }),
  });

/** Asked again while it runs. */
export const replayQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["replay", api.programId, id],
    queryFn: ({ signal }) => api.get<Replay>(`/v1/replays/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });

export function isUnderWay({ state }: Pick<Replay, "state">): boolean {
  return state === "queued" || state === "running";
}
