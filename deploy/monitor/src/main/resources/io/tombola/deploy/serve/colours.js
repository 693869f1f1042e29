"use strict";
/** The colour scheme that the user chose; applied before the first paint, so that the page does not flash. */
const Colours = (() => {
  const KEY = "tombola-colours";
  const MEDIA = { system: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
  const chosen = () => (Object.hasOwn(MEDIA, localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "system");
  const apply = () => { document.getElementById("dark").media = MEDIA[chosen()]; };

  function choose(scheme) {
    localStorage.setItem(KEY, scheme);
    apply();
  }

  apply();
  return { chosen, choose };
})();
