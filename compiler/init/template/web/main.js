import { connect, Player } from "./sdk/game/bundle.js";

const board = document.getElementById("board");
const count = document.getElementById("count");

// The secret makes this window the same player after a reload.
const secret = (sessionStorage["secret"] ??= crypto.randomUUID());
const name = (sessionStorage["name"] ??= `player ${Math.floor(Math.random() * 1000)}`);
let me;

const client = connect(`ws://${location.host}/hetu/game`, {
  // Runs after each connect, also after a reconnect, before anything else is sent.
  async bootstrap(client) {
    me = await client.calls.login(secret, name);
  },
});

const labels = new Map();
const players = client.query(Player).range("x", 0, 100, { limit: 500 });
players.onInsert(show);
players.onUpdate(show);
players.onDelete((player) => {
  labels.get(player.owner)?.remove();
  labels.delete(player.owner);
  countPlayers();
});

board.addEventListener("click", ({ clientX, clientY }) => {
  const { left, top, width, height } = board.getBoundingClientRect();
  client.calls.moveTo(percent(clientX - left, width), percent(clientY - top, height)).catch(console.warn);
});

function show(player) {
  let label = labels.get(player.owner);
  if (label === undefined) {
    label = board.appendChild(document.createElement("span"));
    labels.set(player.owner, label);
  }
  label.textContent = player.name;
  label.classList.toggle("me", player.owner === me);
  label.style.left = `${player.x}%`;
  label.style.top = `${player.y}%`;
  countPlayers();
}

function countPlayers() {
  count.textContent = `${players.rows.length} ${players.rows.length === 1 ? "player is" : "players are"}`;
}

function percent(distance, size) {
  return Math.min(100, Math.max(0, (100 * distance) / size));
}
