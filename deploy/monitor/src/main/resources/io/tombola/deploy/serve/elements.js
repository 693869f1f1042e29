/** Creates elements without HTML strings: data from a store is always text, never markup. */

export const byId = (id) => document.getElementById(id);

/** An element with attributes (true sets one without a value, false omits it) and children (elements or text). */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== "" && child != null));
  return made;
}

/** Sets a text only if it differs, which keeps selections and does not trigger screen readers. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Splits text into strings and code elements for parts in backquotes. */
export const withCode = (text) => text.split("`").map((part, i) => (i % 2 ? element("code", {}, part) : part));

/** A table; columns: {text, number}, rows: arrays of text whose first cell is the row header. */
export function table(caption, columns, rows) {
  const cells = (row) => row.map((text, i) =>
    element(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: columns[i].number ? "number" : null }, text));
  return element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...columns.map(({ text, number }) => element("th", { scope: "col", class: number ? "number" : null }, text)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row)))));
}
