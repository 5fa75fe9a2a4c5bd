import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { applyNotice } from "./notice-facts.ts";
import type { Viewer } from "./viewer.ts";
import type {
  Balance,
  Fact,
  Funnel,
  Money,
  Network,
  NetworkRow,
  Page,
  ParticipantWithNetwork,
  Referral,
  Reward,
  Standing,
} from "./wire.ts";

/** What changed, for those who hear it instead of seeing it. */
export type News = { rewards: Money[]; friends: number; reversals: number };

const NO_NEWS: News = { rewards: [], friends: 0, reversals: 0 };
const FEED_ROWS_MAX = 200;
const REFETCH = new Set(["plan.published", "plan.withdrawn", "program.launched"]);

/** Applies one fact of the stream to the cached answers, so that the screen needs no request. */
export function applyFact(client: QueryClient, viewer: Viewer, fact: Fact): News {
  if (fact.standing) applyStanding(client, viewer, fact.standing);
  if (fact.type === "standing") return NO_NEWS;
  if (fact.type === "gap") {
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === viewer.programId });
    return NO_NEWS;
  }
  if (fact.type === "funnel") {
    client.setQueryData(["funnel", viewer.programId], fact.data.object as Funnel);
    return NO_NEWS;
  }
  if (fact.type === "notification.created" || fact.type === "notification.read") {
    applyNotice(client, viewer, fact);
    return NO_NEWS;
  }
  if (REFETCH.has(fact.type)) {
    void client.invalidateQueries({ queryKey: ["plans", viewer.programId] });
    void client.invalidateQueries({ queryKey: ["program", viewer.programId] });
  }
  if (fact.type.startsWith("claim."))
    void client.invalidateQueries({ queryKey: ["claims", viewer.programId] });
  if (fact.type.startsWith("invitation.")) askForInvitations(client, viewer);
  prependToFeed(client, viewer, fact);
  // What is missing on the way to a reward is worked out by the server; only an open page asks.
  if (/^(referral|reward|conversion)\./.test(fact.type))
    void client.invalidateQueries({ queryKey: ["friends", viewer.programId] });
  return viewer.participantId === null ? NO_NEWS : applyToAdvocate(client, viewer, fact);
}

const INVITATION_KEYS = new Set(["invitations", "invitation-summary", "invitation-batch"]);
const GATHER_MS = 400;
let isAsking = false;

/** What a batch brings comes in crowds: the list on the screen is asked for once for all of it. */
function askForInvitations(client: QueryClient, { programId }: Viewer): void {
  if (isAsking) return;
  isAsking = true;
  setTimeout(() => {
    isAsking = false;
    const isShown = (key: readonly unknown[]) => INVITATION_KEYS.has(String(key[0])) && key[1] === programId;
    void client.invalidateQueries({ predicate: ({ queryKey }) => isShown(queryKey) });
  }, GATHER_MS);
}

function applyStanding(client: QueryClient, viewer: Viewer, standing: Standing): void {
  const { programId, participantId } = viewer;
  client.setQueryData<Balance>(["balance", programId, participantId], (old) =>
    old ? { ...old, data: standing.balance } : old,
  );
  client.setQueryData<ParticipantWithNetwork>(["participant", programId, participantId], (old) =>
    old
      ? {
          ...old,
          direct_count: standing.direct_count,
          direct_limit: standing.direct_limit,
          network_count: standing.network_count,
          levels: standing.levels,
          visits: standing.visits,
          qualified: standing.qualified,
        }
      : old,
  );
}

function prependToFeed(client: QueryClient, { programId }: Viewer, fact: Fact): void {
  client.setQueryData<Page<Fact>>(["events", programId], (old) =>
    !old || old.data.some((known) => known.id === fact.id)
      ? old
      : { ...old, data: [fact, ...old.data].slice(0, FEED_ROWS_MAX) },
  );
}

