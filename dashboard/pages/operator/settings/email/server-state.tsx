import { When } from "../../../../parts/when.tsx";
import { Icon } from "../../../../ui/icon.tsx";
import type { MailSettings } from "../../../../wire.ts";

/** Whether mails can leave, and what the server said last. */
export function ServerState({ server, kept }: { server: MailSettings["server"]; kept: number }) {
  const { is_configured: isConfigured, host, accepted_at: acceptedAt, failed_at: failedAt, failure } = server;
  const isFailing = failedAt !== null && (acceptedAt === null || failedAt > acceptedAt);
  const tone = !isConfigured || isFailing ? "bg-warn-tint" : "bg-ok-tint";
  return (
    <div role="note" className={`flex gap-3 rounded-surface px-4 py-3 ${tone}`}>
      <Icon name={isConfigured && !isFailing ? "check" : "alert"} className="mt-0.5 size-4 shrink-0" />
      <div className="grid gap-1">
        {!isConfigured && (
          <>
            <p className="font-medium">No mail server is set, so mails wait in the outbox.</p>
            <p>
              Everything still works: open a mail there and copy its text or its link. To send, start the
              server with <code className="font-mono text-sm">SMTP_URL</code>; what is younger than three days
              then goes out by itself.
            </p>
          </>
        )}
        {isConfigured && isFailing && (
          <>
            <p className="font-medium">{host} does not take mails.</p>
            <p>
              {failure} (<When at={failedAt} />) Nothing is lost: we try again every half minute.
            </p>
          </>
        )}
        {isConfigured && !isFailing && (
          <p>
            <span className="font-medium">Mails go out through {host}.</span>{" "}
            {acceptedAt === null ? (
              "None has yet."
            ) : (
              <>
                The last one <When at={acceptedAt} />.
              </>
            )}
          </p>
        )}
        {kept > 0 && (
          <p>
            {kept === 1 ? "One mail has" : `${kept.toLocaleString("en")} mails have`} waited for more than
            three days. Old news can do harm, so each is sent by hand from the outbox.
          </p>
        )}
      </div>
    </div>
  );
}
