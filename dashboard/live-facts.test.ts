import { type InfiniteData, QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { applyFact } from "./live-facts.ts";
import type { Viewer } from "./viewer.ts";
import type {
  Balance,
  Fact,
  Inbox,
  Network,
  Notice,
  NoticeFilter,
  Page,
  ParticipantWithNetwork,
  Reward,
  Standing,
} from "./wire.ts";

const PROGRAM = "prg_1";
const ME = "par_me";
const viewer: Viewer = { programId: PROGRAM, participantId: ME };
const inr = (amount: number) => ({ amount, currency: "INR" });

const standing: Standing = {
  balance: [{ currency: "INR", pending: 2_100, available: 0, held: 0, paid: 0 }],
  direct_count: 2,
  direct_limit: 8,
  network_count: 2,
  levels: [{ level: 1, participants: 2 }],
  visits: 9,
  qualified: 1,
};

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(["participant", PROGRAM, ME], {
    id: ME,
    direct_count: 1,
    network_count: 1,
    levels: [],
  });
  client.setQueryData(["balance", PROGRAM, ME], { data: [] });
  client.setQueryData(["rewards", PROGRAM, ME], pages({ data: [], has_more: false, next_cursor: null }));
  client.setQueryData(["network", PROGRAM, ME], pages(network()));
});

