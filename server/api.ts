import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { acceptRequest } from "./access/accept-request.ts";
import { type AnyDoor, openDoors } from "./access/door.ts";
import type { Access } from "./access/open-access.ts";
import { accessGate, accessRoutes } from "./access/routes.ts";
import { createDestinationCache } from "./clicks/create-destination-cache.ts";
import { createVisitReader } from "./clicks/create-visit-reader.ts";
import { clickShortcut, type ShortcutDeps } from "./clicks/routes/shortcut.ts";
import { clickRoutes, LINK_ROUTES } from "./clicks/routes.ts";
import type { JsonObject } from "./docs/named-schemas.ts";
import { docsRoutes, documentApi } from "./docs/routes.ts";
import type { ObjectFinder } from "./events/find-objects.ts";
import { streamEvents } from "./events/stream-events.ts";
import { createMetrics, healthRoutes, type Metrics } from "./health.ts";
import { createIntakes } from "./intakes.ts";
import { invitationRoutes } from "./invitations/routes.ts";
import { ledgerRoutes } from "./ledger/routes.ts";
import { linkRoutes } from "./links/routes.ts";
import { mailRoutes } from "./mail/routes.ts";
import { findNoticeObjects } from "./notifications/find-notice-objects.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import { findPersons } from "./participants/find-persons.ts";
import { participantRoutes } from "./participants/routes.ts";
import type { Bus } from "./platform/bus.ts";
import type { Database } from "./platform/database.ts";
import { createTextFinder } from "./platform/dns.ts";
import { acceptForms, acceptMails } from "./platform/form-body.ts";
import { closeHttpServer, createHttpServer, isLeaving } from "./platform/http.ts";
import { fromRoot } from "./platform/installation.ts";
import type { Log } from "./platform/log.ts";
import { newRequestId } from "./platform/request-id.ts";
import { openShortcut } from "./platform/shortcut.ts";
import { offerFinder } from "./posting.ts";
import { Refusal } from "./primitives/refusal.ts";
import { PROBLEMS } from "./problems.ts";
import { findLook } from "./programs/find-look.ts";
import { brandRoutes } from "./programs/routes.ts";
import { referralRoutes } from "./referrals/routes.ts";
import { findFigures } from "./reports/find-figures.ts";
import { funnel } from "./reports/funnel.ts";
import { reportRoutes } from "./reports/routes.ts";
import { acceptSignIn } from "./rewards/accept-sign-in.ts";
import { createSignInMemory } from "./rewards/create-sign-in-memory.ts";
import { findEventObjects } from "./rewards/find-event-objects.ts";
import { findOffer } from "./rewards/find-offer.ts";
import type { PlanCache } from "./rewards/find-plans.ts";
import { findProgress } from "./rewards/find-progress.ts";
import { rewardsRoutes } from "./rewards/routes.ts";
import { createMailSignIn } from "./welcome/create-mail-sign-in.ts";
import { createPages, type Pages } from "./welcome/create-pages.ts";
import { findFonts } from "./welcome/find-fonts.ts";
import { welcomeRoutes } from "./welcome/routes.ts";
import { stopPage, stoppedPage, unknownStopPage } from "./welcome/stop-page.ts";

export type ApiDeps = {
  db: Database;
  bus: Bus;
  log: Log;
  access: Access;
  plans: PlanCache;
  /** Keys the hashes of e-mail and network addresses. */
  hashingKey: string;
  publicUrl: () => string;
  /** Whether mails are sent: without, nothing is promised that only a mail brings. */
  hasMail: boolean;
  /** The mail server's name; null where none is configured. */
  smtpHost: string | null;
};

export type Api = { app: FastifyInstance; close(): Promise<void> };

const DASHBOARD = fromRoot("dist", "dashboard");
const SDK = fromRoot("dist", "sdk");
const FOR_OTHERS = {
  "cache-control": "public, max-age=3600",
  "cross-origin-resource-policy": "cross-origin",
};
/** One request in so many is logged; failures and slow ones always. */
const LOGGED_ONE_IN = 100;
const SLOW_MS = 1_000;
const VISITOR = { kind: "visitor" } as const;

