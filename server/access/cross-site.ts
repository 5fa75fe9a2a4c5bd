type Headers = Readonly<Record<string, string | string[] | undefined>>;

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that carries a cookie may have been caused by another site's page. Browsers say
 * where a request comes from; one that says neither is not believed.
 */
export function isCrossSite(method: string, headers: Headers, publicOrigin: string | null): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  if (origin !== undefined && !isOwnOrigin(origin, headers, publicOrigin)) return true;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return origin === undefined;
}

/** A body another site's form could send needs no leave of the browser; JSON does. */
export function isJsonOrEmpty(headers: Headers): boolean {
  const type = headers["content-type"];
  if (type !== undefined) return /^application\/json\s*(;|$)/i.test(String(type));
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
}

function isOwnOrigin(origin: string | string[], headers: Headers, publicOrigin: string | null): boolean {
  if (typeof origin !== "string" || !URL.canParse(origin)) return false;
  if (publicOrigin !== null && origin === publicOrigin) return true;
  return new URL(origin).host === headers.host;
}
