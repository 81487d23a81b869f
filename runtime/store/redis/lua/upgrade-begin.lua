#!lua flags=allow-oom
--[[
Makes a process the one that upgrades an instance, unless there are workers that live. Nobody joins from then on, and a
worker that was paused learns that its lease is lost.

KEYS  1 leases, 2 workers (see registry-join), 3 claims (see registry-beat)
      4 catalogue: string
      5 upgrade: string: JSON, what an upgrade that is not finished has done so far
      6 upgrader: string: token of the process that upgrades
      7 progress: string: JSON, how far the rows are that the upgrade of 5 writes
ARGV  1 own token, 2 ms that it is this process's turn for
      3 what 5 is to be when there is no unfinished upgrade
Returns {"live", {number, place, ms since it was heard of}, …} | {"running", ms} | {"begun", 5 as it was or "", 4 or "", 7 or ""}
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local owner = redis.call("GET", KEYS[6])
if owner and owner ~= ARGV[1] then return { "running", redis.call("PTTL", KEYS[6]) } end

local reply = { "live" }
local over = {}
local entries = redis.call("HGETALL", KEYS[2])
for i = 1, #entries, 2 do
  local number = entries[i]
  local ends = tonumber(redis.call("ZSCORE", KEYS[1], number) or 0)
  if ends > now and redis.call("HEXISTS", KEYS[3], number) == 0 then
    local seen, place = string.match(entries[i + 1], "^(%d+) %d+ %d %x+ (.*)$")
    reply[#reply + 1] = { tonumber(number), place, math.max(0, now - tonumber(seen)) }
  else
    over[#over + 1] = number
  end
end
if #reply > 1 then return reply end

-- No worker has the number 1024: the claim keeps them from coming back, and the next start cleans up behind them.
for _, number in ipairs(over) do redis.call("HSET", KEYS[3], number, "1024 0") end
local before = redis.call("GET", KEYS[5])
if not before then redis.call("SET", KEYS[5], ARGV[3]) end
redis.call("SET", KEYS[6], ARGV[1], "PX", ARGV[2])
return { "begun", before or "", redis.call("GET", KEYS[4]) or "", redis.call("GET", KEYS[7]) or "" }
