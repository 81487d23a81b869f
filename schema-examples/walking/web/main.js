import { CallRejectedError, connect, NameTaken, Position, Walk, Shout } from "/sdk/walking/bundle.js";
import { createWorld } from "./world.js";

const NAMES = ["Ada", "Bo", "Chen", "Dilek", "Eli", "Fei", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lin", "Mei", "Nils"];
const TEAMS = /** @type {const} */ (["red", "green", "blue", "yellow"]);

/** The player's secret: the same window is the same player after a reload. */
const token = (sessionStorage["token"] ??= crypto.randomUUID());
/** @type {bigint | undefined} */
let me;

const client = connect(`ws://${location.host}/hetu/walking`, {
  // Runs after each connect, also after a reconnect, before anything else is sent.
  async bootstrap({ calls }) {
    const user = await logIn(calls);
    me = user;
    world.setMe(user);
  },
});

const world = createWorld(/** @type {HTMLCanvasElement} */ (element("world")), (x, y) => {
  // Too many steps a second are turned away by the server's limit; the next one will do.
  client.calls.moveTo(x, y).catch(ignoreRejects);
});

const players = client.query(Position).range("x", 0, 1000, { limit: 500 });
players.onInsert((row) => world.put(row));
players.onUpdate((row) => world.put(row));
players.onDelete((row) => world.remove(row.owner));
players.onChange(() => (element("count").textContent = `${players.rows.length} players`));

const records = client.query(Walk).range("steps", null, null, { limit: 10, desc: true });
records.onChange(() => {
  element("records").replaceChildren(
    ...records.rows.map((row) => {
      const item = document.createElement("li");
      item.textContent = `${row.name}: ${row.steps}`;
      item.classList.toggle("me", row.owner === me);
      return item;
    }),
  );
});

client.events.on(Shout, ({ from, text }) => world.say(from, text));
client.onConnection(showConnection);
showConnection(client.connection);

element("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = /** @type {HTMLInputElement} */ (element("text"));
  if (input.value.trim() !== "") client.calls.shout(input.value.trim()).catch(ignoreRejects);
  input.value = "";
});

// For tests and the curious: the state of this page in the developer tools.
Object.assign(window, { hetu: { client, players, records, world, me: () => me } });

/**
 * Takes the first free name.
 * @param {typeof client.calls} calls
 */
async function logIn(calls) {
  const team = TEAMS[Math.floor(Math.random() * TEAMS.length)] ?? "red";
  for (let attempt = 0; ; attempt++) {
    const name = NAMES[Math.floor(Math.random() * NAMES.length)] + (attempt === 0 ? "" : ` ${attempt + 1}`);
    try {
      return await calls.login(token, (sessionStorage["name"] ??= name), team);
    } catch (error) {
      if (!(error instanceof NameTaken)) throw error;
      delete sessionStorage["name"];
    }
  }
}

/** @param {typeof client.connection} connection */
function showConnection({ status }) {
  element("state").textContent = status;
  element("state").dataset["state"] = status;
}

/** @param {unknown} error */
function ignoreRejects(error) {
  if (!(error instanceof CallRejectedError)) throw error;
}

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}
