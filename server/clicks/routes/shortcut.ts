import type { IncomingMessage, ServerResponse } from "node:http";
import { baseOf, type Landing, landingOf } from "../../links/landing.ts";
import { markedChannel } from "../../links/share-channel.ts";
import type { GroupCommits } from "../../platform/group-commit.ts";
import { SECURITY_HEADERS } from "../../platform/security-headers.ts";
import type { GoOn, Shortcut } from "../../platform/shortcut.ts";
import { type Click, type ClickId, destinationOf } from "../click.ts";
import type { VisitReader } from "../create-visit-reader.ts";
import type { Destination, DestinationCache } from "../find-destination.ts";

export type ShortcutDeps = {
  destinations: DestinationCache;
  intake: GroupCommits<Omit<Click, "id">, ClickId>;
  visits: VisitReader;
  publicUrl: () => string;
  addressOf: (request: IncomingMessage) => string;
  /** Counts the visitor; refuses where there were too many. */
  admit: (address: string) => object | Promise<object>;
  /** Told of each answer, for metrics and the log. */
  answered: (method: string, route: string, status: number, ms: number) => void;
};

type Asked = {
  request: IncomingMessage;
  response: ServerResponse;
  goOn: GoOn;
  destination: Destination;
  address: string;
  began: number;
};

const LONG = "/r/";
const CODE_CHARS = 10;
const CHARS_MAX = 40;
const QUESTION_MARK = "?".charCodeAt(0);
const FOUND = 302;
const HEADERS: readonly string[] = [
  ...Object.entries(SECURITY_HEADERS).flat(),
  ...["cache-control", "no-store", "content-length", "0"],
];

/**
 * The one request that comes in crowds, answered before the framework sees it: a known code that somebody
 * opens in a browser. All else, and whatever is refused or fails, goes through the door that every link
 * has; both must answer alike.
 */
export function clickShortcut(deps: ShortcutDeps, routes: { long: string; short: string }): Shortcut {
  const landings = new WeakMap<Destination, Landing>();
  const landing = (destination: Destination): Landing => {
    let kept = landings.get(destination);
    if (!kept) {
      kept = landingOf(baseOf(destination, deps.publicUrl()), destination.code);
      landings.set(destination, kept);
    }
    return kept;
  };

  const answer = ({ request, response, goOn, destination, began }: Asked, id: ClickId): void => {
    try {
      const location = destinationOf(landing(destination), destination, id, Date.now());
      response.writeHead(FOUND, ["location", location, ...HEADERS]);
      response.end();
    } catch (error) {
      goOn(request, response, error);
      return;
    }
    const route = request.url?.startsWith(LONG) ? routes.long : routes.short;
    deps.answered("GET", route, FOUND, performance.now() - began);
  };

  const follow = (asked: Asked): void => {
    const { request, response, goOn, destination, address } = asked;
    const { headers } = request;
    const visit = {
      ip: address,
      referrer: headers.referer,
      userAgent: headers["user-agent"],
      channel: markedChannel(request.url ?? ""),
    };
    deps.intake.submit(destination.programId, deps.visits.clickOf(destination, visit)).then(
      (id) => answer(asked, id),
      (error) => goOn(request, response, error),
    );
  };

  return (request, response, goOn) => {
    if (request.method !== "GET") return false;
    const destination = deps.destinations.get(codeIn(request.url ?? ""));
    if (!destination?.isActive) return false;
    if (destination.expiresAt !== null && destination.expiresAt <= Date.now()) return false;
    const { headers } = request;
    // A key must be right even where none is needed.
    if (headers.authorization !== undefined || deps.visits.isKnownBot(headers["user-agent"])) return false;
    const began = performance.now();
    const address = deps.addressOf(request);
    try {
      const admitted = deps.admit(address);
      const asked = { request, response, goOn, destination, address, began };
      if ("then" in admitted)
        admitted.then(
          () => follow(asked),
          () => goOn(request, response),
        );
      else follow(asked);
    } catch {
      // Who used up the limit is told so by the framework, which costs them nothing more.
      return false;
    }
    return true;
  };
}

/** Of `/r/{code}` or `/{code}`, as links are written; "" for anything else, which may still be one. */
function codeIn(url: string): string {
  const from = url.startsWith(LONG) ? LONG.length : 1;
  const end = from + CODE_CHARS;
  if (url.length === end || url.charCodeAt(end) === QUESTION_MARK) return url.slice(from, end);
  return slugIn(url, from);
}

/** An address that somebody chose: one part of a path, like a file's name without a dot. */
function slugIn(url: string, from: number): string {
  const query = url.indexOf("?", from);
  const end = query === -1 ? url.length : query;
  return end - from > CHARS_MAX || url.lastIndexOf("/", end) >= from ? "" : url.slice(from, end);
}
