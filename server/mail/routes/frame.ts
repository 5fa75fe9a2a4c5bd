import { type AnyDoor, door } from "../../access/door.ts";

/** Nothing runs in it and nothing is fetched but pictures; a mail brings its style along in its attributes. */
const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/** An empty sheet on which our own pages draw a mail: their own rules would take its style away. */
export const frameRoutes: readonly AnyDoor[] = [
  door({
    method: "GET",
    path: "/letter-frame",
    operation: "pages.read",
    limit: "public_page",
    summary: "An empty sheet to show a mail on",
    tag: "Pages",
    isPage: true,
    schema: {},
    handle: () => ({
      status: 200,
      body: '<!doctype html><html lang="en"><head><title>Preview</title></head><body></body></html>',
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, max-age=3600",
        "content-security-policy": CSP,
      },
    }),
  }),
];
