import { createVisitReader, type ReferralOptions } from "./referral.ts";
import { visitedRequest } from "./web.ts";

type Context = {
  req: { raw: Request };
  set(key: "referral", value: unknown): void;
  header(name: string, value: string, options: { append: boolean }): void;
};

/** `app.use(referrals({ secret, hasConsent }))`; then `context.get("referral")`. */
export function referrals(options: ReferralOptions) {
  const read = createVisitReader(options);
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const { referral, setCookie } = await read(visitedRequest(context.req.raw));
    context.set("referral", referral);
    if (setCookie) context.header("set-cookie", setCookie, { append: true });
    await next();
  };
}
