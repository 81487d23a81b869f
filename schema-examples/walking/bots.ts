import {
  CallRejectedError,
  connect,
  OutcomeUnknownError,
  type Team,
} from "../../generated/walking/client-ts/walking/index.js";

const NAMES = ["Pixel", "Bit", "Cog", "Gear", "Spark", "Widget", "Rivet", "Servo", "Diode", "Chip", "Vector", "Relay"];
const TEAMS: readonly Team[] = ["red", "green", "blue", "yellow"];
const LINES = [
  "Nice weather.",
  "Beep.",
  "Have you seen the blue ones?",
  "One more lap!",
  "I was here first.",
  "Hello!",
];
const STEPS_PER_SECOND = 10;
const SPEED = 90;

/**
 * Players that nobody plays, so that there is always something to see. Each is an ordinary client with a connection of
 * its own, on the generated TypeScript SDK.
 *
 * @param url of the instance, e.g. `ws://127.0.0.1:2466/hetu/walking`
 * @returns a function that lets them leave
 */
export function startBots(url: string, count: number): () => void {
  const stops = Array.from({ length: count }, (_, index) => startBot(url, index));
  return () => {
    for (const stop of stops) stop();
  };
}

function startBot(url: string, index: number): () => void {
  const name = `${NAMES[index % NAMES.length]!}${index < NAMES.length ? "" : ` ${Math.floor(index / NAMES.length) + 1}`}`;
  const client = connect(url, {
    bootstrap: async ({ calls }) => {
      await calls.login(`bot-${index}`, name, TEAMS[index % TEAMS.length]!);
    },
  });
  let [x, y] = [random(1000), random(600)];
  let goal = { x: random(1000), y: random(600) };

  const timer = setInterval(() => {
    const [dx, dy] = [goal.x - x, goal.y - y];
    const distance = Math.hypot(dx, dy);
    const stride = SPEED / STEPS_PER_SECOND;
    if (distance <= stride) {
      goal = { x: random(1000), y: random(600) };
      if (Math.random() < 0.2) client.calls.shout(LINES[Math.floor(random(LINES.length))]!).catch(ignoreLostSteps);
      return;
    }
    x += (dx / distance) * stride;
    y += (dy / distance) * stride;
    client.calls.moveTo(x, y).catch(ignoreLostSteps);
  }, 1000 / STEPS_PER_SECOND);

  return () => {
    clearInterval(timer);
    client.close();
  };
}

/** A bot takes a refused step, or one lost with the link, lightly: the next one comes in a tenth of a second. */
function ignoreLostSteps(error: unknown): void {
  if (error instanceof CallRejectedError || error instanceof OutcomeUnknownError) return;
  console.error(String(error));
}

function random(limit: number): number {
  return Math.random() * limit;
}
