/* global Colours, Figures */
import { get, Refusal } from "./api.js";
import { Campaign } from "./campaign.js";
import { Controls } from "./controls.js";
import { Devices } from "./devices.js";
import { byId, say, withCode } from "./elements.js";
import { Grid } from "./grid.js";
import { showList, way } from "./list.js";
import { Log } from "./log.js";
import { Plots } from "./plots.js";
import { showResults } from "./results.js";
import { showStatus } from "./status.js";
import { Stream } from "./stream.js";
import { moment, shellWord } from "./words.js";

const LOOK_MILLIS = 3000, PATIENCE_MILLIS = 6000, DRAW_MILLIS = 40;

const ENDS = new Set(["CampaignFinished", "CampaignCancelled"]);

const devices = new Devices(), grid = new Grid(), log = new Log(), plots = new Plots();
const controls = new Controls(obeyed);
const page = { store: null, campaign: null, stream: null, turn: 0, opening: false, broken: null, look: null };

// Drawing: once for many changes, since after a break thousands of events may come together.

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

function changed(...parts) {
  if (!changes.size) setTimeout(draw, DRAW_MILLIS);
  parts.forEach((part) => changes.add(part));
}

function draw() {
  const parts = [...changes];
  changes.clear();
  if (page.campaign) parts.forEach((part) => PARTS[part]());
}

// The connection.

function connected() {
  if (page.broken !== null) byId("trouble").hidden = true;
  page.broken = null;
  say(byId("connection"), "live");
  byId("connection").dataset.state = "live";
}

function broken() {
  page.broken ??= Date.now();
  say(byId("connection"), "reconnecting");
  byId("connection").dataset.state = "broken";
  if (Date.now() - page.broken >= PATIENCE_MILLIS) tellTrouble(away());
}

function away() {
  const port = location.port || 80, name = page.campaign ? shellWord(page.campaign.name) + " " : "";
  const since = "No answer from " + location.host + " since " + moment(page.broken), serve = "`tombola serve --port " + port + "`";
  if (page.campaign?.status.finished_at) return since + ", and the campaign has ended: this is all of it. " + serve + " serves the store.";
  return since + "; this is how things were then. The page goes on by itself: `tombola run " + name + "--serve=" + port +
    "` goes on with the campaign and serves it, " + serve + " serves it.";
}

function tellTrouble(text) {
  if (!byId("trouble").hidden && byId("trouble").textContent === text.replaceAll("`", "")) return;
  byId("trouble").replaceChildren(...withCode(text));
  byId("trouble").hidden = false;
}

/** A server that says no says why; one that says nothing is away. */
function fail(trouble) {
  if (trouble instanceof Refusal) tellTrouble(trouble.message);
  else if (trouble instanceof TypeError) broken();
  else throw trouble;
}

/** The list of campaigns, now and again; also how the page notices that a server is back. */
async function look() {
  clearTimeout(page.look);
  try {
    page.store = await get("api/v1/store");
    say(byId("store"), page.store.store);
    byId("way").hidden = page.store.campaigns.length < 2;
    if (page.stream) page.stream.hurry();
    else connected();
    if (!page.campaign && !page.opening) route();
  } catch (trouble) {
    fail(trouble);
  } finally {
    page.look = setTimeout(look, LOOK_MILLIS);
  }
}

// Campaigns.

function obeyed(name, status) {
  if (page.campaign && name === page.campaign.name) page.campaign.status = status;
  changed("status");
}

function heard(campaign) {
  return {
    open: connected,
    broken,
    reset: () => open(campaign.name),
    status(status) {
      campaign.status = status;
      changed("status", "rounds");
    },
    live(live) {
      campaign.live = live;
      changed("status");
    },
    event(line) {
      log.add(line);
      changed("rounds", ...(campaign.add(line) ? ["results"] : []));
      // The server of a run ends soon after it.
      if (ENDS.has(line.kind)) plots.refresh(true);
    },
  };
}

function leave() {
  page.stream?.close();
  page.stream = page.campaign = null;
}

/** Shows a campaign from the beginning. */
async function open(name) {
  const turn = ++page.turn;
  leave();
  page.opening = true;
  try {
    const campaign = await Campaign.load(name);
    if (turn !== page.turn) return;
    begin(campaign);
    await campaign.readHistory();
    if (turn === page.turn) changed("rounds");
  } catch (trouble) {
    if (turn !== page.turn) return;
    byId("campaign").hidden = !page.campaign;
    fail(trouble);
  } finally {
    if (turn === page.turn) page.opening = false;
  }
}

function begin(campaign) {
  page.campaign = campaign;
  byId("campaigns").hidden = byId("trouble").hidden = true;
  byId("campaign").hidden = false;
  grid.forget();
  log.show(campaign);
  plots.show(campaign);
  changed("status", "rounds", "results");
  draw();
  page.stream = new Stream(campaign.name, campaign.position, heard(campaign));
}

function list() {
  page.turn++;
  page.opening = false;
  leave();
  document.title = "Campaigns · Tombola";
  byId("campaign").hidden = true;
  byId("campaigns").hidden = false;
  showList(page.store);
}

/** What the address asks for; a store with one campaign shows it right away. */
function route() {
  if (!page.store) return;
  const { campaigns } = page.store, asked = /^#\/campaigns\/(.+)$/.exec(location.hash);
  if (asked) open(decodeURIComponent(asked[1]));
  else if (campaigns.length === 1) location.replace(way(campaigns[0].campaign));
  else list();
}

window.addEventListener("error", ({ message }) => tellTrouble("A fault of this page: " + message + "; load it again."));
window.addEventListener("unhandledrejection", ({ reason }) => tellTrouble("A fault of this page: " + reason + "; load it again."));
byId("scheme").value = Colours.chosen();
byId("scheme").addEventListener("change", (event) => {
  Colours.choose(event.target.value);
  Figures.redraw();
});
window.addEventListener("hashchange", route);
window.addEventListener("online", look);
document.querySelector(".skip").addEventListener("click", (event) => {
  // The hash says which campaign is shown.
  event.preventDefault();
  byId("content").focus();
});
look();