/** What both ways of following a link share. */
type Following = Pick<ShortcutDeps, "destinations" | "intake" | "visits" | "publicUrl">;

/** What the server draws by itself, and the document of all doors once they are open. */
type Drawing = { pages: Pages; document: () => JsonObject };

/** Every door of the product, in one list. */
export function doorsOf(
  deps: ApiDeps,
  { pages, document }: Drawing,
): { doors: AnyDoor[]; following: Following; metrics: Metrics; close(): void } {
  const { db, bus, log, access, plans, publicUrl } = deps;
  const intakes = createIntakes(deps);
  const findObjects: ObjectFinder = async (reader, events) => {
    const [told, notices] = await Promise.all([
      findEventObjects(reader, events),
      findNoticeObjects(reader, events, publicUrl()),
    ]);
    return new Map([...told, ...notices]);
  };
  const streams = streamEvents({
    db,
    bus,
    log,
    findObjects,
    findNames: async (reader, ids) =>
      new Map([...(await findPersons(reader, ids))].map(([id, person]) => [id, person.name])),
    findSummary: async (reader) => ({ type: "funnel", data: await findFigures(reader, funnel) }),
  });
  const metrics = createMetrics(db, () => streams.size);
  const following: Following = {
    destinations: createDestinationCache(bus),
    intake: intakes.clicks,
    visits: createVisitReader(deps.hashingKey),
    publicUrl,
  };
  const mail = deps.hasMail ? createMailSignIn(db, publicUrl) : null;
  const doors: AnyDoor[] = [
    ...healthRoutes({ db, streams, metrics }),
    ...accessRoutes(access, mail),
    ...participantRoutes({ db }),
    ...brandRoutes({ db, publicUrl }),
    ...ledgerRoutes({ db }),
    ...mailRoutes({
      ...{ db, emailKey: deps.hashingKey, publicUrl, smtpHost: deps.smtpHost },
      findLook: (reader) => findLook(reader, publicUrl()),
      findTexts: createTextFinder(),
      stopPages: {
        ask: (facts, token) => pages.answer(200, stopPage(facts, token)),
        done: (facts, choice, token) => pages.answer(200, stoppedPage(facts, choice, token)),
        unknown: () => pages.answer(404, unknownStopPage()),
      },
    }),
    ...linkRoutes({ db, bus, publicUrl, reservedPaths: () => rootsOf(doors) }),
    ...invitationRoutes({
      ...{ db, publicUrl, key: deps.hashingKey, findOffer: offerFinder(plans), hasMail: deps.hasMail },
      announce: (programId) => bus.publish("events", programId),
    }),
    ...clickRoutes({
      db,
      ...following,
      countUnknownCode: (address) => void acceptRequest(access, "unknown_code", VISITOR, address),
      unknownCodePage: pages.unknownCodePage,
      announce: (programId) => bus.publish("events", programId),
    }),
    ...referralRoutes({
      ...{ db, intake: intakes.signups, streams, findEventObjects, emailKey: deps.hashingKey, publicUrl },
      onAccessChange: access.onChange,
      noteVisit: visitsOf(deps),
    }),
    ...rewardsRoutes({
      db,
      plans,
      publicUrl,
      intake: intakes.conversions,
      problems: PROBLEMS,
      announceAccess: () => {
        access.announce("*");
        bus.publish("programs", "*");
      },
    }),
    ...notificationRoutes({
      ...{ db, publicUrl, emailKey: deps.hashingKey },
      announce: (programId) => bus.publish("events", programId),
    }),
    ...reportRoutes({ db }),
    ...welcomeRoutes(
      {
        access,
        intake: intakes.signups,
        emailKey: deps.hashingKey,
        passKey: deps.hashingKey,
        publicUrl,
        findOffer: (programId) => db.read(programId, (reader) => findOffer(reader, plans, new Date())),
        pages,
        streams,
        hasMail: deps.hasMail,
        findProgress: (programId, participantId) =>
          db.read(programId, (reader) => findProgress(reader, participantId, plans)),
      },
      mail,
    ),
    ...docsRoutes({ document, problems: PROBLEMS, pages, publicUrl }),
  ];
  return { doors, following, metrics, close: () => streams.close() };
}

