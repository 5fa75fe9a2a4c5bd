import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import type { Mail, Message, Page } from "./wire.ts";

const MAIL_ROWS = 25;

/** What the pages about mail read, each with its key: `[what, programId, …which]`. */
export const mailsQuery = (api: Api, state: string) =>
  infiniteQueryOptions({
    queryKey: ["mails", api.programId, state],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Mail>>("/v1/mails", {
        signal,
        query: { state: state || null, after: pageParam, limit: MAIL_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const messagesQuery = (api: Api) =>
  queryOptions({
    queryKey: ["messages", api.programId],
    queryFn: ({ signal }) => api.get<{ data: Message[] }>("/v1/messages", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
