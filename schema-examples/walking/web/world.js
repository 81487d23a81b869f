/** Draws the players and turns clicks and keys into steps. Knows nothing of the network. */

const COLOURS = { red: "#d64545", green: "#2e9e4f", blue: "#2c7be5", yellow: "#d9a406" };
/** World units a second. */
const SPEED = 220;
/** Steps told to the server a second while walking. */
const STEPS = 20;
const BALLOON_MS = 4000;
const RADIUS = 14;

/** @typedef {{ owner: bigint, name: string, team: keyof typeof COLOURS | number, x: number, y: number }} Player */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(x: number, y: number) => void} step told where the player now is
 */
export function createWorld(canvas, step) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {Map<bigint, { row: Player, x: number, y: number, balloon?: string, until?: number }>} */
  const players = new Map();
  const keys = new Set();
  /** @type {bigint | undefined} */
  let me;
  /** @type {{ x: number, y: number } | undefined} where a click sent the player */
  let goal;
  let lastFrame = performance.now();
  let lastStep = 0;

  canvas.addEventListener("pointerdown", (event) => {
    const box = canvas.getBoundingClientRect();
    goal = {
      x: ((event.clientX - box.left) / box.width) * canvas.width,
      y: ((event.clientY - box.top) / box.height) * canvas.height,
    };
    canvas.focus();
  });
  canvas.addEventListener("keydown", (event) => {
    if (direction(event.code) === undefined) return;
    keys.add(event.code);
    goal = undefined;
    event.preventDefault();
  });
  canvas.addEventListener("keyup", (event) => keys.delete(event.code));
  canvas.addEventListener("blur", () => keys.clear());
  requestAnimationFrame(frame);

  /** @param {number} now */
  function frame(now) {
    const seconds = Math.min(0.1, (now - lastFrame) / 1000);
    lastFrame = now;
    walk(seconds, now);
    draw(seconds, now);
    requestAnimationFrame(frame);
  }

  /** @param {number} seconds @param {number} now */
  function walk(seconds, now) {
    const player = me === undefined ? undefined : players.get(me);
    if (player === undefined) return;
    let [dx, dy] = [0, 0];
    for (const key of keys) {
      const [x, y] = direction(key) ?? [0, 0];
      dx += x;
      dy += y;
    }
    if (goal !== undefined) [dx, dy] = [goal.x - player.x, goal.y - player.y];
    const distance = Math.hypot(dx, dy);
    if (distance === 0) return;
    const stride = goal === undefined ? SPEED * seconds : Math.min(distance, SPEED * seconds);
    player.x = clamp(player.x + (dx / distance) * stride, canvas.width);
    player.y = clamp(player.y + (dy / distance) * stride, canvas.height);
    const arrived = goal !== undefined && stride === distance;
    if (arrived) goal = undefined;
    if (arrived || now - lastStep > 1000 / STEPS) {
      lastStep = now;
      step(player.x, player.y);
    }
  }

  /** @param {number} seconds @param {number} now */
  function draw(seconds, now) {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.textAlign = "center";
    for (const [owner, player] of players) {
      if (owner !== me) {
        // Others are drawn a little behind where they are, so that their steps look like a walk.
        const ease = 1 - Math.exp(-seconds * 12);
        player.x += (player.row.x - player.x) * ease;
        player.y += (player.row.y - player.y) * ease;
      }
      const colour = typeof player.row.team === "string" ? COLOURS[player.row.team] : "#888888";
      context.fillStyle = colour;
      context.beginPath();
      context.arc(player.x, player.y, RADIUS, 0, 2 * Math.PI);
      context.fill();
      if (owner === me) {
        context.lineWidth = 3;
        context.strokeStyle = "#ffffff";
        context.stroke();
      }
      context.font = "13px system-ui, sans-serif";
      context.fillText(player.row.name, player.x, player.y + RADIUS + 14);
    }
    for (const { balloon: text, until = 0, x, y } of players.values()) {
      if (text !== undefined && now < until) balloon(text, x, y);
    }
  }

  /** @param {string} text @param {number} x @param {number} y */
  function balloon(text, x, y) {
    context.font = "14px system-ui, sans-serif";
    const width = context.measureText(text).width + 16;
    const left = Math.min(Math.max(x - width / 2, 4), canvas.width - width - 4);
    context.fillStyle = "#ffffff";
    context.beginPath();
    context.roundRect(left, y - RADIUS - 34, width, 26, 8);
    context.fill();
    context.fillStyle = "#23291c";
    context.fillText(text, left + width / 2, y - RADIUS - 16);
  }

  return {
    /** @param {bigint} owner */
    setMe(owner) {
      me = owner;
    },
    /** @param {Player} row */
    put(row) {
      const known = players.get(row.owner);
      if (known === undefined) players.set(row.owner, { row, x: row.x, y: row.y });
      else known.row = row;
    },
    /** @param {bigint} owner */
    remove(owner) {
      players.delete(owner);
    },
    /** @param {bigint} owner @param {string} text */
    say(owner, text) {
      const player = players.get(owner);
      if (player === undefined) return;
      player.balloon = text;
      player.until = performance.now() + BALLOON_MS;
    },
  };
}

/** @param {string} code @returns {[number, number] | undefined} */
function direction(code) {
  switch (code) {
    case "ArrowLeft":
    case "KeyA":
      return [-1, 0];
    case "ArrowRight":
    case "KeyD":
      return [1, 0];
    case "ArrowUp":
    case "KeyW":
      return [0, -1];
    case "ArrowDown":
    case "KeyS":
      return [0, 1];
    default:
      return undefined;
  }
}

/** @param {number} value @param {number} size */
function clamp(value, size) {
  return Math.min(Math.max(value, 0), size);
}
