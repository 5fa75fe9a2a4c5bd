/**
 * Whether a page of this origin belongs to the program: it stands on the host its links lead to, or below it.
 * `shop.example.com` is below `example.com`; `badexample.com` is not.
 */
export function isProgramPage(origin: string | undefined, hosts: readonly string[]): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  if (protocol !== "https:" && protocol !== "http:") return false;
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** The host whose pages belong to an address: `www.example.com` stands for all of `example.com`. */
export function siteOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, "");
}