describe("a fact of the stream", () => {
  it("replaces the numbers by its standing, however often it comes", () => {
    for (let times = 0; times < 2; times++) applyFact(client, viewer, fact("standing", {}, standing));
    expect(client.getQueryData<Balance>(["balance", PROGRAM, ME])?.data).toEqual(standing.balance);
    expect(client.getQueryData<ParticipantWithNetwork>(["participant", PROGRAM, ME])).toMatchObject({
      direct_count: 2,
      network_count: 2,
    });
  });

  it("puts a new earning on top of the list and into the sums of its level and leg", () => {
    const news = applyFact(client, viewer, fact("reward.created", reward("rwd_1"), standing));
    expect(news.rewards).toEqual([inr(2_100)]);
    expect(rewards().map(({ id }) => id)).toEqual(["rwd_1"]);
    expect(legs()[0]?.earned).toEqual([inr(12_100)]);
    expect(levels()[0]?.earned).toEqual([inr(12_100)]);
  });

  it("counts an earning once, also when the stream repeats it", () => {
    applyFact(client, viewer, fact("reward.created", reward("rwd_1"), standing));
    const again = applyFact(client, viewer, fact("reward.created", reward("rwd_1"), standing));
    expect(again.rewards).toEqual([]);
    expect(rewards()).toHaveLength(1);
    expect(legs()[0]?.earned).toEqual([inr(12_100)]);
  });

  it("asks for the network again when it cannot know whether an earning is in its sums", () => {
    client.setQueryData(
      ["rewards", PROGRAM, ME],
      pages({ data: [reward("rwd_1")], has_more: false, next_cursor: null }),
    );
    applyFact(client, viewer, fact("reward.created", reward("rwd_1"), standing));
    expect(client.getQueryState(["network", PROGRAM, ME])?.isInvalidated).toBe(true);
  });

  it("ignores somebody else's earning", () => {
    applyFact(
      client,
      viewer,
      fact("reward.created", { ...reward("rwd_1"), participant_id: "par_other" }, standing),
    );
    expect(rewards()).toEqual([]);
  });

  it("takes back exactly what each refund took, part by part", () => {
    applyFact(client, viewer, fact("reward.created", reward("rwd_1")));
    applyFact(client, viewer, fact("reward.reversed", { ...reward("rwd_1"), reversed: inr(1_000) }));
    applyFact(
      client,
      viewer,
      fact("reward.reversed", { ...reward("rwd_1"), reversed: inr(2_100), status: "reversed" }),
    );
    applyFact(
      client,
      viewer,
      fact("reward.reversed", { ...reward("rwd_1"), reversed: inr(2_100), status: "reversed" }),
    );
    expect(rewards()[0]).toMatchObject({ reversed: inr(2_100), status: "reversed" });
    expect(legs()[0]?.earned).toEqual([inr(10_000)]);
  });

  it("moves a released earning to its new state", () => {
    applyFact(client, viewer, fact("reward.created", reward("rwd_1")));
    applyFact(client, viewer, fact("reward.released", { ...reward("rwd_1"), status: "available" }));
    expect(rewards()[0]?.status).toBe("available");
  });

  it("adds a direct friend as a leg, once", () => {
    const friend = {
      id: "ref_2",
      referee_id: "par_2",
      referee_name: "Meera",
      level: 1,
      status: "joined",
      created_at: "",
    };
    applyFact(client, viewer, fact("referral.created", friend, standing));
    applyFact(client, viewer, fact("referral.created", friend, standing));
    expect(legs().map(({ name }) => name)).toEqual(["Meera", "Ravi"]);
    expect(levels()).toEqual([{ level: 1, participants: 2, earned: [inr(10_000)] }]);
  });

  it("adds nobody whose referral does not count", () => {
    const nobody = { referee_id: "par_3", level: 1, status: "not_eligible" };
    expect(applyFact(client, viewer, fact("referral.created", nobody, standing)).friends).toBe(0);
    expect(legs()).toHaveLength(1);
  });

  it("counts a friend of a friend in the leg they came through", () => {
    const deep: Standing = { ...standing, direct_count: 1, network_count: 2 };
    const friend = { referee_id: "par_9", level: 2, leg_participant_id: "par_1", status: "joined" };
    applyFact(client, viewer, fact("referral.created", friend, deep));
    expect(legs()[0]).toMatchObject({ network_count: 1, direct_count: 1 });
    expect(client.getQueryState(["network", PROGRAM, ME])?.isInvalidated).toBe(false);
  });

  it("asks for the network again when its legs do not add up to the standing", () => {
    const friend = { referee_id: "par_9", level: 2, leg_participant_id: "par_1", status: "joined" };
    applyFact(client, viewer, fact("referral.created", friend, { ...standing, network_count: 5 }));
    expect(client.getQueryState(["network", PROGRAM, ME])?.isInvalidated).toBe(true);
  });

  it("marks everything of the program stale when the log has a gap", () => {
    client.setQueryData(["balance", "prg_2", ME], { data: [] });
    applyFact(client, viewer, fact("gap", {}));
    expect(client.getQueryState(["balance", PROGRAM, ME])?.isInvalidated).toBe(true);
    expect(client.getQueryState(["balance", "prg_2", ME])?.isInvalidated).toBe(false);
  });

  it("goes to the top of the operator's feed, once", () => {
    const operator: Viewer = { programId: PROGRAM, participantId: null };
    client.setQueryData(["events", PROGRAM], { data: [fact("participant.created", {}, undefined, "evt_1")] });
    const next = fact("reward.created", reward("rwd_1"), undefined, "evt_2");
    applyFact(client, operator, next);
    applyFact(client, operator, next);
    expect(client.getQueryData<Page<Fact>>(["events", PROGRAM])?.data.map(({ id }) => id)).toEqual([
      "evt_2",
      "evt_1",
    ]);
    expect(rewards()).toEqual([]);
  });

  it("replaces the funnel", () => {
    applyFact(client, { programId: PROGRAM, participantId: null }, fact("funnel", { clicks: 7 }));
    expect(client.getQueryData(["funnel", PROGRAM])).toEqual({ clicks: 7 });
  });
});

function fact(type: string, object: object, after?: Standing, id = "evt_0"): Fact {
  const made: Fact = { id, type, timestamp: "", data: { object: object as Record<string, unknown> } };
  return after ? { ...made, standing: after } : made;
}

function reward(id: string): Reward {
  return {
    id,
    participant_id: ME,
    conversion_id: "cnv_1",
    referee_id: "par_1",
    level: 1,
    leg_participant_id: "par_1",
    rule: "level-share",
    plan_version: 1,
    kind: "commission",
    amount: inr(2_100),
    reversed: inr(0),
    redeemed: inr(0),
    expired: inr(0),
    expires_at: null,
    status: "pending",
    display_status: "On its way",
    available_at: "2026-12-05T06:00:00Z",
    reasons: [],
    created_at: "2026-11-21T06:00:00Z",
  };
}

