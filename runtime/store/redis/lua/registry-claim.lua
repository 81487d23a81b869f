#!lua flags=allow-oom
--[[
Makes one worker the reaper of another one whose lease is over. From then on the dead one cannot renew it.

KEYS  1 leases, 2 workers (see registry-join), 3 claims (see registry-beat)
ARGV  1 the dead worker's number, 2 its token
      3 own number, 4 own token
Returns ms since the dead one was heard of; -1: it lives, another one is its reaper, or this one's own lease is lost
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local parts = function(number)
  return string.match(redis.call("HGET", KEYS[2], number) or "", "^(%d+) %d+ %d (%x+)")
end

local _, ownToken = parts(ARGV[3])
if ownToken ~= ARGV[4] or redis.call("HEXISTS", KEYS[3], ARGV[3]) == 1 then return -1 end
local seen, token = parts(ARGV[1])
local ends = redis.call("ZSCORE", KEYS[1], ARGV[1])
if token ~= ARGV[2] or not ends or tonumber(ends) > now then return -1 end

local claim = redis.call("HGET", KEYS[3], ARGV[1])
if claim then
  local reaper, reaperToken = string.match(claim, "^(%d+) (%x+)$")
  local _, holder = parts(reaper)
  local reaperEnds = redis.call("ZSCORE", KEYS[1], reaper)
  local lives = holder == reaperToken and reaperEnds and tonumber(reaperEnds) > now
  if lives and not (reaper == ARGV[3] and reaperToken == ARGV[4]) then return -1 end
end
redis.call("HSET", KEYS[3], ARGV[1], ARGV[3] .. " " .. ARGV[4])
return math.max(0, now - tonumber(seen))
