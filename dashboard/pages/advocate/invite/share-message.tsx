import { useState } from "react";
import { useAdvocate } from "../../../parts/scope.tsx";
import { type Channel, channelAddress, channelWord, takesLinkOnly } from "../../../parts/share-channels.ts";
import { Button, ButtonLink } from "../../../ui/button.tsx";
import { writeClipboard } from "../../../ui/copy.tsx";
import { Prose } from "../../../ui/field.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import type { Share } from "../../../wire.ts";

const LANGUAGES: Record<string, string> = { en: "English", hi: "हिन्दी" };
const MESSAGE_CHARS_MAX = 500;

/** A message to begin with, one's own words in it, and the apps that take it from here. */
export function ShareMessage({ share, language }: { share: Share; language: string }) {
  const [chosen, setChosen] = useState(language);
  const [written, setWritten] = useState<Record<string, string>>({});
  const known = share.texts.find((text) => text.language === chosen) ?? share.texts[0];
  if (!known) return null;
  const text = written[known.language] ?? known.text;
  return (
    <section aria-label="Your message" className="grid gap-4">
      <div className="relative">
        <Prose
          label="Your message"
          rows={3}
          maxLength={MESSAGE_CHARS_MAX}
          lang={known.language}
          value={text}
          onText={(words) => setWritten({ ...written, [known.language]: words })}
          hint={
            <>
              Your link follows, and <q lang={known.language}>{known.disclosure}</q>
            </>
          }
        />
        {share.texts.length > 1 && (
          <fieldset aria-label="Language" className="absolute -top-1.5 right-0 flex pointer-coarse:-top-3">
            {share.texts.map(({ language: value }) => (
              <Button
                key={value}
                look="quiet"
                aria-pressed={value === known.language}
                onClick={() => setChosen(value)}
                className="px-2 text-sm aria-pressed:text-ink aria-pressed:underline"
              >
                <span lang={value}>{LANGUAGES[value] ?? value}</span>
              </Button>
            ))}
          </fieldset>
        )}
      </div>
      <Channels share={share} subject={known.subject} text={`${text.trim()} ${known.disclosure}`.trim()} />
    </section>
  );
}

type Words = { subject: string; text: string };

function Channels({ share, subject, text }: { share: Share } & Words) {
  const tell = useTold();
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-4" aria-label="Share over">
      {share.channels.map(({ channel, url }) => {
        const address = channelAddress(channel, { url, subject, text });
        if (address === null) return null;
        return (
          <li key={channel}>
            <ButtonLink
              href={address}
              isOutside
              onClick={() => tell(channel, takesLinkOnly(channel) ? `${text} ${url}` : null)}
              className="min-h-11 w-full"
            >
              {channelWord(channel)}
            </ButtonLink>
          </li>
        );
      })}
      <NativeShare share={share} subject={subject} text={text} />
    </ul>
  );
}

/** The system's own sheet, where there is one. */
function NativeShare({ share, subject, text }: { share: Share } & Words) {
  const tell = useTold();
  const url = share.channels.find(({ channel }) => channel === "native")?.url;
  if (!("share" in navigator) || !url) return null;
  const open = async () => {
    try {
      await navigator.share({ title: subject, text, url });
      tell("native", null);
    } catch {
      // Closing the sheet without sharing is no failure.
    }
  };
  return (
    <li>
      <Button icon="share" onClick={() => void open()} className="min-h-11 w-full">
        Other apps
      </Button>
    </li>
  );
}

/** Tells the program which way was taken. Sharing goes on whether or not that can be heard. */
function useTold(): (channel: Channel, copied: string | null) => void {
  const { api, participantId } = useAdvocate();
  const { toast } = useVoice();
  return (channel, copied) => {
    api.post(`/v1/participants/${participantId}/shares`, { body: { channel } }).catch(() => {});
    if (copied === null) return;
    void writeClipboard(copied).then((isCopied) => {
      if (isCopied)
        toast(`Your message is copied: ${channelWord(channel)} takes the link only, so paste it there.`);
    });
  };
}
