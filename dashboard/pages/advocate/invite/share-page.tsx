import { useQuery } from "@tanstack/react-query";
import { useAdvocate } from "../../../parts/scope.tsx";
import { participantQuery, shareQuery } from "../../../queries.ts";
import { useTitle } from "../../../ui/page.tsx";
import { Bone, Loaded } from "../../../ui/states.tsx";
import type { Share } from "../../../wire.ts";
import { QrCode, ShareLink } from "../share.tsx";
import { ShareMessage } from "./share-message.tsx";

/** The link to pass on, a message around it, and what a friend sees of both. */
export function SharePage() {
  useTitle("Invite");
  const { api, participantId } = useAdvocate();
  const share = useQuery(shareQuery(api, participantId));
  const me = useQuery(participantQuery(api, participantId));
  return (
    <Loaded query={share} what="Your link" skeleton={<ShareBones />}>
      {(known) => (
        <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <div className="grid gap-10">
            <div>
              <ShareLink link={known.link} />
              <p className="mt-3 text-ink-2">Whoever joins with this link counts as your friend.</p>
            </div>
            <ShareMessage share={known} language={me.data?.language ?? "en"} />
          </div>
          <div className="grid gap-10">
            <CardPreview share={known} />
            <section aria-labelledby="qr" className="grid gap-3">
              <h2 id="qr" className="text-lg font-semibold">
                On paper, or from screen to phone
              </h2>
              <QrCode link={known.link} />
            </section>
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** As a message shows it under the link. */
function CardPreview({ share }: { share: Share }) {
  const { pathname } = new URL(share.card_url);
  return (
    <section aria-labelledby="preview" className="grid gap-3">
      <h2 id="preview" className="text-lg font-semibold">
        What your friend sees
      </h2>
      <figure className="overflow-hidden rounded-surface border border-line bg-surface">
        <img
          src={pathname}
          alt="The card that messages show under your link"
          width={1200}
          height={630}
          className="block h-auto w-full"
        />
        <figcaption className="truncate px-3 py-2 font-mono text-sm text-ink-2">{share.link.url}</figcaption>
      </figure>
    </section>
  );
}

function ShareBones() {
  return (
    <div className="grid gap-6">
      <Bone className="h-11 w-full rounded-control max-sm:h-[9.25rem]" />
      <Bone className="h-40 w-full rounded-surface" />
    </div>
  );
}
