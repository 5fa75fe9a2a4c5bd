import { createVisitReader, type Referral, type ReferralOptions } from "./referral.ts";

type Request = {
  method: string;
  url: string;
  ip: string;
  headers: Record<string, string | string[] | undefined>;
  referral?: Referral | null;
};
type Reply = { header(name: string, value: string): unknown };
type App = {
  decorateRequest(name: string, value: null): unknown;
  addHook(name: "onRequest", hook: (request: Request, reply: Reply) => Promise<void>): unknown;
};

/** `app.register(referrals, { secret, hasConsent })`; then `request.referral`. */
export async function referrals(app: App, options: ReferralOptions): Promise<void> {
  const read = createVisitReader(options);
  app.decorateRequest("referral", null);
  app.addHook("onRequest", async (request, reply) => {
    const { method, url, ip: address } = request;
    const headers = request.headers as Record<string, string | undefined>;
    const { referral, setCookie } = await read({ method, url, address, headers });
    request.referral = referral;
    if (setCookie) reply.header("set-cookie", setCookie);
  });
}

/** Fastify keeps what a plugin adds to itself, unless the plugin says that it is meant for its surroundings. */
Object.assign(referrals, { [Symbol.for("skip-override")]: true });
