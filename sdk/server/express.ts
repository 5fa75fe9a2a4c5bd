import { createVisitReader, type Referral, type ReferralOptions } from "./referral.ts";

type Request = {
  method: string;
  url: string;
  ip?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  referral?: Referral | null;
};
type Response = { append(name: string, value: string): unknown };

/** `app.use(referrals({ secret, hasConsent }))`; then `request.referral`. */
export function referrals(options: ReferralOptions) {
  const read = createVisitReader(options);
  return (request: Request, response: Response, next: (error?: unknown) => void): void => {
    const { method, url, ip: address } = request;
    const headers = request.headers as Record<string, string | undefined>;
    read({ method, url, address, headers }).then(({ referral, setCookie }) => {
      request.referral = referral;
      if (setCookie) response.append("Set-Cookie", setCookie);
      next();
    }, next);
  };
}
