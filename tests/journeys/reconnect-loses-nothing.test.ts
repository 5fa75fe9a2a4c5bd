import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer, ParticipantDetail } from "../../server/referrals/contract.ts";
import type { RewardAnswer } from "../../server/rewards/contract.ts";
import { type Api, soon } from "../support/api.ts";
import { type Message, watchEvents } from "../support/event-source.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

type Balance = { currency: string; pending: number; available: number; held: number; paid: number };
type Standing = { balance: Balance[]; direct_count: number; network_count: number };

const PURCHASES = 240;
const AT_ONCE = 3;
const CONNECTED_MS_MAX = 90;
const APART_MS_MAX = 60;

describe("a stream that breaks again and again", () => {
  let server: TestServer;
  let program: Provisioned;
  let api: Api;
  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    api = program.api;
  });
  afterAll(() => server.stop());

  it("brings every own event once and in order, and a standing that is the ledger's", async () => {
    const top = await api.join();
    const middle = await api.join(top);
    const buyers = [await api.join(middle), await api.join(top), await api.join(middle)];
    const strangers = await api.join(await api.join());
    const viewer = new Viewer(`${server.url}/v1/stream?participant=${top.id}`, program.key);
    await viewer.connect();
    const shopping = shop(api, [...buyers, strangers]);
    let isOver = false;
    void shopping.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await sleep(Math.random() * CONNECTED_MS_MAX);
      viewer.drop();
      await sleep(Math.random() * APART_MS_MAX);
      await viewer.connect();
    }
    await shopping;
    const { body } = await api.get<{ data: RewardAnswer[] }>(
      `/v1/rewards?participant_id=${top.id}&limit=200`,
    );
    const reversed = body.data.filter((reward) => reward.reversed.amount > 0).length;
    const expected = body.data.length + reversed + RIPPLES;
    await soon(async () => factsOf(viewer).length >= expected);
    viewer.drop();
    expect(viewer.drops).toBeGreaterThan(5);
    expect(viewer.gaps).toBe(0);

    expect(factsOf(viewer)).toHaveLength(expected);
    const ids = viewer.events.map(({ data }) => String(data["id"]));
    expect(new Set(ids).size).toBe(ids.length);
    const created = viewer.events.filter(({ event }) => event === "reward.created");
    expect(created.map(({ data }) => objectOf(data)["id"]).sort()).toEqual(
      body.data.map(({ id }) => id).sort(),
    );
    const places = viewer.events.map(({ id }) => id).map(placeOf);
    expect(places).toEqual([...places].sort(comparePlaces));
    await expectExactStandings(viewer, top);
  });

  /** Two people join below while watching, and a friend qualifies by a first purchase. */
  const RIPPLES = 3;

  async function shop(shopper: Api, buyers: ParticipantAnswer[]): Promise<void> {
    const friend = await shopper.join(buyers[1]);
    await shopper.join(friend);
    const orders = Array.from({ length: PURCHASES }, (_, index) => index);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let order = orders.pop(); order !== undefined; order = orders.pop()) {
          const buyer = buyers[order % buyers.length];
          if (!buyer) throw new Error("There is no such buyer.");
          const made = await shopper.buy(buyer, 200_000, 20_000 + order * 100);
          if (order % 12 === 0) await shopper.refund(made, `refund of ${made.id}`, 50_000);
        }
      }),
    );
  }

  async function expectExactStandings(viewer: Viewer, of: ParticipantAnswer): Promise<void> {
    let before = viewer.first;
    for (const { event, data } of viewer.events) {
      const after = data["standing"] as Standing;
      const moved = movedBy(event, objectOf(data));
      expect(pendingOf(after) - pendingOf(before), event).toBe(moved);
      before = after;
    }
    const balance = await api.balance(of);
    expect(before.balance).toEqual([balance]);
    const { body } = await api.get<ParticipantDetail>(`/v1/participants/${of.id}`);
    expect(before.network_count).toBe(body.network_count);
    expect(before.direct_count).toBe(body.direct_count);
  }
});

/** What an event moves in the pending purse; a reversal tells the whole reversed so far. */
const reversed = new Map<string, number>();

function movedBy(event: string, object: Record<string, unknown>): number {
  const amountOf = (key: string): number => (object[key] as { amount: number }).amount;
  if (event === "reward.created") return amountOf("amount");
  if (event !== "reward.reversed") return 0;
  const id = String(object["id"]);
  const earlier = reversed.get(id) ?? 0;
  reversed.set(id, amountOf("reversed"));
  return earlier - amountOf("reversed");
}

/** Without what the worker tells of them a moment later, as often as it comes by. */
const factsOf = ({ events }: Viewer): Message[] =>
  events.filter(({ event }) => !event.startsWith("notification."));

const objectOf = (data: Message["data"]): Record<string, unknown> =>
  (data["data"] as { object: Record<string, unknown> }).object;
const pendingOf = (standing: Standing): number => standing.balance[0]?.pending ?? 0;

function placeOf(id: string): [position: bigint, id: string] {
  const [position = "0", rest = ""] = id.split("-");
  return [BigInt(position), rest];
}

function comparePlaces(a: [bigint, string], b: [bigint, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : 1;
}

/** A screen: keeps its place, and every event it was ever shown. */
class Viewer {
  readonly events: Message[] = [];
  first: Standing = { balance: [], direct_count: 0, network_count: 0 };
  drops = 0;
  gaps = 0;
  readonly #url: string;
  readonly #key: string;
  #lastId: string | null = null;
  #drop: () => void = () => {};

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async connect(): Promise<void> {
    const isFirst = this.#lastId === null;
    let opened = (): void => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const watch = watchEvents(this.#url, {
      key: this.#key,
      lastEventId: this.#lastId,
      onMessage: (message) => {
        if (message.id !== "") this.#lastId = message.id;
        if (message.event === "gap") this.gaps++;
        else if (message.event === "standing") {
          if (isFirst) this.first = message.data["standing"] as Standing;
        } else if (message.event !== "") this.events.push(message);
        opened();
      },
    });
    this.#drop = watch.drop;
    await Promise.race([open, watch.ended]);
  }

  drop(): void {
    this.drops++;
    this.#drop();
  }
}
