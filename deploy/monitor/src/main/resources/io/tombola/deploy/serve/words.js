/** Formats quantities and times like the report and the command line. */

export const whole = (value) => Math.round(value).toLocaleString("en-US");
export const percent = (value) => value.toFixed(2);
export const pm = (value) => (value === 100 ? "100" : value.toFixed(value < 10 ? 2 : 1));
export const count = (n, noun) => whole(n) + " " + noun + (n === 1 ? "" : "s");

const two = (n) => String(n).padStart(2, "0");

/** 45 s, 3 min 05 s, 2 h 10 min, 3 d 4 h. */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min " + two(s % 60) + " s";
  if (s < 86400) return Math.floor(s / 3600) + " h " + two(Math.floor((s % 3600) / 60)) + " min";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The local time, with the date unless it is today. */
export function localTime(instant, now = new Date()) {
  const at = new Date(instant);
  return (at.toDateString() === now.toDateString() ? "" : DAY.format(at) + " ") + TIME.format(at);
}

/** Quotes an argument for a shell where necessary. */
export const shellQuoted = (text) => (/^[\w./:@%+,=-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'");
