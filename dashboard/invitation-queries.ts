import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import type {
  Batch,
  BatchRows,
  Invitation,
  InvitationSummary,
  InvitationTerms,
  MailPreview,
  Page,
} from "./wire.ts";

const PAGE_ROWS = 25;
const BATCH_ROWS = 100;
/** A batch under way is looked at again so often. */
const PROGRESS_MS = 2_000;

export type InvitationFilter = { status: string; q: string; batch: string };

/** Of one participant, or, for the team, of everybody. */
export const invitationsQuery = (api: Api, participantId: string | null, filter: InvitationFilter) =>
  infiniteQueryOptions({
    queryKey: ["invitations", api.programId, participantId, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Invitation>>("/v1/invitations", {
        signal,
        query: { participant: participantId, ...filter, after: pageParam, limit: PAGE_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const invitationSummaryQuery = (api: Api, participantId: string | null) =>
  queryOptions({
    queryKey: ["invitation-summary", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<InvitationSummary>("/v1/invitations/summary", {
        signal,
        query: { participant: participantId },
      }),
  });

export const invitationTermsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["invitation-terms", api.programId],
    queryFn: ({ signal }) => api.get<InvitationTerms>("/v1/invitation_terms", { signal }),
  });

export type DraftLetter = { participant?: string; name: string; message: string; language: string };

export const draftPreviewQuery = (api: Api, draft: DraftLetter) =>
  queryOptions({
    queryKey: ["invitation-preview", api.programId, draft],
    queryFn: ({ signal }) => api.post<MailPreview>("/v1/invitations/preview", { signal, body: draft }),
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const batchesQuery = (api: Api, participantId: string | null) =>
  queryOptions({
    queryKey: ["invitation-batches", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<Page<Batch>>("/v1/invitation_batches", {
        signal,
        query: { participant: participantId, limit: 50 },
      }),
  });

export const batchQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["invitation-batch", api.programId, id],
    queryFn: ({ signal }) => api.get<Batch>(`/v1/invitation_batches/${id}`, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? PROGRESS_MS : false),
  });

/** Rows still become invitations, or invitations mails. */
function isMoving(batch: Batch | undefined): boolean {
  if (!batch) return false;
  return batch.status === "sending" || batch.counts.statuses.some(({ status }) => status === "queued");
}

export const batchRowsQuery = (api: Api, id: string, problem: string) =>
  infiniteQueryOptions({
    queryKey: ["invitation-batch-rows", api.programId, id, problem],
    queryFn: ({ signal, pageParam }) =>
      api.get<BatchRows>(`/v1/invitation_batches/${id}/rows`, {
        signal,
        query: { problem, after: pageParam, limit: BATCH_ROWS },
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_after,
  });

export const rowPreviewQuery = (api: Api, id: string, row: number, revision: string) =>
  queryOptions({
    queryKey: ["invitation-row-preview", api.programId, id, row, revision],
    queryFn: ({ signal }) =>
      api.get<MailPreview>(`/v1/invitation_batches/${id}/preview`, { signal, query: { row } }),
    placeholderData: (previous) => previous,
  });
