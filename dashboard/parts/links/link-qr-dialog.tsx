import { useQuery } from "@tanstack/react-query";
import { qrQuery } from "../../queries.ts";
import { Dialog } from "../../ui/dialog.tsx";
import type { ShareableLink } from "../../wire.ts";
import { useScope } from "../scope.tsx";
import { linkName, shortUrl } from "./link-words.ts";

/** As large as the screen allows, for whoever holds a camera in front of it. */
export function LinkQrDialog({ link, onClose }: { link: ShareableLink; onClose: () => void }) {
  const { api } = useScope();
  const { data: picture } = useQuery(qrQuery(api, link.id));
  return (
    <Dialog title={linkName(link)} onClose={onClose}>
      <figure>
        <div className="mx-auto aspect-square max-w-[min(100%,60dvh)] rounded-control border border-line bg-white p-3">
          {picture && <img src={picture} alt={`QR code of ${link.url}`} className="block size-full" />}
        </div>
        <figcaption className="mt-3 text-center">
          <span className="font-mono text-sm wrap-anywhere">{shortUrl(link.url)}</span>
          <span className="mt-1 block text-sm text-ink-2">
            Turn the brightness up if a camera does not see it.
          </span>
        </figcaption>
      </figure>
    </Dialog>
  );
}
