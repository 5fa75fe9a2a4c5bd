import type { QueryClient } from "@tanstack/react-query";
import { withQuery } from "./api.ts";
import { applyFact, type News } from "./live-facts.ts";
import type { Viewer } from "./viewer.ts";
import type { Fact } from "./wire.ts";

/** Named events need a listener each: EventSource has no "any". */
const EVENT_TYPES = [
  "standing",
  "gap",
  "funnel",
  "program.launched",
  "plan.published",
  "plan.withdrawn",
  "replay.completed",
  "participant.created",
  "participant.updated",
  "participant.suspended",
  "invitation.sent",
  "invitation.delivered",
  "invitation.bounced",
  "invitation.clicked",
  "invitation.accepted",
  "invitation.expired",
  "invitation.cancelled",
  "invitation.suppressed",
  "referral.created",
  "referral.waitlisted",
  "referral.placed",
  "referral.qualified",
  "referral.unqualified",
  "referral.rewarded",
  "referral.reassigned",
  "referral.arrived",
  "referral.departed",
  "claim.created",
  "claim.approved",
  "claim.rejected",
  "claim.expired",
  "conversion.recorded",
  "conversion.settled",
  "conversion.refunded",
  "reward.created",
  "reward.resumed",
  "reward.released",
  "reward.reversed",
  "reward.restored",
  "reward.expired",
  "notification.created",
  "notification.read",
];
/** The lists a fact adds to. While one is on its way, facts wait: whether it holds them is not known yet. */
const LISTS = new Set(["network", "rewards", "events", "referrals", "bell", "notifications"]);
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
/** A tab nobody looks at gives its connection back: browsers allow six per origin over HTTP/1.1. */
const HIDDEN_CLOSE_MS = 60_000;

export type LiveState = "connecting" | "live" | "reconnecting";
export type LiveOptions = {
  client: QueryClient;
  viewer: Viewer;
  onState: (state: LiveState) => void;
  onNews: (news: News) => void;
};

/** Follows one program's stream and keeps the cached answers true to it. Returns how to stop. */
export function followProgram({ client, viewer, onState, onNews }: LiveOptions): () => void {
  const queue = holdWhileLoading(client, viewer, onNews);
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let missed = false;
  let wasCut = false;
  let lastId = "";

  const open = () => {
    source = new EventSource(withQuery("/v1/stream", { program_id: viewer.programId, after: lastId }));
    source.onopen = () => {
      attempts = 0;
      onState("live");
      // The browser resumes by Last-Event-ID, and a connection we open anew by `after`. Without either: ask once.
      if (missed && lastId === "") queue.push({ id: "", type: "gap", timestamp: "", data: { object: {} } });
      missed = false;
      // The figures of the whole program are no event: only the next one would bring them.
      if (wasCut) void client.invalidateQueries({ queryKey: ["funnel", viewer.programId] });
      wasCut = false;
    };
    source.onerror = () => {
      wasCut = true;
      onState("reconnecting");
      if (source?.readyState !== EventSource.CLOSED) return;
      missed = true;
      retry = setTimeout(open, RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
    };
    for (const type of EVENT_TYPES) {
      source.addEventListener(type, (message) => {
        if (message.lastEventId) lastId = message.lastEventId;
        queue.push(readFact(type, message));
      });
    }
  };
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const onVisibility = () => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        close();
        missed = true;
        wasCut = true;
      }, HIDDEN_CLOSE_MS);
    } else if (!source) {
      onState("reconnecting");
      open();
    }
  };

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(hiding);
    close();
    queue.stop();
  };
}

function readFact(type: string, message: MessageEvent<string>): Fact {
  const body = message.data ? JSON.parse(message.data) : {};
  return { data: { object: body }, timestamp: "", ...body, type, id: body.id ?? message.lastEventId };
}

/** Standings replace numbers at once; what adds to a list waits until that list has arrived. */
function holdWhileLoading(client: QueryClient, viewer: Viewer, onNews: (news: News) => void) {
  let waiting: Fact[] = [];
  const isLoading = () =>
    client.isFetching({
      predicate: ({ queryKey }) => LISTS.has(String(queryKey[0])) && queryKey[1] === viewer.programId,
    }) > 0;
  const flush = () => {
    if (waiting.length === 0 || isLoading()) return;
    const facts = waiting;
    waiting = [];
    for (const fact of facts) onNews(applyFact(client, viewer, fact));
  };
  const unsubscribe = client.getQueryCache().subscribe(() => queueMicrotask(flush));
  return {
    push(fact: Fact) {
      if (fact.standing) applyFact(client, viewer, { ...fact, type: "standing" });
      waiting.push(fact);
      flush();
    },
    stop: unsubscribe,
  };
}
