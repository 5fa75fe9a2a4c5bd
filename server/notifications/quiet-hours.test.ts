import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDigest } from "./digest.ts";
import { afterQuietHours, isQuiet, isQuietHours } from "./quiet-hours.ts";

const NIGHT = { from: "22:00", to: "07:00" };
const at = (text: string) => new Date(text);

describe("quiet hours", () => {
  it("leave alone what falls outside them, and defer the rest to their end", () => {
    expect(afterQuietHours(at("2026-06-01T12:00:00Z"), NIGHT, "UTC")).toEqual(at("2026-06-01T12:00:00Z"));
    expect(afterQuietHours(at("2026-06-01T23:30:00Z"), NIGHT, "UTC")).toEqual(at("2026-06-02T07:00:00Z"));
    expect(afterQuietHours(at("2026-06-02T06:59:59Z"), NIGHT, "UTC")).toEqual(at("2026-06-02T07:00:00Z"));
    expect(afterQuietHours(at("2026-06-02T07:00:00Z"), NIGHT, "UTC")).toEqual(at("2026-06-02T07:00:00Z"));
    expect(afterQuietHours(at("2026-06-02T03:00:00Z"), null, "UTC")).toEqual(at("2026-06-02T03:00:00Z"));
  });

  it("are those of the clocks where somebody lives", () => {
    const evening = at("2026-06-01T17:00:00Z");
    expect(afterQuietHours(evening, NIGHT, "Asia/Kolkata")).toEqual(at("2026-06-02T01:30:00Z"));
    expect(afterQuietHours(evening, NIGHT, "America/New_York")).toEqual(evening);
  });

  it("end an hour earlier or later by UTC in the night the clocks change", () => {
    const berlin = "Europe/Berlin";
    expect(afterQuietHours(at("2026-03-28T23:00:00Z"), NIGHT, berlin)).toEqual(at("2026-03-29T05:00:00Z"));
    expect(afterQuietHours(at("2026-10-24T23:00:00Z"), NIGHT, berlin)).toEqual(at("2026-10-25T06:00:00Z"));
  });

  it("end once more where the clocks go back over their end", () => {
    const early = { from: "22:00", to: "02:30" };
    const secondPass = at("2026-10-25T01:10:00Z");
    expect(afterQuietHours(secondPass, early, "Europe/Berlin")).toEqual(at("2026-10-25T01:30:00Z"));
  });

  it("end later where the clocks skip their end", () => {
    const early = { from: "22:00", to: "02:30" };
    const end = afterQuietHours(at("2026-03-29T00:30:00Z"), early, "Europe/Berlin");
    expect(end).toEqual(at("2026-03-29T01:30:00Z"));
  });

  it("have two ends that differ", () => {
    const sound = [NIGHT, { from: "00:00", to: "23:59" }];
    const broken = [
      { from: "22:00", to: "22:00" },
      { from: "24:00", to: "07:00" },
      { from: "7:00", to: "08:00" },
    ];
    expect([...sound, ...broken].map(isQuietHours)).toEqual([true, true, false, false, false]);
  });

  it("are over at the first minute that is not quiet, in every zone and night", () => {
    const minutes = fc.integer({ min: 0, max: 1439 }).map(clock);
    fc.assert(
      fc.property(moments(), minutes, minutes, zones, (from, start, end, zone) => {
        fc.pre(start !== end);
        const quiet = { from: start, to: end };
        const found = afterQuietHours(from, quiet, zone);
        const expected = firstLoudMinute(from, quiet, zone);
        expect(clockIn(found, zone) >= "00:00" && !isQuiet(found, quiet, zone)).toBe(true);
        // An hour that the clocks skip is given to the night.
        const late = (found.getTime() - expected.getTime()) / 60_000;
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(changesClocks(expected, zone) ? 60 : 0);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("a digest", () => {
  it("comes the next morning, or on Monday morning, where somebody lives", () => {
    const monday = at("2026-06-01T09:00:00Z");
    expect(nextDigest(monday, "daily", "UTC")).toEqual(at("2026-06-02T08:00:00Z"));
    expect(nextDigest(monday, "weekly", "UTC")).toEqual(at("2026-06-08T08:00:00Z"));
    expect(nextDigest(at("2026-06-01T07:59:59Z"), "weekly", "UTC")).toEqual(at("2026-06-01T08:00:00Z"));
    expect(nextDigest(at("2026-06-01T01:00:00Z"), "daily", "Asia/Kolkata")).toEqual(
      at("2026-06-01T02:30:00Z"),
    );
  });

  it("shows eight o'clock on the wall, is the first that does, and lies ahead", () => {
    fc.assert(
      fc.property(
        moments(),
        zones,
        fc.constantFrom("daily" as const, "weekly" as const),
        (from, zone, pace) => {
          const next = nextDigest(from, pace, zone);
          expect(next.getTime()).toBeGreaterThan(from.getTime());
          expect(clockIn(next, zone)).toBe("08:00");
          const days = (next.getTime() - from.getTime()) / 86_400_000;
          expect(days).toBeLessThanOrEqual((pace === "daily" ? 1 : 7) + 1 / 24);
          if (pace === "weekly") expect(weekdayIn(next, zone)).toBe("Mon");
        },
      ),
      { numRuns: 300 },
    );
  });
});

const zones = fc.constantFrom(
  ...["UTC", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"],
);

/** Half of them within two days of a night in which clocks change somewhere. */
function moments(): fc.Arbitrary<Date> {
  const changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"];
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -2880, max: 2880 }))
    .map(([day, minutes]) => new Date(Date.parse(`${day}T02:00:00Z`) + minutes * 60_000));
  const any = fc
    .integer({ min: 0, max: 525_600 })
    .map((minutes) => new Date(Date.parse("2026-01-01T00:00:00Z") + minutes * 60_000));
  return fc.oneof(near, any);
}

/** Independent of the code: minute by minute, with another formatter. */
function firstLoudMinute(from: Date, quiet: { from: string; to: string }, zone: string): Date {
  for (let minute = 0; ; minute++) {
    const moment = new Date(from.getTime() + minute * 60_000);
    const now = clockIn(moment, zone);
    const isLoud =
      quiet.from < quiet.to ? now < quiet.from || now >= quiet.to : now < quiet.from && now >= quiet.to;
    if (isLoud) return moment;
  }
}

function changesClocks(near: Date, zone: string): boolean {
  const hours = [-2, 2].map((by) => new Date(near.getTime() + by * 3_600_000));
  const offsets = hours.map((moment) => Date.parse(`${wallIn(moment, zone)}Z`) - moment.getTime());
  return offsets[0] !== offsets[1];
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const wallIn = (moment: Date, zone: string): string => {
  const known = formatters.get(zone);
  const format =
    known ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formatters.set(zone, format);
  return format.format(moment).replace(" ", "T");
};
const clockIn = (moment: Date, zone: string): string => wallIn(moment, zone).slice(11, 16);
const weekdayIn = (moment: Date, zone: string): string =>
  new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short" }).format(moment);
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
