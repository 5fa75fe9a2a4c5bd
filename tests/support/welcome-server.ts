import type { FastifyInstance } from "fastify";
import { acceptRequest } from "../../server/access/accept-request.ts";
import { openDoors } from "../../server/access/door.ts";
import { type Access, type AccessOptions, openAccess } from "../../server/access/open-access.ts";
import { accessGate, accessRoutes } from "../../server/access/routes.ts";
import { createDestinationCache } from "../../server/clicks/create-destination-cache.ts";
import { createVisitReader } from "../../server/clicks/create-visit-reader.ts";
import { clickShortcut } from "../../server/clicks/routes/shortcut.ts";
import { clickRoutes, LINK_ROUTES } from "../../server/clicks/routes.ts";
import { streamEvents } from "../../server/events/stream-events.ts";
import { createIntakes, type Intakes } from "../../server/intakes.ts";
import { PostgresBus } from "../../server/platform/bus.ts";
import type { Database } from "../../server/platform/database.ts";
import { acceptForms } from "../../server/platform/form-body.ts";
import { createHttpServer, isLeaving } from "../../server/platform/http.ts";
import type { Log } from "../../server/platform/log.ts";
import { openShortcut } from "../../server/platform/shortcut.ts";
import { Refusal } from "../../server/primitives/refusal.ts";
import { PROBLEMS } from "../../server/problems.ts";
import { brandRoutes } from "../../server/programs/routes.ts";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import { parseSignup, type SignupFields } from "../../server/referrals/signup.ts";
import { createPlan } from "../../server/rewards/create-plan.ts";
import { createPlanCache } from "../../server/rewards/create-plan-cache.ts";
import { findEventObjects } from "../../server/rewards/find-event-objects.ts";
import { findOffer } from "../../server/rewards/find-offer.ts";
import { findProgress } from "../../server/rewards/find-progress.ts";
import { launchProgram } from "../../server/rewards/launch-program.ts";
import { publishPlan } from "../../server/rewards/publish-plan.ts";
import { pointsPerReferral } from "../../server/rewards/templates/points.ts";
import { createMailSignIn } from "../../server/welcome/create-mail-sign-in.ts";
import { createPages } from "../../server/welcome/create-pages.ts";
import { welcomeRoutes } from "../../server/welcome/routes.ts";
import type { Fonts } from "../../server/welcome/style.ts";

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const NO_FONTS: Fonts = { sans: null, sansExtended: null, serif: null, serifExtended: null };
const KEY = "a key that only the tests know, 0123456789";
const SCALE = 100;

export type WelcomeServer = {
  app: FastifyInstance;
  access: Access;
  intakes: Intakes;
  /** How many requests came past the shortcut. */
  framework: { requests: number };
  /** Creates a program from a template and answers its id. */
  launch(name: string, template?: "two-level" | "points"): Promise<string>;
  /** Enrols somebody, as the API would. */
  enroll(
    programId: string,
    name: string,
    code?: string,
    said?: Partial<SignupFields>,
  ): Promise<ParticipantAnswer & { code: string }>;
  /** Publishes a plan: the points template with these parts of it replaced. */
  publish(programId: string, parts: object): Promise<void>;
  close(): Promise<void>;
};

/** One instance of the server with the hosted pages and the links that lead to them. */
export async function startWelcomeServer(
  db: Database,
  publicUrl: () => string,
  options: Partial<AccessOptions> & { fonts?: Fonts; hasMail?: boolean } = {},
): Promise<WelcomeServer> {
  const { fonts = NO_FONTS, hasMail = false, ...accessOptions } = options;
  const bus = new PostgresBus(db, quiet);
  await bus.open();
  const access = openAccess({
    db,
    bus,
    log: quiet,
    publicUrl: null,
    sessionSecret: KEY,
    trustedProxies: 0,
    rateLimitScale: SCALE,
    ...accessOptions,
  });
  const plans = createPlanCache();
  const intakes = createIntakes({ db, bus, log: quiet, plans, publicUrl });
  const pages = createPages(fonts);
  const app = createHttpServer({ problems: PROBLEMS, log: quiet, problemPage: pages.problemPage });
  acceptForms(app);
  const framework = { requests: 0 };
  app.addHook("onRequest", async () => void framework.requests++);
  const following = {
    destinations: createDestinationCache(bus),
    intake: intakes.clicks,
    visits: createVisitReader(KEY),
    publicUrl,
  };
  const streams = streamEvents({
    ...{ db, bus, log: quiet, findObjects: findEventObjects },
    findNames: async () => new Map(),
    findSummary: async () => ({ type: "funnel", data: {} }),
  });
  const mail = hasMail ? createMailSignIn(db, publicUrl) : null;
  const doors = [
    ...brandRoutes({ db, publicUrl }),
    ...accessRoutes(access, mail),
    ...welcomeRoutes(
      {
        access,
        intake: intakes.signups,
        emailKey: KEY,
        passKey: KEY,
        publicUrl,
        findOffer: (programId) => db.read(programId, (reader) => findOffer(reader, plans, new Date())),
        pages,
        streams,
        hasMail,
        findProgress: (programId, participantId) =>
          db.read(programId, (reader) => findProgress(reader, participantId, plans)),
      },
      mail,
    ),
    ...clickRoutes({
      db,
      ...following,
      countUnknownCode: nothing,
      unknownCodePage: pages.unknownCodePage,
      announce: nothing,
    }),
  ];
  openDoors(app, doors, accessGate(access));
  const shortcut = clickShortcut(
    {
      ...following,
      addressOf: access.addressOf,
      admit: (address) => acceptRequest(access, "click", { kind: "visitor" }, address),
      answered: nothing,
    },
    LINK_ROUTES,
  );
  openShortcut(app, shortcut, () => isLeaving(app));
  await app.ready();
  return {
    app,
    access,
    intakes,
    framework,
    launch: async (name, template = "two-level") => {
      const text = { name, currency: "INR", timeZone: "Asia/Kolkata", destinationUrl: null };
      const program = await db.write(db.newId("prg"), (tx) =>
        launchProgram(tx, text, template, { kind: "system" }),
      );
      return program.programId;
    },
    enroll: (programId, name, code, said) => enroll(intakes, programId, name, code, said),
    publish: (programId, parts) =>
      db.write(programId, async (tx) => {
        const document = { ...(pointsPerReferral.document("INR") as object), examples: [], ...parts };
        await publishPlan(tx, (await createPlan(tx, document)).id, null);
      }),
    close: async () => {
      streams.close();
      await app.close();
      access.close();
      await bus.close();
    },
  };
}

let enrolled = 0;

async function enroll(
  intakes: Intakes,
  programId: string,
  name: string,
  code?: string,
  said: Partial<SignupFields> = {},
): Promise<ParticipantAnswer & { code: string }> {
  const email = `person-${++enrolled}@example.com`;
  const referral = code ? { referral: { code, required: true } } : {};
  const signup = parseSignup({ name, email, name_shown: true, ...referral, ...said }, KEY);
  const request = { signup, actor: { kind: "system" } as const, requestId: "test", idempotency: null };
  const answer = await intakes.signups.submit(programId, request);
  if (answer instanceof Refusal) throw answer;
  return answer.body as ParticipantAnswer & { code: string };
}
