#!lua flags=allow-oom
--[[
Takes a worker number for a process. Asked again with the same token, it gives the same number.

KEYS  1 leases    sorted set: worker number by the time when its lease ends, ms of Redis' clock; 0: known to be dead
      2 workers   hash: worker number -> "<seen> <ttl> <started 0|1> <token> <place>"
      3 horizons  hash: worker number -> ms that no id of it ever went past
      4 upgrade   string, JSON: there while an upgrade is not finished
ARGV  1 token, 32 hexadecimal digits
      2 ttl, ms
      3 how many ms beyond now ids may be given
      4 number to start looking at, 0 to 1023
      5 place: where the process runs
Returns {"joined", number, now} | {"upgrade", 4} | {"full"} | {"wait", ms until a number can be had again}
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local text = function(number) return string.format("%.0f", number) end

local unfinished = redis.call("GET", KEYS[4])
if unfinished then return { "upgrade", unfinished } end

local taken = {}
local entries = redis.call("HGETALL", KEYS[2])
for i = 1, #entries, 2 do
  local seen, token = string.match(entries[i + 1], "^(%d+) %d+ %d (%x+)")
  if token == ARGV[1] then return { "joined", tonumber(entries[i]), text(math.max(now, tonumber(seen))) } end
  taken[entries[i]] = true
end

local horizons = {}
local stored = redis.call("HGETALL", KEYS[3])
for i = 1, #stored, 2 do horizons[stored[i]] = tonumber(stored[i + 1]) end

-- Never used, or else unused for longest: whoever still acts against the last holder must not meet the next one.
local chosen, oldest, earliest
for i = 0, 1023 do
  local number = text((tonumber(ARGV[4]) + i) % 1024)
  if not taken[number] then
    local horizon = horizons[number]
    if horizon == nil then
      chosen = number
      break
    elseif horizon >= now then
      earliest = math.min(earliest or horizon, horizon)
    elseif oldest == nil or horizon < oldest then
      oldest = horizon
      chosen = number
    end
  end
end
if chosen == nil then
  if earliest == nil then return { "full" } end
  return { "wait", text(earliest - now + 1) }
end

redis.call("ZADD", KEYS[1], text(now + ARGV[2]), chosen)
redis.call("HSET", KEYS[2], chosen, text(now) .. " " .. ARGV[2] .. " 0 " .. ARGV[1] .. " " .. ARGV[5])
redis.call("HSET", KEYS[3], chosen, text(now + ARGV[3]))
return { "joined", tonumber(chosen), text(now) }
