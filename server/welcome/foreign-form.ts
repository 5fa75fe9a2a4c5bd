type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Whether a browser says that another site's page sent the form. One that says nothing is let through:
 * the form needs no privilege, and without proof of our own page no cookie is set.
 */
export function isForeignForm(headers: Headers, publicOrigin: string | null): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = headers;
  if (typeof origin !== "string" || origin === "null" || origin === publicOrigin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers["host"];
}
