import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAdvocate } from "../../parts/scope.tsx";
import { qrQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyField, writeClipboard } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useVoice } from "../../ui/toast.tsx";

type LinkProps = { link: { id: string; url: string } };

/** The link, the two ways to pass it on, and its picture. */
export function ShareLink({ link }: LinkProps) {
  const [isShowingQr, setShowingQr] = useState(false);
  const share = useShare(link.url);
  return (
    <div>
      <CopyField label="Link" text={link.url} done="Link copied">
        <div className="grid grid-cols-2 gap-2 md:block">
          <Button icon="share" onClick={share} className="min-h-11 md:h-full">
            Share
          </Button>
          <Button onClick={() => setShowingQr(true)} className="min-h-11 md:hidden">
            Show QR code
          </Button>
        </div>
      </CopyField>
      {isShowingQr && (
        <Dialog title="Your QR code" onClose={() => setShowingQr(false)}>
          <QrCode link={link} isLarge />
        </Dialog>
      )}
    </div>
  );
}

/** Drawn dark on white in every theme: cameras expect it so. */
export function QrCode({ link, isLarge = false }: LinkProps & { isLarge?: boolean }) {
  const { api } = useAdvocate();
  const { data: picture } = useQuery(qrQuery(api, link.id));
  return (
    <figure className={isLarge ? "" : "w-40"}>
      <div
        className={`aspect-square rounded-control border border-line bg-white p-2 ${isLarge ? "mx-auto max-w-72" : ""}`}
      >
        {picture && <img src={picture} alt={`QR code of ${link.url}`} className="block size-full" />}
      </div>
      {picture && (
        <figcaption
          className={`mt-1 flex items-center gap-1 text-sm text-ink-2 ${isLarge ? "justify-center" : ""}`}
        >
          <Icon name="download" />
          <a href={picture} download="referral-link.svg" className={downloadLink}>
            <span className="sr-only">Download the QR code as </span>SVG
          </a>
          <button type="button" onClick={() => void downloadPng(picture)} className={downloadLink}>
            <span className="sr-only">Download the QR code as </span>PNG
          </button>
        </figcaption>
      )}
    </figure>
  );
}

const downloadLink =
  "inline-flex min-h-9 pointer-coarse:min-h-11 items-center px-1.5 font-medium hover:text-ink hover:underline";
const PNG_PIXELS = 1_024;

/** Large enough to print; drawn from the same picture, so that no request is needed. */
async function downloadPng(picture: string): Promise<void> {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = PNG_PIXELS;
  canvas.height = PNG_PIXELS;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.imageSmoothingEnabled = false;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, PNG_PIXELS, PNG_PIXELS);
  pen.drawImage(image, 0, 0, PNG_PIXELS, PNG_PIXELS);
  const anchor = document.createElement("a");
  anchor.href = canvas.toDataURL("image/png");
  anchor.download = "referral-link.png";
  anchor.click();
}

/** The system's own sheet; where there is none, the link goes to the clipboard. */
function useShare(url: string): () => Promise<void> {
  const { programName } = useAdvocate();
  const { toast } = useVoice();
  return async () => {
    if (url === "") return;
    if (!navigator.share) {
      toast((await writeClipboard(url)) ? "Link copied" : "Select the link and copy it by hand.");
      return;
    }
    try {
      await navigator.share({ title: programName, url });
    } catch {
      // Closing the sheet without sharing is no failure.
    }
  };
}
