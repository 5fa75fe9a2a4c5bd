import { isbot } from "isbot";

/**
 * Programs that fetch because somebody asked them to: a customer's server, a developer, a test. They are
 * visitors like any other; those that come by themselves (link previews, crawlers) are not.
 */
const TOOLS =
  /^(node|undici|curl|wget|python-requests|axios|okhttp|go-http-client|dart|node-fetch)\b|headlesschrome/i;

/** A known bot: following a link must have no side effect for it. */
export function isKnownBot(userAgent: string | undefined): boolean {
  return userAgent !== undefined && isbot(userAgent) && !TOOLS.test(userAgent);
}
