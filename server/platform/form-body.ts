import type { FastifyInstance } from "fastify";
import { Refusal } from "../primitives/refusal.ts";

const FORM_BYTES_MAX = 16 * 1024;

/** Reads what an HTML form sends, for pages only: the API speaks JSON. Of a field sent twice the last counts. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: FORM_BYTES_MAX },
    (request, body, done) => {
      if (request.url.startsWith("/v1/")) return done(new Refusal("unsupported_media_type"));
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
}
