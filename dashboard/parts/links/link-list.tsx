import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { linksQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Menu, menuItem } from "../../ui/menu.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import { useVoice } from "../../ui/toast.tsx";
import type { ShareableLink } from "../../wire.ts";
import { useScope } from "../scope.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { LinkQrDialog } from "./link-qr-dialog.tsx";
import { countsOf, LINK_STATES, linkName, shapeOf, shortUrl, termsOf } from "./link-words.ts";
import { RenewDialog } from "./renew-dialog.tsx";

type Open = { kind: "new" } | { kind: "edit" | "qr" | "renew"; link: ShareableLink };
const LINKS_MAX = 50;

/** Everything somebody can share, and what each link brought. */
export function LinkList({ participantId }: { participantId: string }) {
  const { api, participantId: own } = useScope();
  const isOwn = own !== null;
  const query = useQuery(linksQuery(api, participantId));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Loaded query={query} what="The links" skeleton={<Bones rows={3} className="h-24" />}>
        {({ data }) => (
          <>
            <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
              <p className="max-w-[52ch] text-ink-2">
                {isOwn
                  ? "One link for each place you share it, and you see which place brings people."
                  : "They make and change them by themselves; you may, too."}
              </p>
              <Button
                look={isOwn ? "primary" : "secondary"}
                icon="plus"
                disabled={data.length >= LINKS_MAX}
                onClick={() => setOpen({ kind: "new" })}
              >
                New link
              </Button>
            </div>
            <ul className="@container divide-y divide-line border-y border-line">
              {data.map((link) => (
                <LinkRow key={link.id} link={link} onOpen={setOpen} />
              ))}
            </ul>
            {isOwn && data.length === 1 && (
              <EmptyState title="One link for everything">
                Make another for a poster, a newsletter or a friend of friends: it can have its own address,
                its own date and its own numbers.
              </EmptyState>
            )}
          </>
        )}
      </Loaded>
      {open?.kind === "new" && <LinkDialog participantId={participantId} link={null} onClose={close} />}
      {open?.kind === "edit" && <LinkDialog participantId={participantId} link={open.link} onClose={close} />}
      {open?.kind === "renew" && <RenewDialog link={open.link} onClose={close} />}
      {open?.kind === "qr" && <LinkQrDialog link={open.link} onClose={close} />}
    </>
  );
}

type RowProps = { link: ShareableLink; onOpen: (open: Open) => void };

function LinkRow({ link, onOpen }: RowProps) {
  const { word, tone } = LINK_STATES[link.state];
  const terms = termsOf(link);
  const isOver = link.state === "expired" || link.state === "used_up";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 py-4 @3xl:grid-cols-[minmax(0,1fr)_auto_auto] @3xl:items-center">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-medium wrap-anywhere">{linkName(link)}</span>
          <StatusPill tone={tone}>{word}</StatusPill>
          {link.channel && <span className="text-sm text-ink-2">{link.channel}</span>}
        </p>
        <p className="mt-0.5 truncate font-mono text-sm text-ink-2">{shortUrl(link.url)}</p>
        {terms && <p className="mt-0.5 text-sm text-ink-2">{terms}</p>}
        {link.former_urls.length > 0 && link.slug !== null && link.state !== "disabled" && (
          <p className="mt-0.5 truncate text-sm text-ink-3">
            Also reached at {link.former_urls.map(shortUrl).join(", ")}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 @3xl:flex-col @3xl:items-end @3xl:gap-1">
        <Sparkline values={link.clicks_by_day} label={shapeOf(link)} />
        <p className="figures text-sm text-ink-2">{countsOf(link)}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {isOver ? (
          <Button icon="undo" onClick={() => onOpen({ kind: "renew", link })}>
            Renew
          </Button>
        ) : (
          <CopyButton text={link.url} done="Link copied" />
        )}
        {link.state !== "disabled" && (
          <>
            <Button onClick={() => onOpen({ kind: "qr", link })}>QR code</Button>
            <LinkMenu link={link} onOpen={onOpen} />
          </>
        )}
      </div>
    </li>
  );
}

function LinkMenu({ link, onOpen }: RowProps) {
  const act = useLinkAct(link);
  return (
    <Menu
      key={link.state}
      label={
        <>
          More<span className="sr-only"> about {linkName(link)}</span>
        </>
      }
    >
      <button type="button" className={menuItem} onClick={() => onOpen({ kind: "edit", link })}>
        Change
      </button>
      {link.state === "active" && (
        <button type="button" className={menuItem} onClick={() => act("pause", "The link rests")}>
          Pause
        </button>
      )}
      {link.state === "paused" && (
        <button type="button" className={menuItem} onClick={() => act("resume", "The link works again")}>
          Resume
        </button>
      )}
      {!link.is_default && <SwitchOff onConfirm={() => act("disable", "The link is switched off")} />}
    </Menu>
  );
}

/** For good, so it is asked once more where it stands. */
function SwitchOff({ onConfirm }: { onConfirm: () => void }) {
  const [isSure, setSure] = useState(false);
  return (
    <button
      type="button"
      className={`${menuItem} text-bad`}
      onClick={() => (isSure ? onConfirm() : setSure(true))}
    >
      {isSure ? "Yes, switch it off for good" : "Switch off…"}
    </button>
  );
}

function useLinkAct(link: ShareableLink): (step: "pause" | "resume" | "disable", done: string) => void {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  return async (step, done) => {
    try {
      await api.post(`/v1/links/${link.id}/${step}`);
      toast(done);
    } catch (error) {
      toast(error instanceof Error ? error.message : "That did not work.");
    }
    void client.invalidateQueries({ queryKey: ["links", programId] });
  };
}
