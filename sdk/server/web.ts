import { createVisitReader, type Referral, type ReferralOptions, type VisitedRequest } from "./referral.ts";

/** What is read of a `Request` as the web platform has it. Its address is what the nearest proxy wrote. */
export function visitedRequest(request: Request): VisitedRequest {
  const headers = Object.fromEntries(request.headers.entries());
  const address = headers["x-forwarded-for"]?.split(",").at(-1)?.trim();
  return { method: request.method, url: request.url, headers, address };
}

/**
 * For frameworks that speak `Request` and `Response`, Next.js among them. In its middleware:
 *
 *   const { keep } = referrals({ secret, hasConsent });
 *   export const middleware = (request) => keep(request, NextResponse.next());
 *
 * and where somebody signs up `await referralOf(request)`.
 */
export function referrals(options: ReferralOptions) {
  const read = createVisitReader(options);
  return {
    /** Keeps in the visitor's browser, as far as they consent, who brought them. */
    keep: async <Answer extends { headers: Headers }>(
      request: Request,
      response: Answer,
    ): Promise<Answer> => {
      const { setCookie } = await read(visitedRequest(request));
      if (setCookie) response.headers.append("set-cookie", setCookie);
      return response;
    },
    referralOf: async (request: Request): Promise<Referral | null> =>
      (await read(visitedRequest(request))).referral,
  };
}