function applyToAdvocate(client: QueryClient, viewer: Viewer, fact: Fact): News {
  // Opened branches are deep and rarely on the screen: the few that are, are asked for again.
  void client.invalidateQueries({ queryKey: ["branches", viewer.programId, viewer.participantId] });
  switch (fact.type) {
    case "reward.created":
      return addReward(client, viewer, fact.data.object as Reward);
    case "reward.resumed":
    case "reward.released":
    case "reward.expired":
      replaceReward(client, viewer, fact.data.object as Reward);
      return NO_NEWS;
    case "reward.reversed":
    case "reward.restored":
      return reverseReward(client, viewer, fact.data.object as Reward);
    case "referral.created":
      askForLine(client, viewer);
      return addFriend(client, viewer, fact);
    case "participant.updated":
    case "participant.suspended":
      void client.invalidateQueries({ queryKey: ["participant", viewer.programId, viewer.participantId] });
      return NO_NEWS;
    case "referral.waitlisted":
      askForLine(client, viewer);
      return NO_NEWS;
    case "referral.placed":
    case "referral.arrived":
    case "referral.departed":
    case "referral.reassigned":
      void client.invalidateQueries({ queryKey: ["network", viewer.programId, viewer.participantId] });
      return NO_NEWS;
    case "referral.qualified":
    case "referral.unqualified":
    case "referral.rewarded":
      moveFriendOn(client, viewer, fact.data.object as Referral);
      return NO_NEWS;
    default:
      return NO_NEWS;
  }
}

/** Where a page shows who waits, it is asked for again: positions move with everyone who leaves the line. */
function askForLine(client: QueryClient, viewer: Viewer): void {
  void client.invalidateQueries({ queryKey: ["waitlist", viewer.programId, viewer.participantId] });
}

function addReward(client: QueryClient, viewer: Viewer, reward: Reward): News {
  if (reward.participant_id !== viewer.participantId) return NO_NEWS;
  if (findReward(client, viewer, reward.id)) {
    // It came with the list; the network, asked for just before it, may or may not hold it.
    void client.invalidateQueries({ queryKey: ["network", viewer.programId, viewer.participantId] });
    return NO_NEWS;
  }
  client.setQueryData<InfiniteData<Page<Reward>>>(
    ["rewards", viewer.programId, viewer.participantId],
    (old) =>
      mapFirstPage(old, (page) => ({ ...page, data: [{ ...reward, arrivedAt: Date.now() }, ...page.data] })),
  );
  addEarned(client, viewer, reward, reward.amount);
  return { ...NO_NEWS, rewards: [reward.amount] };
}

function reverseReward(client: QueryClient, viewer: Viewer, reward: Reward): News {
  const known = findReward(client, viewer, reward.id);
  if (!known) {
    void client.invalidateQueries({ queryKey: ["network", viewer.programId, viewer.participantId] });
    return { ...NO_NEWS, reversals: 1 };
  }
  const taken = reward.reversed.amount - known.reversed.amount;
  if (taken === 0) return NO_NEWS;
  replaceReward(client, viewer, reward);
  addEarned(client, viewer, reward, { ...reward.amount, amount: -taken });
  return { ...NO_NEWS, reversals: taken > 0 ? 1 : 0 };
}

function findReward(client: QueryClient, viewer: Viewer, id: string): Reward | undefined {
  return client
    .getQueryData<InfiniteData<Page<Reward>>>(["rewards", viewer.programId, viewer.participantId])
    ?.pages.flatMap((page) => page.data)
    .find((reward) => reward.id === id);
}

function replaceReward(client: QueryClient, viewer: Viewer, reward: Reward): void {
  client.setQueryData<InfiniteData<Page<Reward>>>(
    ["rewards", viewer.programId, viewer.participantId],
    (old) =>
      mapPages(old, (page) => ({
        ...page,
        data: page.data.map((row) => (row.id === reward.id ? { ...row, ...reward } : row)),
      })),
  );
}

function addEarned(client: QueryClient, viewer: Viewer, reward: Reward, amount: Money): void {
  changeNetwork(client, viewer, (page) => ({
    ...page,
    levels: page.levels.map((level) =>
      level.level === reward.level ? { ...level, earned: addMoney(level.earned, amount) } : level,
    ),
    data: page.data.map((row) =>
      row.participant_id === reward.leg_participant_id
        ? { ...row, earned: addMoney(row.earned, amount) }
        : row,
    ),
  }));
}

