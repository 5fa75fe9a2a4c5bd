import { useQuery } from "@tanstack/react-query";
import { useAdvocate } from "../../../parts/scope.tsx";
import { participantQuery } from "../../../queries.ts";
import { useTitle } from "../../../ui/page.tsx";
import { Bone, Loaded } from "../../../ui/states.tsx";
import { QrCode, ShareLink } from "../share.tsx";

/** The link to pass on, and its picture. */
export function SharePage() {
  useTitle("Invite");
  const { api, participantId } = useAdvocate();
  const participant = useQuery(participantQuery(api, participantId));
  return (
    <Loaded
      query={participant}
      what="Your link"
      skeleton={<Bone className="h-11 w-full rounded-control max-sm:h-[9.25rem]" />}
    >
      {({ link }) =>
        link ? (
          <div className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_auto]">
            <div>
              <ShareLink link={link} />
              <p className="mt-3 text-ink-2">Whoever joins with this link counts as your friend.</p>
            </div>
            <div className="hidden min-h-[12.5rem] w-40 md:block">
              <QrCode link={link} />
            </div>
          </div>
        ) : (
          <p>You have no link in this program any more.</p>
        )
      }
    </Loaded>
  );
}
