#!lua flags=allow-oom
--[[
Renews a lease, and tells which others are over.

KEYS  1 leases, 2 workers, 3 horizons (see registry-join), 4 claims: hash: dead worker's number -> "<reaper> <its token>"
ARGV  1 own number
      2 own token
      3 ms that ids of this number are to be allowed up to
Returns {"lost", now}: somebody has declared this one dead, or
        {"held", now, {number, token, seen, known 0|1, claim}, …}: known: it was seen to die;
        claim: "free", "mine", "taken" by a worker that lives, "void": its reaper has died
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local text = function(number) return string.format("%.0f", number) end

local entry = redis.call("HGET", KEYS[2], ARGV[1])
local ttl, started, token, place
if entry then ttl, started, token, place = string.match(entry, "^%d+ (%d+) (%d) (%x+) (.*)$") end
if token ~= ARGV[2] or redis.call("HEXISTS", KEYS[4], ARGV[1]) == 1 then return { "lost", text(now) } end

redis.call("ZADD", KEYS[1], text(now + ttl), ARGV[1])
redis.call("HSET", KEYS[2], ARGV[1], text(now) .. " " .. ttl .. " " .. started .. " " .. token .. " " .. place)
local horizon = redis.call("HGET", KEYS[3], ARGV[1])
if not horizon or tonumber(horizon) < tonumber(ARGV[3]) then redis.call("HSET", KEYS[3], ARGV[1], ARGV[3]) end

-- A clock that was set back must not let a dead worker live until it is there again.
for _, number in ipairs(redis.call("ZRANGEBYSCORE", KEYS[1], "(" .. text(now + ttl), "+inf")) do
  local other = redis.call("HGET", KEYS[2], number)
  local longest = other and now + string.match(other, "^%d+ (%d+)")
  if longest and tonumber(redis.call("ZSCORE", KEYS[1], number)) > longest then
    redis.call("ZADD", KEYS[1], text(longest), number)
  end
end

local reply = { "held", text(now) }
local over = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", text(now), "WITHSCORES", "LIMIT", 0, 64)
for i = 1, #over, 2 do
  local number = over[i]
  local seen, otherToken = string.match(redis.call("HGET", KEYS[2], number) or "", "^(%d+) %d+ %d (%x+)")
  if otherToken then
    local state = "free"
    local claim = redis.call("HGET", KEYS[4], number)
    if claim then
      local reaper, reaperToken = string.match(claim, "^(%d+) (%x+)$")
      local _, holder = string.match(redis.call("HGET", KEYS[2], reaper) or "", "^(%d+) %d+ %d (%x+)")
      local ends = redis.call("ZSCORE", KEYS[1], reaper)
      if reaper == ARGV[1] and reaperToken == ARGV[2] then
        state = "mine"
      elseif holder == reaperToken and ends and tonumber(ends) > now then
        state = "taken"
      else
        state = "void"
      end
    end
    reply[#reply + 1] = { tonumber(number), otherToken, seen, tonumber(over[i + 1]) == 0 and 1 or 0, state }
  end
end
return reply
