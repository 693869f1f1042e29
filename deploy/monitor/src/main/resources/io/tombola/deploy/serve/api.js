/** What the page asks of the server. Addresses are relative, so that a proxy may put the page anywhere. */

/** The server's own line about why it did not do what it was asked. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Below the address of a campaign, or of all of them. */
export const address = (campaign, what = "") =>
  "api/v1/campaigns/" + encodeURIComponent(campaign) + (what && "/" + what);

async function answer(response) {
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem.detail || "the server answered " + response.status + " " + response.statusText);
}

/** The JSON at an address. */
export const get = async (path) => answer(await fetch(path, { cache: "no-cache", headers: { accept: "application/json" } }));

/** Gives an order to a campaign: pause, resume or cancel; its status after that. */
export const order = async (campaign, what) =>
  answer(await fetch(address(campaign, what), { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }));
