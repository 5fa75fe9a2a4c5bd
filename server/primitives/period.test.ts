import { describe, expect, it } from "vitest";
import { monthPeriod } from "./period.ts";

const bounds = (month: string, timeZone: string) => {
  const period = monthPeriod(month, timeZone);
  return period && [period.from.toISOString(), period.to.toISOString()];
};

describe("a month in a time zone", () => {
  it("begins at local midnight of its first day and ends where the next begins", () => {
    expect(bounds("2026-03", "UTC")).toEqual(["2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"]);
    expect(bounds("2026-12", "Asia/Kolkata")).toEqual([
      "2026-11-30T18:30:00.000Z",
      "2026-12-31T18:30:00.000Z",
    ]);
  });

  it("is an hour shorter or longer where the clocks change within it", () => {
    expect(bounds("2026-03", "Europe/Berlin")).toEqual([
      "2026-02-28T23:00:00.000Z",
      "2026-03-31T22:00:00.000Z",
    ]);
    expect(bounds("2026-10", "Europe/Berlin")).toEqual([
      "2026-09-30T22:00:00.000Z",
      "2026-10-31T23:00:00.000Z",
    ]);
  });

  it("begins at the first moment of the day where the clocks skip midnight", () => {
    // Amman went to summer time on 1 April 2016 at midnight: the day began at 01:00.
    expect(bounds("2016-04", "Asia/Amman")?.[0]).toBe("2016-03-31T22:00:00.000Z");
  });

  it("follows the one before without gap or overlap, in every zone and year", () => {
    for (const zone of [
      "America/St_Johns",
      "Pacific/Apia",
      "Asia/Beirut",
      "America/Sao_Paulo",
      "Africa/Cairo",
    ]) {
      for (let year = 2008; year < 2030; year++) {
        let end = bounds(`${year}-01`, zone)?.[0];
        for (let month = 1; month <= 12; month++) {
          const text = `${year}-${String(month).padStart(2, "0")}`;
          const [from, to] = bounds(text, zone) ?? [];
          expect(from, `${zone} ${text}`).toBe(end);
          end = to;
        }
      }
    }
  });

  it("is refused when the text is none", () => {
    for (const text of ["2026-13", "2026-00", "2026-3", "0026-03", "", "2026-03-01"])
      expect(monthPeriod(text, "UTC")).toBeNull();
  });
});
