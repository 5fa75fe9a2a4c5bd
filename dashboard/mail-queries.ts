import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "./api.ts";
import type {
  Mail,
  MailContent,
  MailDetail,
  MailSettings,
  Message,
  MessageTemplate,
  Page,
  SenderChecks,
  Suppression,
} from "./wire.ts";

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

export const mailQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["mail", api.programId, id],
    queryFn: ({ signal }) => api.get<MailDetail>(`/v1/mails/${id}`, { signal }),
  });

export const mailSettingsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["mail-settings", api.programId],
    queryFn: ({ signal }) => api.get<MailSettings>("/v1/mail_settings", { signal }),
  });

export const senderChecksQuery = (api: Api, selector: string, address: string) =>
  queryOptions({
    queryKey: ["sender-checks", api.programId, selector, address],
    queryFn: ({ signal }) =>
      api.get<SenderChecks>("/v1/mail_settings/dns", { signal, query: { dkim_selector: selector || null } }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const suppressionsQuery = (api: Api, email: string) =>
  infiniteQueryOptions({
    queryKey: ["suppressions", api.programId, email],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Suppression>>("/v1/suppressions", {
        signal,
        query: { email: email || null, after: pageParam, limit: MAIL_ROWS },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const templateQuery = (api: Api, message: string, language: string) =>
  queryOptions({
    queryKey: ["template", api.programId, message, language],
    queryFn: ({ signal }) => api.get<MessageTemplate>(`/v1/templates/${message}/${language}`, { signal }),
  });

export const previewQuery = (api: Api, message: string, language: string, words: Record<string, string>) =>
  queryOptions({
    queryKey: ["preview", api.programId, message, language, words],
    queryFn: ({ signal }) =>
      api.post<MailContent>(`/v1/templates/${message}/${language}/preview`, { signal, body: { words } }),
    placeholderData: (previous) => previous,
    retry: false,
  });
