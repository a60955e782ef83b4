import { failed } from "../error";
import { fixed } from "./function";

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const NANOSECONDS_OF_MILLISECOND = 1_000_000n;
const NANOSECONDS_OF: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** A moment, and the time on the clocks where it is told. */
interface Time {
  readonly nanoseconds: bigint;
  /** Minutes that the clocks are ahead of UTC. */
  readonly offset: number;
  readonly zone: string;
}

/** RFC 3339. */
function parseTime(text: string): Time {
  const [, date = "", clock = "", fraction = "", zone = ""] = TIMESTAMP.exec(text) ?? [];
  const local = Date.parse(`${date}T${clock}Z`);
  const [hours = 0, minutes = 0] = zone.slice(1).split(":").map(Number);
  const isReal = new Date(local || 0).toISOString().startsWith(`${date}T${clock}`);
  if (Number.isNaN(local) || !isReal || minutes > 59) {
    throw failed(`${JSON.stringify(text)} is no timestamp of RFC 3339`);
  }
  const offset = zone === "Z" ? 0 : (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
  const whole = BigInt(local - offset * 60_000) * NANOSECONDS_OF_MILLISECOND;
  return { nanoseconds: whole + BigInt(fraction.slice(1).padEnd(9, "0").slice(0, 9)), offset, zone };
}

/** The date that a `Date` of UTC shows as the clocks do. */
function onClocks({ nanoseconds, offset }: Time): Date {
  return new Date(Number(nanoseconds / NANOSECONDS_OF_MILLISECOND) + offset * 60_000);
}

function timeText(time: Time): string {
  return `${onClocks(time).toISOString().slice(0, 19)}${time.zone}`;
}

/** Such as `-1.5h30m`. */
function parseDuration(text: string): bigint {
  const [, sign = "", parts = ""] = /^([+-]?)((?:\d+\.?\d*(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (parts === "") throw failed(`${JSON.stringify(text)} is no duration`);
  const amounts = [...parts.matchAll(/(\d+)\.?(\d*)(ns|us|µs|ms|s|m|h)/g)].map(
    ([, whole = "0", fraction = "", unit = ""]) => {
      const size = NANOSECONDS_OF[unit] ?? 0n;
      return BigInt(whole) * size + (BigInt(fraction || "0") * size) / 10n ** BigInt(fraction.length);
    },
  );
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  return sign === "-" ? -sum : sum;
}

const pad = (value: number): string => String(value).padStart(2, "0");

function zoneText({ zone }: Time, form: string): string {
  const numbers = zone === "Z" ? "+00:00" : zone;
  if (form === "Z") return zone === "Z" || numbers === "+00:00" ? "Z" : numbers;
  if (form === "ZZZZZ") return numbers;
  if (form === "ZZZ" && numbers === "+00:00") return "UTC";
  if (form === "ZZZ" || form === "ZZZZ") return numbers.replace(":", "");
  throw failed(`formatdate knows no ${JSON.stringify(form)}`);
}

function part(form: string, time: Time): string {
  const date = onClocks(time);
  const month = MONTHS[date.getUTCMonth()] ?? "";
  const day = DAYS[date.getUTCDay()] ?? "";
  const hours = date.getUTCHours();
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(date.getUTCFullYear()).padStart(4, "0"),
    YY: pad(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: pad(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: pad(date.getUTCDate()),
    D: String(date.getUTCDate()),
    EEEE: day,
    EEE: day.slice(0, 3),
    hh: pad(hours),
    h: String(hours),
    HH: pad(hours % 12 || 12),
    H: String(hours % 12 || 12),
    AA: hours < 12 ? "AM" : "PM",
    aa: hours < 12 ? "am" : "pm",
    mm: pad(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: pad(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
  };
  if (form.startsWith("Z")) return zoneText(time, form);
  const found = parts[form];
  if (found === undefined) throw failed(`formatdate knows no ${JSON.stringify(form)}`);
  return found;
}

/** Runs of one letter stand for parts of the time, texts in apostrophes and all else for themselves. */
function formatDate(specification: string, time: Time): string {
  if (specification.split("'").length % 2 === 0) throw failed("formatdate has an open apostrophe");
  return specification.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (form, quoted: string | undefined) =>
    quoted === undefined ? part(form, time) : quoted === "" ? "'" : quoted.replaceAll("''", "'"),
  );
}

export const dateFunctions = {
  formatdate: fixed(2, (args) => formatDate(args.text(0), parseTime(args.text(1)))),
  timeadd: fixed(2, (args) => {
    const time = parseTime(args.text(0));
    return timeText({ ...time, nanoseconds: time.nanoseconds + parseDuration(args.text(1)) });
  }),
  timecmp: fixed(2, (args) => {
    const difference = parseTime(args.text(0)).nanoseconds - parseTime(args.text(1)).nanoseconds;
    return Number(difference > 0n) - Number(difference < 0n);
  }),
};