function addFriend(client: QueryClient, viewer: Viewer, fact: Fact): News {
  const referral = fact.data.object as Referral;
  if (referral.status === "not_eligible") return NO_NEWS;
  const level = referral.level ?? 1;
  const rows = networkPages(client, viewer)?.pages.flatMap((page) => page.data) ?? [];
  if (level === 1 && rows.some((row) => row.participant_id === referral.referee_id)) return NO_NEWS;
  const leg = referral.leg_participant_id;
  changeNetwork(client, viewer, (page, isFirst) => ({
    ...page,
    levels: fact.standing ? withCounts(page.levels, fact.standing) : page.levels,
    data:
      level === 1
        ? isFirst
          ? [newRow(referral), ...page.data]
          : page.data
        : page.data.map((row) =>
            row.participant_id === leg
              ? {
                  ...row,
                  network_count: row.network_count + 1,
                  direct_count: row.direct_count + (level === 2 ? 1 : 0),
                }
              : row,
          ),
  }));
  healNetwork(client, viewer, fact.standing);
  return { ...NO_NEWS, friends: 1 };
}

function moveFriendOn(client: QueryClient, viewer: Viewer, referral: Referral): void {
  changeNetwork(client, viewer, (page) => ({
    ...page,
    data: page.data.map((row) =>
      row.participant_id === referral.referee_id ? { ...row, referral_status: referral.status } : row,
    ),
  }));
}

/** The legs on the screen must add up to the standing; if they do not, they are asked for once. */
function healNetwork(client: QueryClient, viewer: Viewer, standing: Standing | undefined): void {
  const pages = networkPages(client, viewer)?.pages;
  if (!pages || !standing || pages.at(-1)?.has_more) return;
  const shown = pages.flatMap((page) => page.data).reduce((sum, row) => sum + 1 + row.network_count, 0);
  if (shown === standing.network_count) return;
  void client.invalidateQueries({ queryKey: ["network", viewer.programId, viewer.participantId] });
}

function newRow(referral: Referral): NetworkRow {
  return {
    participant_id: referral.referee_id,
    name: referral.referee_name ?? null,
    level: 1,
    joined_at: referral.created_at,
    inviter_id: referral.inviter_id === referral.advocate_id ? null : referral.inviter_id,
    referral_status: referral.status,
    direct_count: 0,
    network_count: 0,
    earned: [],
    legs: [],
  };
}

function withCounts(levels: Network["levels"], standing: Standing): Network["levels"] {
  return standing.levels.map(({ level, participants }) => ({
    level,
    participants,
    earned: levels.find((old) => old.level === level)?.earned ?? [],
  }));
}

export function addMoney(amounts: Money[], more: Money): Money[] {
  const known = amounts.some((money) => money.currency === more.currency);
  if (!known) return [...amounts, more];
  return amounts.map((money) =>
    money.currency === more.currency ? { ...money, amount: money.amount + more.amount } : money,
  );
}

const networkPages = (client: QueryClient, viewer: Viewer) =>
  client.getQueryData<InfiniteData<Network>>(["network", viewer.programId, viewer.participantId]);

function changeNetwork(
  client: QueryClient,
  viewer: Viewer,
  change: (page: Network, isFirst: boolean) => Network,
): void {
  client.setQueryData<InfiniteData<Network>>(["network", viewer.programId, viewer.participantId], (old) =>
    mapPages(old, change),
  );
}

function mapPages<P>(
  old: InfiniteData<P> | undefined,
  change: (page: P, isFirst: boolean) => P,
): InfiniteData<P> | undefined {
  return old && { ...old, pages: old.pages.map((page, index) => change(page, index === 0)) };
}

function mapFirstPage<P>(
  old: InfiniteData<P> | undefined,
  change: (page: P) => P,
): InfiniteData<P> | undefined {
  return mapPages(old, (page, isFirst) => (isFirst ? change(page) : page));
}
