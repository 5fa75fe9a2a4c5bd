/** The address a visitor of a link will be sent to, while the link is still being written; "" where there is none yet. */
export function previewOf(destination: string, parameters: Record<string, string>, code: string): string {
  if (!URL.canParse(destination)) return "";
  const url = new URL(destination);
  for (const name of Object.keys(parameters)) url.searchParams.delete(name);
  const kept = url.search.slice(1);
  const added = Object.entries({ ...parameters, ref: code }).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  url.search = [kept, ...added].filter(Boolean).join("&");
  return url.href;
}

export type ParameterRow = { name: string; value: string };

/** What was typed, without the rows that are empty. */
export function parametersOf(rows: readonly ParameterRow[]): Record<string, string> {
  return Object.fromEntries(
    rows
      .map(({ name, value }) => [name.trim(), value.trim()] as const)
      .filter(([name, value]) => name !== "" && value !== ""),
  );
}
