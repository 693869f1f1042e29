/** The HTTP API. URLs are relative, so that a proxy may serve the page under any path. */

/** An error response; the message is the server's detail line. */
export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** The URL of a campaign or of one of its resources. */
export const urlOf = (campaign, resource = "") =>
  "api/v1/campaigns/" + encodeURIComponent(campaign) + (resource && "/" + resource);

async function bodyOf(response) {
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail || "the server responded with " + response.status + " " + response.statusText);
}

/** Fetches JSON. */
export const get = async (url) => bodyOf(await fetch(url, { cache: "no-cache", headers: { accept: "application/json" } }));

/** Sends a control command (pause, resume or cancel); returns the campaign's status after it. */
export const sendCommand = async (campaign, command) =>
  bodyOf(await fetch(urlOf(campaign, command), { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }));
