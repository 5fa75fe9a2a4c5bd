import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { type Api, ApiProblem, apiOf } from "./api.ts";
import type {
  ApiKey,
  Balance,
  Brand,
  BrandColors,
  Channels,
  Coupon,
  Entry,
  Fact,
  Friend,
  Funnel,
  LedgerEntry,
  Network,
  NetworkRow,
  Page,
  Participant,
  ParticipantWithNetwork,
  Plan,
  PlanTemplate,
  Program,
  Reward,
  Session,
  Share,
  ShareableLink,
  SlugVerdict,
  Trace,
  TrialBalance,
  Verification,
  Waiting,
} from "./wire.ts";

const PAGE_ROWS = 25;
const EVENT_ROWS = 40;
const NETWORK_ROWS = 50;
/** How far down an advocate may look in one answer. */
export const BRANCH_LEVELS = 3;
const outside = apiOf(null);

/** Everything the screens read, each with its key: `[what, programId, …which]`. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await outside.get<Session>("/v1/session", { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => outside.get<{ needed: boolean; mail: boolean }>("/v1/setup", { signal }),
});

export const programsQuery = queryOptions({
  queryKey: ["programs"],
  queryFn: ({ signal }) => outside.get<Page<Program>>("/v1/programs", { signal }),
});

/** Templates say their amounts in the currency of the program to come. */
export const templatesQuery = (currency: string) =>
  queryOptions({
    queryKey: ["plan-templates", currency],
    queryFn: ({ signal }) =>
      outside.get<Page<PlanTemplate>>("/v1/plan_templates", { signal, query: { currency } }),
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** With the plan in force and its document, which advocates may read too. */
export const programQuery = (api: Api) =>
  queryOptions({
    queryKey: ["program", api.programId],
    queryFn: ({ signal }) => api.get<Program>(`/v1/programs/${api.programId}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const brandQuery = (api: Api) =>
  queryOptions({
    queryKey: ["brand", api.programId],
    queryFn: ({ signal }) => api.get<Brand>("/v1/brand", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const brandColorsQuery = (api: Api, color: string | null) =>
  queryOptions({
    queryKey: ["brand-colors", api.programId, color],
    queryFn: ({ signal }) =>
      api.get<BrandColors>("/v1/brand/colors", { signal, query: { color: color ?? "" } }),
    enabled: color !== null,
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const plansQuery = (api: Api) =>
  queryOptions({
    queryKey: ["plans", api.programId],
    queryFn: ({ signal }) => api.get<Page<Plan>>("/v1/plans", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const participantQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["participant", api.programId, id],
    queryFn: ({ signal }) => api.get<ParticipantWithNetwork>(`/v1/participants/${id}`, { signal }),
  });

export const participantsQuery = (api: Api, q: string, segment = "") =>
  infiniteQueryOptions({
    queryKey: ["participants", api.programId, q, segment],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Participant>>("/v1/participants", {
        signal,
        query: { q, segment: segment || null, after: pageParam, limit: PAGE_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** The front of an advocate's line: those who come next are what matters. */
export const waitlistQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["waitlist", api.programId, id],
    queryFn: ({ signal }) => api.get<Page<Waiting>>(`/v1/participants/${id}/waitlist`, { signal }),
  });

/** The picture of a link, as an address an <img> can show: the tag itself could not say which program it asks for. */
export const friendsQuery = (api: Api, participantId: string) =>
  infiniteQueryOptions({
    queryKey: ["friends", api.programId, participantId],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Friend>>(`/v1/participants/${participantId}/friends`, {
        query: { limit: 25, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const shareQuery = (api: Api, participantId: string) =>
  queryOptions({
    queryKey: ["share", api.programId, participantId],
    queryFn: ({ signal }) => api.get<Share>(`/v1/participants/${participantId}/share`, { signal }),
  });

export const channelsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["channels", api.programId],
    queryFn: ({ signal }) => api.get<Channels>("/v1/reports/channels", { signal }),
  });

export const qrQuery = (api: Api, linkId: string) =>
  queryOptions({
    queryKey: ["qr", api.programId, linkId],
    queryFn: async ({ signal }) => {
      const svg = await api.getText(`/v1/links/${linkId}/qr`, { signal });
      return `data:image/svg+xml,${encodeURIComponent(svg)}`;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** All of them: nobody has more than fit on a page. */
export const linksQuery = (api: Api, participantId: string) =>
  queryOptions({
    queryKey: ["links", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<Page<ShareableLink>>(`/v1/participants/${participantId}/links`, { signal }),
  });

/** Whether an address can be had, asked while it is typed. */
export const slugQuery = (api: Api, slug: string, linkId: string | null) =>
  queryOptions({
    queryKey: ["slug", api.programId, slug, linkId],
    queryFn: ({ signal }) =>
      api.post<SlugVerdict>("/v1/codes/validate", {
        signal,
        body: { slug, ...(linkId === null ? {} : { link_id: linkId }) },
      }),
    staleTime: 0,
    placeholderData: (previous) => previous,
  });

export const balanceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["balance", api.programId, id],
    queryFn: ({ signal }) => api.get<Balance>(`/v1/participants/${id}/balance`, { signal }),
  });

export const networkQuery = (api: Api, id: string) =>
  infiniteQueryOptions({
    queryKey: ["network", api.programId, id],
    queryFn: ({ signal, pageParam }) =>
      api.get<Network>(`/v1/participants/${id}/network`, {
        signal,
        query: { depth: 1, after: pageParam, limit: NETWORK_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/**
 * The branch directly below one person. From the top it is read once for three levels, because an advocate may look
 * down only from themselves; an operator asks from the person.
 */
export const legsBelowQuery = (api: Api, rootId: string, id: string) =>
  queryOptions({
    queryKey: ["branches", api.programId, rootId],
    queryFn: ({ signal }) =>
      api.get<Network>(`/v1/participants/${rootId}/network`, {
        signal,
        query: { depth: rootId === id ? 1 : BRANCH_LEVELS, limit: NETWORK_ROWS },
      }),
    select: (network): NetworkRow[] => (rootId === id ? network.data : (findBranch(network.data, id) ?? [])),
  });

function findBranch(rows: NetworkRow[], id: string): NetworkRow[] | undefined {
  for (const row of rows) {
    if (row.participant_id === id) return row.legs;
    const found = findBranch(row.legs, id);
    if (found) return found;
  }
  return undefined;
}

export const rewardsQuery = (api: Api, participantId: string) =>
  infiniteQueryOptions({
    queryKey: ["rewards", api.programId, participantId],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Reward>>("/v1/rewards", {
        signal,
        query: { participant_id: participantId, after: pageParam, limit: PAGE_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const entriesQuery = (api: Api, id: string) =>
  infiniteQueryOptions({
    queryKey: ["entries", api.programId, id],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Entry>>(`/v1/participants/${id}/entries`, {
        signal,
        query: { after: pageParam, limit: PAGE_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const traceQuery = (api: Api, conversionId: string) =>
  queryOptions({
    queryKey: ["trace", api.programId, conversionId],
    queryFn: ({ signal }) => api.get<Trace>(`/v1/conversions/${conversionId}/trace`, { signal }),
  });

export const funnelQuery = (api: Api) =>
  queryOptions({
    queryKey: ["funnel", api.programId],
    queryFn: ({ signal }) => api.get<Funnel>("/v1/reports/funnel", { signal }),
  });

export const eventsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["events", api.programId],
    queryFn: ({ signal }) => api.get<Page<Fact>>("/v1/events", { signal, query: { limit: EVENT_ROWS } }),
  });

export const verifyQuery = (api: Api) =>
  queryOptions({
    queryKey: ["verify", api.programId],
    queryFn: ({ signal }) => api.get<Verification>("/v1/verify", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const keysQuery = (api: Api) =>
  queryOptions({
    queryKey: ["keys", api.programId],
    queryFn: ({ signal }) => api.get<Page<ApiKey>>("/v1/api_keys", { signal }),
  });

export const couponsQuery = (api: Api, participantId: string) =>
  queryOptions({
    queryKey: ["coupons", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<Page<Coupon>>("/v1/coupons", { signal, query: { participant_id: participantId } }),
  });

export const trialBalanceQuery = (api: Api) =>
  queryOptions({
    queryKey: ["trial-balance", api.programId],
    queryFn: ({ signal }) => api.get<TrialBalance>("/v1/ledger/trial_balance", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What the list of entries is narrowed to; an empty text is everything. */
export type EntryFilter = { purse: string; reason: string; currency: string; participant_id: string };
export const EMPTY_ENTRY_FILTER: EntryFilter = { purse: "", reason: "", currency: "", participant_id: "" };

export const ledgerEntriesQuery = (api: Api, filter: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ["ledger-entries", api.programId, filter],
    queryFn: ({ signal, pageParam }) => {
      const asked = Object.fromEntries(Object.entries(filter).map(([key, text]) => [key, text || null]));
      return api.get<Page<LedgerEntry>>("/v1/entries", {
        signal,
        query: { ...asked, after: pageParam, limit: PAGE_ROWS },
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
