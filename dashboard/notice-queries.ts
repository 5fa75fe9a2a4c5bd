import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import { NEWEST_MAX } from "./notice-facts.ts";
import type { Inbox, NoticeFilter, NoticePreferences } from "./wire.ts";

const PAGE_ROWS = 25;

/** The newest, and how many are unread. */
export const bellQuery = (api: Api, participantId: string) =>
  queryOptions({
    queryKey: ["bell", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<Inbox>("/v1/notifications", {
        signal,
        query: { participant_id: participantId, limit: NEWEST_MAX },
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const inboxQuery = (api: Api, participantId: string, filter: NoticeFilter) =>
  infiniteQueryOptions({
    queryKey: ["notifications", api.programId, participantId, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Inbox>("/v1/notifications", {
        signal,
        query: {
          participant_id: participantId,
          unread: filter.isUnread || null,
          topic: filter.topic,
          after: pageParam,
          limit: PAGE_ROWS,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const noticePreferencesQuery = (api: Api, participantId: string) =>
  queryOptions({
    queryKey: ["notice-preferences", api.programId, participantId],
    queryFn: ({ signal }) =>
      api.get<NoticePreferences>("/v1/notification_preferences", {
        signal,
        query: { participant_id: participantId },
      }),
  });
