/** The European Economic Area and Switzerland's neighbours in law: where a mail that nobody asked for is the sender's. */
const COUNTRIES = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);
const DOMAINS = new Set([
  ...[...COUNTRIES].map((country) => country.toLowerCase()),
  "eu",
  "ευ",
  "ею",
  "бг",
  "ελ",
]);

/**
 * Whether a mail may reach somebody in the European Union. Where nobody says so, the address does by its country's
 * domain, and else the country of the inviter, whose friends mostly live where they do.
 */
export function isEuropean(email: string, inviterCountry: string | null): boolean {
  const domain = email.slice(email.lastIndexOf(".") + 1).toLowerCase();
  if (DOMAINS.has(domain) || domain.startsWith("xn--qxa6a") || domain.startsWith("xn--e1a4c")) return true;
  return inviterCountry !== null && COUNTRIES.has(inviterCountry.toUpperCase());
}
