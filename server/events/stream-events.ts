import type { Bus } from "../platform/bus.ts";
import type { Database, Reader } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { type Cursor, type EventRecord, formatCursor, type ToldEvent } from "./catalogue.ts";
import { findObjects, type ObjectFinder } from "./find-objects.ts";
import { eventFrame, frameOf } from "./message.ts";
import { firstPosition, listEventsAfter } from "./store.ts";

/** Where frames go: an open response. */
export type Outlet = {
  write(frame: string): void;
  /** Bytes that the other side has not taken yet. */
  readonly waiting: number;
  end(): void;
};

/** What one viewer sees of the log, and what they know beside it. */
export type View = {
  /** As of the horizon; null when the viewer knows nothing beside the events. */
  open(reader: Reader, horizon: bigint): Promise<void>;
  /** Takes an event back out of what `open` read. */
  rewind(event: EventRecord): void;
  /** Whether the viewer may see it. */
  sees(event: EventRecord): boolean;
  /** Takes the event in; answers what is sent. */
  apply(event: ToldEvent, names: ReadonlyMap<string, string>): object;
  /** The people whose names `apply` needs. */
  people(event: ToldEvent): readonly string[];
  /** Sent first and after a gap. */
  opening(): object | null;
  /** Whether the summary of the program is sent along. */
  wantsSummary: boolean;
  /** Looks again at what changes without an event; answers a new opening when something did. */
  refresh(reader: Reader): Promise<object | null>;
};

