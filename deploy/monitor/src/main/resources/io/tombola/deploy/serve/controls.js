import { order } from "./api.js";
import { byId, element, say } from "./elements.js";

/** What can be ordered in a state; the first is the one that is meant most often. */
const ORDERS = { running: ["pause", "cancel"], paused: ["resume", "cancel"], interrupted: ["cancel"], cancelled: ["resume"] };
const WORDS = { pause: ["Pause", "Pausing"], resume: ["Resume", "Resuming"], cancel: ["Cancel…", "Cancelling"] };

/** The buttons of a campaign; each is there only where its order makes sense. */
export class Controls {
  #name; #shown = ""; #busy = null; #obeyed;

  /** obeyed(status) hears how the campaign is after an order. */
  constructor(obeyed) {
    this.#obeyed = obeyed;
    byId("cancel").addEventListener("close", () => {
      if (byId("cancel").returnValue === "cancel") this.#give("cancel");
    });
  }

  show({ name, status }, allowed) {
    this.#name = name;
    const orders = (allowed && ORDERS[status.state]) || [];
    const shown = JSON.stringify([name, orders, this.#busy]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const place = byId("controls"), inside = place.contains(document.activeElement);
    place.replaceChildren(...orders.map((what) => this.#button(what)));
    // Whoever just pressed a button that is gone should not have to start from the top of the page.
    if (inside) (place.querySelector("button:not([disabled])") ?? byId("content")).focus();
  }

  #button(what) {
    const [word, doing] = WORDS[what], busy = this.#busy === what;
    return element("button", { type: "button", "data-order": what, "aria-disabled": this.#busy ? "true" : null,
      class: what === "cancel" ? "quiet" : null, onclick: () => this.#ask(what) }, busy ? doing + "…" : word);
  }

  #ask(what) {
    if (this.#busy) return;
    if (what !== "cancel") return this.#give(what);
    byId("cancel").returnValue = "keep";
    byId("cancel").showModal();
  }

  async #give(what) {
    this.#busy = what;
    byId("refused").hidden = true;
    const name = this.#name;
    this.#obeyed();
    try {
      this.#obeyed(name, await order(name, what));
    } catch (refusal) {
      say(byId("refused"), refusal instanceof TypeError ? "The order did not reach the server; try again when it answers." : refusal.message);
      byId("refused").hidden = false;
    } finally {
      this.#busy = null;
      this.#obeyed();
    }
  }
}
