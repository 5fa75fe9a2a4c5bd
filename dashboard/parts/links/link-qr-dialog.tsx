import { useQuery } from "@tanstack/react-query";
import { qrQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { ShareableLink } from "../../wire.ts";
import { useScope } from "../scope.tsx";
import { linkName, shortUrl } from "./link-words.ts";
import { useDownload } from "./use-download.ts";

/** Large enough to print. */
const PNG_PIXELS = 1_024;
const PAPERS = [
  { paper: "a4", word: "A4" },
  { paper: "letter", word: "Letter" },
];

/** As large as the screen allows, for whoever holds a camera in front of it. */
export function LinkQrDialog({ link, onClose }: { link: ShareableLink; onClose: () => void }) {
  const { api } = useScope();
  const { isBusy, download } = useDownload();
  const code = `/v1/links/${link.id}/qr`;
  const name = `link-${link.code}`;
  const { data: picture } = useQuery(qrQuery(api, link.id));
  return (
    <Dialog title={linkName(link)} onClose={onClose}>
      <figure>
        <div className="mx-auto aspect-square max-w-[min(100%,60dvh)] overflow-hidden rounded-control border border-line bg-white">
          {picture && <img src={picture} alt={`QR code of ${link.url}`} className="block size-full" />}
        </div>
        <figcaption className="mt-3 text-center">
          <span className="font-mono text-sm wrap-anywhere">{shortUrl(link.url)}</span>
          <span className="mt-1 block text-sm text-ink-2">
            Turn the brightness up if a camera does not see it.
          </span>
        </figcaption>
      </figure>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button
          icon="download"
          busy={isBusy}
          onClick={() => download(code, { format: "svg" }, `${name}.svg`)}
        >
          SVG
        </Button>
        <Button
          icon="download"
          busy={isBusy}
          onClick={() => download(code, { format: "png", size: PNG_PIXELS }, `${name}.png`)}
        >
          PNG
        </Button>
        {PAPERS.map(({ paper, word }) => (
          <Button
            key={paper}
            busy={isBusy}
            onClick={() =>
              download("/v1/links/qr-sheet", { link_id: link.id, paper }, `${name}-${paper}.pdf`)
            }
          >
            Print sheet, {word}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
