// What is wrong with the page for those who see, hear or move otherwise; a list of lines, empty if nothing is.
const troubles = [];
const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && e.getBoundingClientRect().width > 1;
const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
const what = (e) => e.tagName.toLowerCase() + (e.id && "#" + e.id) + " '" + e.textContent.trim().slice(0, 40) + "'";
const tell = (rule, e) => troubles.push(rule + ": " + what(e));

// Names: whatever can be reached with the keyboard says what it is.
const named = (ids) => ids && ids.split(" ").map((id) => document.getElementById(id)?.textContent.trim()).join("");
const nameOf = (e) => named(e.getAttribute("aria-labelledby")) || e.getAttribute("aria-label") ||
  [...(e.labels ?? [])].map((label) => label.textContent.trim()).join("") || e.textContent.trim();
all("a[href], button, input, select, summary, [tabindex], progress, figure .plot, dialog[open], [role=region], [role=log], [role=grid]")
  .filter((e) => e.id !== "content" && !nameOf(e)).forEach((e) => tell("no name", e));
all("section, article, aside, nav").filter((e) => !nameOf(e)).forEach((e) => tell("a landmark without a name", e));

// References lead somewhere, and ids are one element's.
document.querySelectorAll("[aria-labelledby], [aria-describedby]").forEach((e) =>
  ["aria-labelledby", "aria-describedby"].flatMap((key) => (e.getAttribute(key) ?? "").split(" ").filter(Boolean))
    .filter((id) => !document.getElementById(id)).forEach((id) => tell("a reference to nothing, " + id, e)));
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => tell("an id twice", document.getElementById(id)));

// Structure: one h1, no level passed over, landmarks, headers of tables, a table beside each plot.
const levels = all("h1, h2, h3, h4").map((e) => [Number(e.tagName[1]), e]);
if (levels.filter(([level]) => level === 1).length !== 1) troubles.push("expected one h1 that is seen");
levels.forEach(([level, e], i) => { if (i > 0 && level > levels[i - 1][0] + 1) tell("a level of headings is passed over", e); });
["main", "body > header", "footer"].filter((e) => !all(e).length).forEach((e) => troubles.push("no landmark " + e));
if (!document.documentElement.lang) troubles.push("no language");
all("th").filter((e) => !e.scope).forEach((e) => tell("a header of nothing", e));
all("th").filter((e) => !e.textContent.trim()).forEach((e) => tell("an empty header", e));
all(".plot").filter((e) => !e.closest("figure").querySelector("details table")).forEach((e) => tell("a plot without a table", e));
all("[role=grid]").filter((e) => e.querySelectorAll("td[tabindex='0']").length !== 1).forEach((e) => tell("a grid that cannot be entered once", e));

// Contrast of text, WCAG 2.2 AA, and size of targets (24 px, but for links in text).
const channels = (color) => color.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (e) => {
  for (let at = e; at; at = at.parentElement) {
    const back = channels(getComputedStyle(at).backgroundColor);
    if (back.length < 4 || back[3] === 1) return back;
  }
  return [255, 255, 255];
};
const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
all("body *").filter((e) => hasText(e) && !e.closest("noscript, .unseen, .skip, [aria-disabled=true]")).forEach((e) => {
  const style = getComputedStyle(e), [a, b] = [light(channels(style.color)), light(behind(e))].sort((x, y) => y - x);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (large ? 3 : 4.5)) tell("contrast " + ratio.toFixed(2), e);
});
all("button, select, input[type=checkbox]").forEach((e) => {
  const target = (e.closest("label") ?? e).getBoundingClientRect();
  if (target.height < 24 && e.tagName !== "INPUT" || target.width < 24) tell("a small target", e);
});
return troubles;
