/** Line drawings on a 16-unit grid, one path each. They stand beside a word, never instead of one. */
const PATHS = {
  home: "M2.5 7.5 8 3l5.5 4.5V13.5h-3.75V9.75h-3.5V13.5H2.5z",
  coins:
    "M2.5 4.5c0-1.1 1.9-2 4.25-2s4.25.9 4.25 2-1.9 2-4.25 2-4.25-.9-4.25-2Zm0 0v3.5c0 1.1 1.9 2 4.25 2m4.25-5.5v2m-6 4.75c0-1.1 1.9-2 4.25-2s4.25.9 4.25 2-1.9 2-4.25 2-4.25-.9-4.25-2Z",
  network:
    "M8 4.75V8m0 0H4v2.75M8 8h4v2.75M9.25 3.5a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0Zm-4 8.75a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0Zm8 0a1.25 1.25 0 1 1-2.5 0 1.25 1.25 0 0 1 2.5 0Z",
  people:
    "M10.5 13v-1c0-1.4-1.1-2.25-2.5-2.25H4.5C3.1 9.75 2 10.6 2 12v1m12 0v-1c0-1.2-.8-2-1.9-2.2M8.25 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0Zm2.25-1.9a2 2 0 0 1 0 3.8",
  plan: "M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3M6 8.5h4.5M6 11h3",
  settings:
    "M2.5 4.5h5m4 0h2m-2 0a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM2.5 11.5h2m4 0h5m-5 0a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z",
  key: "M7.2 8.8 13 3m-1.5 1.5L13 6m-3.5-.5L11 7M8 10.5a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0Z",
  bell: "M4 11V7.25a4 4 0 0 1 8 0V11l1 1.25H3zm2.5 1.25c0 .8.7 1.25 1.5 1.25s1.5-.45 1.5-1.25M8 3.25V2",
  copy: "M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z",
  share: "M8 9.5v-7m0 0L5.5 5M8 2.5 10.5 5M4.5 7.5h-1v6h9v-6h-1",
  download: "M8 2.5v7m0 0L5.5 7M8 9.5 10.5 7M3 12.5h10",
  check: "m3 8.5 3.25 3.25L13 5",
  cross: "m4 4 8 8m0-8-8 8",
  chevron: "m6 3.5 4.5 4.5L6 12.5",
  search: "M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm-1 3 3.5 3.5",
  pause: "M5.5 3.5v9m5-9v9",
  play: "M5 3v10l8-5z",
  user: "M13 13.5v-.75c0-1.5-1.25-2.5-2.75-2.5h-4.5C4.25 10.25 3 11.25 3 12.75v.75M10.5 5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  external: "M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M12.5 3.5 7.5 8.5",
  info: "M8 7.5v3.5M8 5v.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  alert: "M8 6.5v3m0 2v.2M8 2.5l6 10.5H2z",
  clock: "M8 4.75V8l2.25 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  undo: "M3 6.5h6.5a3.25 3.25 0 0 1 0 6.5H6M3 6.5l3-3m-3 3 3 3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "size-4" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
