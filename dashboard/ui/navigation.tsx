import { Link, useRoute } from "wouter";
import { Icon, type IconName } from "./icon.tsx";

export type Place = {
  href: string;
  word: string;
  icon: IconName;
  pattern?: string;
  /** How many things wait there for somebody. */
  count?: number;
};

/** The bar at the bottom of a phone: four places, each a thumb wide. */
export function BottomBar({ places, hiddenFrom = "md:hidden" }: { places: Place[]; hiddenFrom?: string }) {
  return (
    <nav
      aria-label="Main"
      className={`fixed inset-x-0 bottom-0 z-10 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] ${hiddenFrom}`}
    >
      {places.map((place) => (
        <BottomPlace key={place.href} place={place} />
      ))}
    </nav>
  );
}

const bottomItem =
  "flex min-h-14 flex-col items-center justify-center gap-0.5 text-xs font-medium text-ink-2 no-underline " +
  "aria-[current=page]:text-accent focus-visible:-outline-offset-2";

function BottomPlace({ place }: { place: Place }) {
  const isHere = useIsHere(place);
  return (
    <Link href={place.href} className={bottomItem} {...(isHere ? { "aria-current": "page" as const } : {})}>
      <Icon name={place.icon} className="size-5" />
      {place.word}
      {place.count ? <span className="sr-only">({place.count} to decide)</span> : null}
    </Link>
  );
}

/** The first stop of the Tab key: past the bars, to what the page is about. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only z-40 rounded-control bg-ink px-4 py-2.5 font-medium text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      Skip to the page
    </a>
  );
}

/** A place in a bar across the top. */
export function TopPlace({ place, isLow = false }: { place: Omit<Place, "icon">; isLow?: boolean }) {
  const isHere = useIsHere(place);
  return (
    <Link
      href={place.href}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      className={`inline-flex shrink-0 items-center border-b-2 border-transparent px-1 font-medium text-ink-2 no-underline hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink focus-visible:-outline-offset-2 ${isLow ? "min-h-11" : "min-h-14"}`}
    >
      {place.word}
    </Link>
  );
}

/** The pages of one part, side by side below its name. */
export function PlaceTabs({ label, places }: { label: string; places: readonly Omit<Place, "icon">[] }) {
  return (
    <nav aria-label={label} className="mb-6 flex gap-6 overflow-x-auto border-b border-line">
      {places.map((place) => (
        <TopPlace key={place.href} place={place} isLow />
      ))}
    </nav>
  );
}

/** A place in a bar along the side. */
export function SidePlace({ place }: { place: Place }) {
  const isHere = useIsHere(place);
  return (
    <Link
      href={place.href}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      className="flex min-h-9 items-center gap-2.5 rounded-control px-2.5 font-medium text-ink-2 no-underline hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
    >
      <Icon name={place.icon} />
      {place.word}
      {place.count ? (
        <span className="figures ml-auto rounded-chip bg-info-tint px-1.5 text-xs font-medium text-info">
          {place.count}
          <span className="sr-only"> to decide</span>
        </span>
      ) : null}
    </Link>
  );
}

function useIsHere({ href, pattern }: Omit<Place, "icon">): boolean {
  const [isHere] = useRoute(pattern ?? href);
  return isHere;
}