export type StreamDeps = {
  db: Database;
  bus: Bus;
  log: Log;
  findObjects: ObjectFinder;
  findNames(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Figures of a program that are sent beside its events, at most once a second. */
  findSummary(reader: Reader): Promise<{ type: string; data: object }>;
};

export type EventStreams = {
  /** Begins a stream after the viewer's last event, or now. Answers how to end it. */
  open(programId: string, view: View, outlet: Outlet, after: Cursor | null): Promise<() => void>;
  readonly size: number;
  close(): void;
};

/** Events read at once; a pump goes on until nothing is left. */
const EVENTS_PER_READ_MAX = 2_000;
/** What a reconnect may have missed; beyond it the viewer is told of a gap and reads everything anew. */
const MISSED_EVENTS_MAX = 5_000;
/** A reader this far behind is disconnected, and comes back with its last event. */
const OUTLET_BYTES_MAX = 4_000_000;
/** Events may wait below a transaction that still runs: look again soon. */
const HELD_BACK_MS = 10;
/** Should a notice get lost, nothing is later than this. */
const POLL_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const SUMMARY_MS = 1_000;

type Viewer = { view: View; outlet: Outlet; last: Cursor };
type Channel = {
  viewers: Set<Viewer>;
  last: Cursor;
  isPumping: boolean;
  isDirty: boolean;
  summaryDue: NodeJS.Timeout | null;
};

/** Carries facts from the log to open screens: one read of the log for all viewers of a program. */
export function streamEvents(deps: StreamDeps): EventStreams {
  const channels = new Map<string, Channel>();
  let isClosed = false;
  const notice = (programId: string): void => {
    for (const id of programId === "*" ? channels.keys() : [programId]) {
      const channel = channels.get(id);
      if (channel) void pump(deps, id, channel);
    }
  };
  const refresh = (programId: string): void => {
    const channel = channels.get(programId);
    if (channel) void refreshViewers(deps, programId, channel);
  };
  const unsubscribe = [deps.bus.subscribe("events", notice), deps.bus.subscribe("visits", refresh)];
  const poll = setInterval(() => notice("*"), POLL_MS).unref();
  const heartbeat = setInterval(() => {
    for (const { viewers } of channels.values()) for (const { outlet } of viewers) outlet.write(": \n\n");
  }, HEARTBEAT_MS).unref();
  return {
    async open(programId, view, outlet, after) {
      const viewer = await begin(deps, programId, view, outlet, after);
      if (isClosed) outlet.end();
      const channel = channels.get(programId) ?? newChannel(viewer.last);
      channels.set(programId, channel);
      if (isBefore(viewer.last, channel.last)) channel.last = viewer.last;
      channel.viewers.add(viewer);
      planSummary(deps, programId, channel);
      void pump(deps, programId, channel);
      return () => {
        channel.viewers.delete(viewer);
        if (channel.viewers.size === 0) channels.delete(programId);
      };
    },
    get size() {
      return [...channels.values()].reduce((sum, channel) => sum + channel.viewers.size, 0);
    },
    close() {
      isClosed = true;
      for (const end of unsubscribe) end();
      clearInterval(poll);
      clearInterval(heartbeat);
      for (const { viewers } of channels.values()) for (const { outlet } of viewers) outlet.end();
      channels.clear();
    },
  };
}

function newChannel(last: Cursor): Channel {
  return { viewers: new Set(), last, isPumping: false, isDirty: false, summaryDue: null };
}

/** Reads where things stand, goes back to the viewer's last event, and sends what was missed since. */
function begin(
  deps: StreamDeps,
  programId: string,
  view: View,
  outlet: Outlet,
  after: Cursor | null,
): Promise<Viewer> {
  return deps.db.read(programId, async (reader) => {
    const horizon = await deps.db.horizon(reader);
    await view.open(reader, horizon);
    const now: Cursor = { position: horizon, id: "" };
    const missed = after ? await findMissed(reader, after, horizon) : [];
    if (missed === null) outlet.write(frameOf(null, "gap", {}));
    const events = (missed ?? []).filter((event) => view.sees(event));
    for (const event of events.toReversed()) view.rewind(event);
    const opening = view.opening();
    const start = missed && missed.length > 0 && after ? after : now;
    if (opening) outlet.write(frameOf(formatCursor(start), "standing", opening));
    await send(deps, reader, [{ view, outlet, last: start }], events);
    if (events.length > 0) outlet.write(`id: ${formatCursor(now)}\n\n`);
    return { view, outlet, last: now };
  });
}

/** Null when the log cannot fill the gap any more, or it is too long to be worth it. */
async function findMissed(reader: Reader, after: Cursor, horizon: bigint): Promise<EventRecord[] | null> {
  const first = await firstPosition(reader);
  if (after.position > horizon) return null;
  if (first && after.position < first.position && after.position > 0n) return null;
  const events = await listEventsAfter(reader, after, horizon, MISSED_EVENTS_MAX + 1);
  return events.length > MISSED_EVENTS_MAX ? null : events;
}

async function pump(deps: StreamDeps, programId: string, channel: Channel): Promise<void> {
  channel.isDirty = true;
  if (channel.isPumping) return;
  channel.isPumping = true;
  try {
    while (channel.isDirty && channel.viewers.size > 0) {
      channel.isDirty = false;
      const isHeldBack = await pumpOnce(deps, programId, channel);
      if (isHeldBack) setTimeout(() => void pump(deps, programId, channel), HELD_BACK_MS).unref();
    }
  } catch (error) {
    // The database is away for the moment: the poll comes back to it, from where the slowest viewer is.
    for (const { last } of channel.viewers) if (isBefore(last, channel.last)) channel.last = last;
    deps.log.warn({ error, program_id: programId }, "the event log could not be read");
  } finally {
    channel.isPumping = false;
  }
}

/** True when a transaction that still runs may hide events behind it. */
async function pumpOnce(deps: StreamDeps, programId: string, channel: Channel): Promise<boolean> {
  return deps.db.read(programId, async (reader) => {
    const { horizon, isQuiet } = await deps.db.horizonAndRest(reader);
    const from = channel.last;
    const events = await listEventsAfter(reader, from, horizon, EVENTS_PER_READ_MAX);
    // Somebody joined during the read who stands before it, and set the channel back: it is read again from there.
    if (channel.last !== from) return true;
    const viewers = [...channel.viewers];
    const last = events.at(-1);
    // Before anything is awaited: who joins from here on sets the channel back to their own place.
    if (last) channel.last = { position: last.position, id: last.id };
    await send(deps, reader, viewers, events);
    if (last) planSummary(deps, programId, channel);
    if (events.length === EVENTS_PER_READ_MAX) channel.isDirty = true;
    return !isQuiet;
  });
}

/** The counters behind the summary follow the events within moments: it is read a little later, once for many. */
function planSummary(deps: StreamDeps, programId: string, channel: Channel): void {
  const wanting = (): Viewer[] => [...channel.viewers].filter(({ view }) => view.wantsSummary);
  if (channel.summaryDue || wanting().length === 0) return;
  channel.summaryDue = setTimeout(async () => {
    channel.summaryDue = null;
    try {
      const { type, data } = await deps.db.read(programId, (reader) => deps.findSummary(reader));
      for (const { outlet } of wanting()) outlet.write(frameOf(null, type, data));
    } catch (error) {
      deps.log.warn({ error, program_id: programId }, "the program's summary could not be read");
    }
  }, SUMMARY_MS).unref();
}

/** A reader of its own, so that a slow look holds up no event. */
async function refreshViewers(deps: StreamDeps, programId: string, channel: Channel): Promise<void> {
  try {
    await deps.db.read(programId, async (reader) => {
      for (const { view, outlet } of channel.viewers) {
        const opening = await view.refresh(reader);
        if (opening) outlet.write(frameOf(null, "standing", opening));
      }
    });
  } catch (error) {
    deps.log.warn({ error, program_id: programId }, "open screens could not be refreshed");
  }
}

async function send(
  deps: StreamDeps,
  reader: Reader,
  viewers: readonly Viewer[],
  events: readonly EventRecord[],
): Promise<void> {
  const end = events.at(-1);
  if (!end) return;
  const isDue = ({ last, view }: Viewer, event: EventRecord): boolean =>
    isBefore(last, event) && view.sees(event);
  const seen = events.filter((event) => viewers.some((viewer) => isDue(viewer, event)));
  const told = await findObjects(reader, seen, deps.findObjects);
  const due = viewers.map((viewer) => ({ viewer, events: told.filter((event) => isDue(viewer, event)) }));
  const people = new Set(
    due.flatMap(({ viewer, events: seen }) => seen.flatMap((event) => [...viewer.view.people(event)])),
  );
  const names = people.size === 0 ? new Map<string, string>() : await deps.findNames(reader, [...people]);
  for (const { viewer, events: seen } of due) {
    let frames = "";
    for (const event of seen) {
      frames += eventFrame(event, viewer.view.apply(event, names));
      viewer.last = { position: event.position, id: event.id };
    }
    // Also of what they do not see: after a failure the log is read again from where the slowest viewer is.
    if (isBefore(viewer.last, end)) viewer.last = { position: end.position, id: end.id };
    if (frames !== "") viewer.outlet.write(frames);
    if (viewer.outlet.waiting > OUTLET_BYTES_MAX) viewer.outlet.end();
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return a.position < b.position || (a.position === b.position && a.id < b.id);
}