function network(): Network {
  const leg = {
    participant_id: "par_1",
    name: "Ravi",
    level: 1,
    joined_at: "",
    inviter_id: null,
    referral_status: "rewarded" as const,
  };
  return {
    participant_id: ME,
    levels: [{ level: 1, participants: 1, earned: [inr(10_000)] }],
    data: [{ ...leg, direct_count: 0, network_count: 0, earned: [inr(10_000)], legs: [] }],
    has_more: false,
    next_cursor: null,
  };
}

function pages<P>(page: P): InfiniteData<P> {
  return { pages: [page], pageParams: [null] };
}

const rewards = () =>
  client
    .getQueryData<InfiniteData<Page<Reward>>>(["rewards", PROGRAM, ME])
    ?.pages.flatMap((page) => page.data) ?? [];
const networkNow = () => client.getQueryData<InfiniteData<Network>>(["network", PROGRAM, ME])?.pages[0];
const legs = () => networkNow()?.data ?? [];
const levels = () => networkNow()?.levels ?? [];

describe("a notice of the stream", () => {
  const all: NoticeFilter = { isUnread: false, topic: "" };
  const links: NoticeFilter = { isUnread: false, topic: "links" };
  const bell = () => client.getQueryData<Inbox>(["bell", PROGRAM, ME]);
  const list = (filter: NoticeFilter) =>
    client
      .getQueryData<InfiniteData<Inbox>>(["notifications", PROGRAM, ME, filter])
      ?.pages.flatMap(({ data }) => data) ?? [];
  const notice = (id: string, change: Partial<Notice> = {}) => ({
    ...{ id, topic: "earnings", message: "earned_direct", language: "en", title: "You earned ₹21.00" },
    ...{ text: "Ben made a purchase.", url: null, amount: null, count: 1, read: false },
    ...{ created_at: "2026-06-01T09:00:00Z", ...change },
  });
  const empty = { data: [], has_more: false, next_cursor: null, prev_cursor: null, unread_count: 0 };
  beforeEach(() => {
    client.setQueryData(["bell", PROGRAM, ME], empty);
    for (const filter of [all, links])
      client.setQueryData(["notifications", PROGRAM, ME, filter], pages(empty));
  });

  it("goes to the top of the bell and of the lists it fits, with how many are unread after it", () => {
    applyFact(client, viewer, fact("notification.created", { ...notice("ntf_1"), unread_count: 1 }));
    applyFact(client, viewer, fact("notification.created", { ...notice("ntf_2"), unread_count: 2 }));
    expect(bell()).toMatchObject({ unread_count: 2, data: [{ id: "ntf_2" }, { id: "ntf_1" }] });
    expect(list(all).map(({ id }) => id)).toEqual(["ntf_2", "ntf_1"]);
    expect(list(links)).toEqual([]);
  });

  it("grows where it stands when it is told again", () => {
    for (const [id, count] of [
      ["ntf_1", 1],
      ["ntf_2", 1],
      ["ntf_1", 7],
    ] as const)
      applyFact(client, viewer, fact("notification.created", { ...notice(id, { count }), unread_count: 2 }));
    expect(list(all).map(({ id, count }) => [id, count])).toEqual([
      ["ntf_2", 1],
      ["ntf_1", 7],
    ]);
    expect(bell()?.data).toHaveLength(2);
  });

  it("is read everywhere when another screen has read all", () => {
    applyFact(client, viewer, fact("notification.created", { ...notice("ntf_1"), unread_count: 1 }));
    applyFact(client, viewer, fact("notification.read", { id: ME, unread_count: 0 }));
    expect(bell()?.unread_count).toBe(0);
    expect([...(bell()?.data ?? []), ...list(all)].every(({ read }) => read)).toBe(true);
  });
});
