#!lua flags=allow-oom
--[[
Asks whether the instance runs already, and starts it when nobody is left who does.

KEYS  1 leases, 2 workers (see registry-join), 3 claims (see registry-beat)
      4 start: hash: id, phase ("clear", "run", "done"), owner "<number> <token>"
ARGV  1 own number, 2 own token
      3 an id for the start, should this be a new one
      4 1: a lease that is over means that its worker is dead; 0: only after the time in 5
      5 ms after which a worker that was not heard of is dead in any case
      6 "<number> <token>" of a worker that was seen to live since this process has joined; or ""
Returns {"lost"} | {"serving"} | {"prepare", id, phase} |
        {"wait", {"<number> <token>", seen}, …}: those that may live; seen changes when they do
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local entries = {}
local flat = redis.call("HGETALL", KEYS[2])
for i = 1, #flat, 2 do
  local seen, started, token = string.match(flat[i + 1], "^(%d+) %d+ (%d) (%x+)")
  entries[flat[i]] = { seen = tonumber(seen), started = started == "1", token = token }
end

local mine = entries[ARGV[1]]
if not mine or mine.token ~= ARGV[2] or redis.call("HEXISTS", KEYS[3], ARGV[1]) == 1 then return { "lost" } end
if mine.started then return { "serving" } end

-- "yes", "no", or "perhaps": its lease is over, but it may only have been cut off as all the others were.
local lives = function(number)
  if redis.call("HEXISTS", KEYS[3], number) == 1 then return "no" end
  local ends = tonumber(redis.call("ZSCORE", KEYS[1], number) or 0)
  if ends > now then return "yes" end
  if ends == 0 or ARGV[4] == "1" or now - entries[number].seen > tonumber(ARGV[5]) then return "no" end
  return "perhaps"
end

local me = ARGV[1] .. " " .. ARGV[2]
local state = redis.call("HMGET", KEYS[4], "id", "phase", "owner")
local id, phase, owner = state[1], state[2], state[3]

if id and phase ~= "done" then
  local number, token = string.match(owner, "^(%d+) (%x+)$")
  local held = entries[number] and entries[number].token == token
  if owner ~= me and held then
    if lives(number) ~= "no" then return { "wait", { owner, "prepares" } } end
    -- It must not come back in the middle of clearing tables: from here on it cannot renew its lease.
    redis.call("HSETNX", KEYS[3], number, me)
  end
  redis.call("HSET", KEYS[4], "owner", me)
  return { "prepare", id, phase }
end

local reply = { "wait" }
for number, entry in pairs(entries) do
  if entry.started then
    local alive = lives(number)
    local name = number .. " " .. entry.token
    if alive == "yes" and name == ARGV[6] then
      local own = redis.call("HGET", KEYS[2], ARGV[1])
      redis.call("HSET", KEYS[2], ARGV[1], (string.gsub(own, "^(%d+ %d+) 0", "%1 1", 1)))
      return { "serving" }
    end
    if alive ~= "no" then reply[#reply + 1] = { name, string.format("%.0f", entry.seen) } end
  end
end
if #reply > 1 then return reply end
redis.call("HSET", KEYS[4], "id", ARGV[3], "phase", "clear", "owner", me)
return { "prepare", ARGV[3], "clear" }
