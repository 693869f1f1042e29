import { sendCommand } from "./api.js";
import { byId, element, setText } from "./elements.js";

/** The commands that each state allows; the most frequent one first. */
const COMMANDS = { running: ["pause", "cancel"], paused: ["resume", "cancel"], interrupted: ["cancel"], cancelled: ["resume"] };
const LABELS = { pause: ["Pause", "Pausing"], resume: ["Resume", "Resuming"], cancel: ["Cancel…", "Cancelling"] };

/** The command buttons of a campaign, limited to the commands that its state allows. */
export class Controls {
  #name; #shown = ""; #busy = null; #onStatus;

  /** onStatus(name, status) receives the status after a command. */
  constructor(onStatus) {
    this.#onStatus = onStatus;
    byId("cancel").addEventListener("close", () => {
      if (byId("cancel").returnValue === "cancel") this.#send("cancel");
      // The button that opened the dialog may have been replaced since.
      else this.#focus("cancel");
    });
  }

  show({ name, status }, allowed) {
    this.#name = name;
    const commands = (allowed && COMMANDS[status.state]) || [];
    const shown = JSON.stringify([name, commands, this.#busy]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const place = byId("controls"), focused = document.activeElement;
    const inside = place.contains(focused);
    place.replaceChildren(...commands.map((command) => this.#button(command)));
    if (inside) this.#focus(focused.dataset.command);
  }

  /** Keeps keyboard focus on a command's button, or near it if it has disappeared. */
  #focus(command) {
    const buttons = [...byId("controls").children];
    (buttons.find((button) => button.dataset.command === command) ?? buttons[0] ?? byId("content")).focus();
  }

  #button(command) {
    const [label, active] = LABELS[command], busy = this.#busy === command;
    return element("button", { type: "button", "data-command": command, "aria-disabled": this.#busy ? "true" : null,
      class: command === "cancel" ? "quiet" : null, onclick: () => this.#confirm(command) }, busy ? active + "…" : label);
  }

  #confirm(command) {
    if (this.#busy) return;
    if (command !== "cancel") return this.#send(command);
    byId("cancel").returnValue = "keep";
    byId("cancel").showModal();
  }

  async #send(command) {
    this.#busy = command;
    byId("command-error").hidden = true;
    const name = this.#name;
    this.#onStatus();
    try {
      this.#onStatus(name, await sendCommand(name, command));
    } catch (error) {
      setText(byId("command-error"), error instanceof TypeError ? "The command did not reach the server; try again when the connection is back." : error.message);
      byId("command-error").hidden = false;
    } finally {
      this.#busy = null;
      this.#onStatus();
    }
  }
}
