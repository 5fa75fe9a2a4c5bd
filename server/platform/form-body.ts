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
  // Some mailboxes send their one click in this form (RFC 8058). What it says is always the same.
  app.addContentTypeParser(
    "multipart/form-data",
    { parseAs: "string", bodyLimit: FORM_BYTES_MAX },
    (request, _body, done) => {
      if (!request.url.startsWith("/stop/")) return done(new Refusal("unsupported_media_type"));
      done(null, {});
    },
  );
}

/** Reads a mail as it is, where one may be handed over. */
export function acceptMails(app: FastifyInstance): void {
  app.addContentTypeParser("message/rfc822", { parseAs: "string" }, (request, body, done) => {
    if (!request.url.startsWith("/v1/mail_reports/raw")) return done(new Refusal("unsupported_media_type"));
    done(null, body);
  });
}
