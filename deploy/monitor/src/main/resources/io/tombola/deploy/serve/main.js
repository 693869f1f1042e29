/* global Colours, Figures */
import { get, ApiError } from "./api.js";
import { Campaign } from "./campaign.js";
import { Controls } from "./controls.js";
import { Devices } from "./devices.js";
import { byId, setText, withCode } from "./elements.js";
import { Grid } from "./grid.js";
import { linkTo, showList } from "./list.js";
import { Log } from "./log.js";
import { Plots } from "./plots.js";
import { showResults } from "./results.js";
import { showStatus } from "./status.js";
import { Stream } from "./stream.js";
import { localTime, shellQuoted } from "./words.js";

const POLL_INTERVAL_MILLIS = 3000, OUTAGE_NOTICE_MILLIS = 6000, DRAW_DELAY_MILLIS = 40;

const FINAL_EVENTS = new Set(["CampaignFinished", "CampaignCancelled"]);

const devices = new Devices(), grid = new Grid(), log = new Log(), plots = new Plots();
const controls = new Controls(updateStatus);
const page = { store: null, campaign: null, stream: null, turn: 0, opening: false, brokenSince: null, timer: null };

// Drawing is batched: after a reconnect thousands of events may arrive together.

const PARTS = {
  status() {
    const { campaign, store } = page;
    showStatus(campaign, store.store);
    devices.show(campaign);
    controls.show(campaign, store.control);
    document.title = Math.floor(100 * campaign.fraction) + " % " + campaign.name + " · Tombola";
  },
  rounds: () => grid.show(page.campaign),
  results() {
    showResults(page.campaign);
    plots.draw();
    plots.refresh();
  },
};
const changes = new Set();

function scheduleDraw(...parts) {
  if (!changes.size) setTimeout(draw, DRAW_DELAY_MILLIS);
  parts.forEach((part) => changes.add(part));
}

function draw() {
  const parts = [...changes];
  changes.clear();
  if (page.campaign) parts.forEach((part) => PARTS[part]());
}

// Connection.

function connected() {
  if (page.brokenSince !== null) byId("problem").hidden = true;
  page.brokenSince = null;
  setText(byId("connection"), "live");
  byId("connection").dataset.state = "live";
}

function broken() {
  page.brokenSince ??= Date.now();
  setText(byId("connection"), "reconnecting");
  byId("connection").dataset.state = "broken";
  if (Date.now() - page.brokenSince >= OUTAGE_NOTICE_MILLIS) showProblem(outageText());
}

function outageText() {
  const port = location.port || 80, name = page.campaign ? shellQuoted(page.campaign.name) + " " : "";
  const since = "No response from " + location.host + " since " + localTime(page.brokenSince), serve = "`tombola serve --port " + port + "`";
  if (page.campaign?.status.finished_at) return since + ". The campaign has ended, and this page is complete. " + serve + " serves the store again.";
  return since + "; the page shows the last known state and reconnects automatically. `tombola run " + name + "--serve=" + port +
    "` resumes and serves the campaign, " + serve + " only serves it.";
}

function showProblem(text) {
  if (!byId("problem").hidden && byId("problem").textContent === text.replaceAll("`", "")) return;
  byId("problem").replaceChildren(...withCode(text));
  byId("problem").hidden = false;
}

/** Shows the detail of an error response; treats a network error as a broken connection. */
function fail(error) {
  if (error instanceof ApiError) showProblem(error.message);
  else if (error instanceof TypeError) broken();
  else throw error;
}

/** Polls the list of campaigns, which also detects that the server is back. */
async function poll() {
  clearTimeout(page.timer);
  try {
    page.store = await get("api/v1/store");
    setText(byId("store"), page.store.store);
    byId("all-campaigns").hidden = page.store.campaigns.length < 2;
    if (page.stream) page.stream.reconnectNow();
    else connected();
    if (!page.campaign && !page.opening) route();
  } catch (error) {
    fail(error);
  } finally {
    page.timer = setTimeout(poll, POLL_INTERVAL_MILLIS);
  }
}

// Campaigns.

function updateStatus(name, status) {
  if (page.campaign && name === page.campaign.name) page.campaign.status = status;
  scheduleDraw("status");
}

function handlersOf(campaign) {
  return {
    open: connected,
    broken,
    reset: () => open(campaign.name),
    status(status) {
      campaign.status = status;
      scheduleDraw("status", "rounds");
    },
    live(live) {
      campaign.live = live;
      scheduleDraw("status");
    },
    event(line) {
      log.add(line);
      scheduleDraw("rounds", ...(campaign.add(line) ? ["results"] : []));
      // The server of a run stops soon after the run.
      if (FINAL_EVENTS.has(line.kind)) plots.refresh(true);
    },
  };
}

function closeCampaign() {
  page.stream?.close();
  page.stream = page.campaign = null;
}

/** Loads and shows a campaign. */
async function open(name) {
  const turn = ++page.turn;
  closeCampaign();
  page.opening = true;
  try {
    const campaign = await Campaign.load(name);
    if (turn !== page.turn) return;
    showCampaign(campaign);
    await campaign.readHistory();
    if (turn === page.turn) scheduleDraw("rounds");
  } catch (error) {
    if (turn !== page.turn) return;
    byId("campaign").hidden = !page.campaign;
    fail(error);
  } finally {
    if (turn === page.turn) page.opening = false;
  }
}

function showCampaign(campaign) {
  page.campaign = campaign;
  byId("campaigns").hidden = byId("problem").hidden = true;
  byId("campaign").hidden = false;
  grid.reset();
  log.show(campaign);
  plots.show(campaign);
  scheduleDraw("status", "rounds", "results");
  draw();
  page.stream = new Stream(campaign.name, campaign.position, handlersOf(campaign));
}

function showCampaigns() {
  page.turn++;
  page.opening = false;
  closeCampaign();
  document.title = "Campaigns · Tombola";
  byId("campaign").hidden = true;
  byId("campaigns").hidden = false;
  showList(page.store);
}

/** Shows what the URL's hash names; if the store has one campaign, that one. */
function route() {
  if (!page.store) return;
  const { campaigns } = page.store, match = /^#\/campaigns\/(.+)$/.exec(location.hash);
  if (match) open(decodeURIComponent(match[1]));
  else if (campaigns.length === 1) location.replace(linkTo(campaigns[0].campaign));
  else showCampaigns();
}

window.addEventListener("error", ({ message }) => showProblem("Error in this page: " + message + "; reload it."));
window.addEventListener("unhandledrejection", ({ reason }) => showProblem("Error in this page: " + reason + "; reload it."));
byId("scheme").value = Colours.chosen();
byId("scheme").addEventListener("change", (event) => {
  Colours.choose(event.target.value);
  Figures.redraw();
});
window.addEventListener("hashchange", route);
window.addEventListener("online", poll);
document.querySelector(".skip").addEventListener("click", (event) => {
  // The hash names the campaign, so the link must not change it.
  event.preventDefault();
  byId("content").focus();
});
poll();