/** The first part of every path, which nobody's link may take; the dashboard's stands beside the doors. */
function rootsOf(doors: readonly AnyDoor[]): ReadonlySet<string> {
  const roots = doors.map(({ path }) => /^\/([\w-]+)/.exec(path)?.[1] ?? "").filter((root) => root !== "");
  return new Set(["app", ...roots]);
}

/** The first visit of a person and a day is stored, and lets go what was held until they are active. */
function visitsOf({ db, bus }: ApiDeps): (programId: string, participantId: string) => Promise<void> {
  const memory = createSignInMemory();
  return async (programId, participantId) => {
    const today = new Date().toISOString().slice(0, 10);
    if (memory.has(programId, participantId, today)) return;
    const released = await db.write(programId, (tx) => acceptSignIn(tx, participantId));
    memory.add(programId, participantId, today);
    if (released > 0) bus.publish("events", programId);
  };
}

/** The HTTP server with all doors and the dashboard. */
export async function createApi(deps: ApiDeps): Promise<Api> {
  const { log, access } = deps;
  const pages = createPages(findFonts(join(DASHBOARD, "assets")));
  const app = createHttpServer({ problems: PROBLEMS, log, problemPage: pages.problemPage });
  acceptForms(app);
  acceptMails(app);
  const { doors, following, metrics, close } = doorsOf(deps, { pages, document: await documentApi(app) });
  openDoors(app, doors, accessGate(access));
  await serveDashboard(app);
  await serveSdk(app);
  const answered = tellOf(metrics, log);
  app.addHook("onResponse", (request, reply, done) => {
    const { method, id, routeOptions } = request;
    answered(method, routeOptions.url ?? "none", reply.statusCode, reply.elapsedTime, id);
    done();
  });
  const shortcut = clickShortcut(
    {
      ...following,
      addressOf: access.addressOf,
      admit: (address) => acceptRequest(access, "click", VISITOR, address),
      answered,
    },
    LINK_ROUTES,
  );
  openShortcut(app, shortcut, () => isLeaving(app));
  return {
    app,
    close: async () => {
      close();
      await closeHttpServer(app);
    },
  };
}

/** Measures every answer, and logs some. */
function tellOf(metrics: Metrics, log: Log) {
  let count = 0;
  return (method: string, route: string, status: number, ms: number, requestId?: string): void => {
    metrics.observe(route, status, ms / 1000);
    if (status < 500 && ms < SLOW_MS && count++ % LOGGED_ONE_IN !== 0) return;
    log.info(
      { request_id: requestId ?? newRequestId(), method, route, status, ms: Math.round(ms) },
      "request",
    );
  };
}

/** The single page for every address below /app/, its files for ever. */
async function serveDashboard(app: FastifyInstance): Promise<void> {
  app.get("/", async (_request, reply) => reply.redirect("/app/"));
  app.get("/app", async (_request, reply) => reply.redirect("/app/"));
  if (!existsSync(DASHBOARD)) return;
  await app.register(fastifyStatic, {
    root: DASHBOARD,
    prefix: "/app/",
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  // A file of an older build is gone, and must not be answered by a page.
  app.get("/app/assets/*", async () => {
    throw new Refusal("not_found");
  });
  app.get("/app/*", async (_request, reply) => reply.sendFile("index.html"));
}

/** What other people's pages and servers load or copy from us, at addresses that stay. */
async function serveSdk(app: FastifyInstance): Promise<void> {
  if (!existsSync(SDK)) return;
  await app.register(fastifyStatic, {
    root: SDK,
    prefix: "/sdk/",
    decorateReply: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply) => {
      for (const [name, value] of Object.entries(FOR_OTHERS)) reply.header(name, value);
    },
  });
  const script = readFileSync(join(SDK, "capture.js"));
  app.get("/capture.js", async (_request, reply) =>
    reply.headers(FOR_OTHERS).type("text/javascript; charset=utf-8").send(script),
  );
}
