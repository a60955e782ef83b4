import { showCalls } from "./calls";
import { showDetail } from "./detail";
import { button, byId, el, show } from "./dom";
import { callState, describeCall, STATES } from "./format";
import { Picture } from "./picture";
import { Player } from "./player";
import { connect, loadSystem, selectCall, selectedCall, state, update, watch } from "./store";
import { Tester } from "./tester";
import { selectedHop, selectedHopIndex, showTrace } from "./trace";

/** How often the system is asked for anew while calls come in, in milliseconds. */
const SYSTEM_MS = 1_000;

const picture = new Picture(selectStation);
const player = new Player(picture, (id) => state.calls.get(id));
const tester = new Tester(byId("tester"));

/** The newest call that has been looked at. */
let newestSeen = 0;

function selectStation(stationId: string) {
  const call = selectedCall();
  const here = call?.hops.flatMap((hop, index) => (hop.station === stationId ? [index] : [])) ?? [];
  const refused = here.find((index) => index === call?.refusedAt);
  update({ stationId, hopIndex: refused ?? here[0], follow: false });
}

function followNewest() {
  const newest = [...state.calls.keys()].at(-1) ?? 0;
  const isFirst = newestSeen === 0;
  // Ids begin anew where another emulator answers.
  if (newest < newestSeen) newestSeen = 0;
  if (newest === newestSeen) return;
  if (player.playing !== undefined && state.follow) return;
  newestSeen = newest;
  if (isFirst) return selectFirst(newest);
  if (!state.follow) return;
  selectCall(newest, { hopIndex: undefined });
  void play(newest);
}

/** What is selected when the page opens: the cause of a failed deployment, else the latest call. */
function selectFirst(newest: number) {
  if (state.callId === undefined) selectCall(failedStep()?.id ?? newest);
}

/** The step of the deployment that was refused. */
function failedStep() {
  return [...state.calls.values()].reverse().find(({ request, refusedAt }) => !request && refusedAt !== undefined);
}

async function play(callId: number) {
  await player.play(callId);
  announce(callId);
  update({});
}

function announce(callId: number) {
  const call = state.calls.get(callId);
  if (!call) return;
  const { name, subject } = describeCall(call);
  const refused = call.hops[call.refusedAt ?? -1];
  byId("announcer").textContent =
    `Call ${call.id}, ${name} ${subject}: ${STATES[callState(call)].word}${refused ? ` at ${refused.name}` : ""}.`;
}

function showPicture() {
  if (!state.system) return;
  const wasDrawn = picture.draw(state.system, byId("picture").clientWidth);
  const call = selectedCall();
  picture.select(state.stationId ?? selectedHop()?.station);
  if (player.playing !== undefined && player.playing === call?.id && !wasDrawn) return;
  player.stop();
  if (call) picture.showHops(call);
  else picture.clear();
}

function showCaption() {
  const call = selectedCall();
  const refused = call?.hops[call.refusedAt ?? -1];
  const { name, subject } = call ? describeCall(call) : { name: "", subject: "" };
  byId("caption").textContent = call ? `${name} ${subject}${refused ? ` · refused at ${refused.name}` : ""}` : "";
  show(
    byId("picture-tools"),
    call && call.hops.length > 0 && button("replay", "Replay", { class: "toggle", click: () => void replay(call.id) }),
  );
}

async function replay(callId: number) {
  player.stop();
  await player.play(callId);
  update({});
}

function showHeader() {
  const { system, connected } = state;
  const deployment = system?.deployment;
  const chip = (text: string, kind = "") => el("li", { class: `chip ${kind}` }, text);
  show(
    byId("chips"),
    chip(location.host),
    system && chip(`${system.region} · ${system.accountId}`),
    deployment && chip(deployment.status, deployment.status),
    chip(connected ? "live" : "not connected", connected ? "live" : "failed"),
  );
  const cause = failedStep();
  show(
    byId("banner"),
    deployment?.address !== undefined &&
      el(
        "div",
        {},
        el("p", { title: deployment.reason }, el("b", {}, `${deployment.address} failed. `), deployment.reason ?? ""),
        cause && button("cause", "Show the cause", { click: () => selectCall(cause.id, { follow: false }) }),
      ),
  );
}

/** Titles name what is shown below them. */
function showTitles() {
  const call = selectedCall();
  byId("trace-title").textContent = call ? `Hops of call ${call.id}` : "Hops";
  const index = call && selectedHopIndex(call);
  byId("detail-title").textContent = index === undefined ? "Detail" : `Hop ${index + 1}`;
}

function keepSystemFresh() {
  let seen = "";
  setInterval(() => {
    const calls = [...state.calls.values()];
    const now = `${calls.at(-1)?.id} ${calls.at(-1)?.duration} ${state.connected}`;
    if (now === seen && state.system?.deployment.status !== "deploying") return;
    seen = now;
    void loadSystem();
  }, SYSTEM_MS);
}

for (const watcher of [
  followNewest,
  showHeader,
  showCalls,
  showPicture,
  showCaption,
  showTrace,
  showDetail,
  showTitles,
  () => tester.show(),
]) {
  watch(watcher);
}
new ResizeObserver(() => update({})).observe(byId("picture"));
void loadSystem();
keepSystemFresh();
connect();
