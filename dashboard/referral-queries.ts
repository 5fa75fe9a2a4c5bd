import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import type {
  Claims,
  Page,
  Proposal,
  Reassignment,
  ReferralDetail,
  ReferralEntry,
  ReferralTrace,
} from "./wire.ts";

const PAGE_ROWS = 25;
const WAITING_ROWS = 100;

export type ReferralFilter = { q: string; status: string; channel: string };

export const referralListQuery = (api: Api, filter: ReferralFilter) =>
  infiniteQueryOptions({
    queryKey: ["referral-list", api.programId, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ReferralEntry>>("/v1/referrals", {
        signal,
        query: {
          q: filter.q || null,
          status: filter.status || null,
          channel: filter.channel || null,
          after: pageParam,
          limit: PAGE_ROWS,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const referralQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["referral", api.programId, id],
    queryFn: ({ signal }) => api.get<ReferralDetail>(`/v1/referrals/${id}`, { signal }),
  });

/** Those that wait for a decision, and how many they are. */
export const openClaimsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["claims", api.programId],
    queryFn: ({ signal }) =>
      api.get<Claims>("/v1/claims", { signal, query: { state: "open", limit: WAITING_ROWS } }),
  });

export const openProposalsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["proposals", api.programId],
    queryFn: ({ signal }) =>
      api.get<Page<Proposal>>("/v1/reassignment_proposals", {
        signal,
        query: { state: "proposed", limit: WAITING_ROWS },
      }),
  });

/** What putting a friend under this advocate would move; asked again each time, because people go on buying. */
export const reassignmentPreviewQuery = (api: Api, refereeId: string, advocateId: string) =>
  queryOptions({
    queryKey: ["reassignment", api.programId, refereeId, advocateId],
    queryFn: ({ signal }) =>
      api.post<Reassignment>(`/v1/referrals/${refereeId}/reassign`, {
        signal,
        query: { preview: "true" },
        body: { advocate_id: advocateId },
      }),
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });

export const referralTraceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["referral", api.programId, id, "trace"],
    queryFn: ({ signal }) => api.get<ReferralTrace>(`/v1/referrals/${id}/trace`, { signal }),
  });
